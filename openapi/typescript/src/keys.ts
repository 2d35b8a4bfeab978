/** What keys of cached answers are about, as the API names it in `resource` and in its filters. */
export type Kind = keyof typeof collections;

const collections = {
  article: "articles",
  expert: "experts",
  topic: "topics",
  event: "events",
  page: "pages",
  menu: "menus",
  type: "article-types",
  source: "sources",
  language: "languages",
  role: "roles",
  mode: "modes",
  status: "statuses",
  featured: "featured",
} as const;

/**
 * The keys of an answer, which change events name when it is stale. Empty without a header of them, as on problems that are not kept.
 */
export function cacheKeys({ headers }: { headers: Headers }): string[] {
  const text = headers.get("surrogate-key") ?? headers.get("xkey") ?? headers.get("cache-tag") ?? "";
  return text.split(/[\s,]+/).filter(key => key !== "");
}

/**
 * The keys of an answer as tags of Next.js, of which it takes 128. When there are more, the last is `content`, which every change names.
 */
export function cacheTags(response: { headers: Headers }): string[] {
  const keys = cacheKeys(response);
  return keys.length <= 128 ? keys : [...keys.slice(0, 127), "content"];
}

/**
 * A key that is known before the answer is: `keyFor("article", "a-longer-view")` is `articles/a-longer-view`, for the answers at that
 * address; `keyFor("topic", "china", "articles")` is `topics/china/articles`, named by any change of articles on that topic;
 * `keyFor("language", "fr", "articles")` is `languages/fr/articles`; `keyFor("featured", undefined, "articles")` is `featured/articles`;
 * `keyFor("article")` is `articles`, named by any change of an article.
 */
export async function keyFor(kind: Kind, slug?: string, list?: "articles" | "events"): Promise<string> {
  return [collections[kind], ...(slug === undefined ? [] : [await slugKey(slug)]), ...(list === undefined ? [] : [list])].join("/");
}

/** The key of an item, named by any change of its JSON. `id` is as in the answer: `urn:uuid:` and a UUID. */
export function itemKey(id: string): string {
  return id.slice(-12);
}

/** The key of the card of an item, named by a change of what cards show. An answer with its card has only this key of the item. */
export function cardKey(id: string): string {
  return `${itemKey(id)}.c`;
}

async function slugKey(slug: string): Promise<string> {
  if (/^[a-z0-9_-]{0,80}$/.test(slug)) return slug;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(slug)));
  return "~" + Array.from(hash.slice(0, 8), byte => byte.toString(16).padStart(2, "0")).join("");
}

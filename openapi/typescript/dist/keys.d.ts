/** What keys of cached answers are about, as the API names it in `resource` and in its filters. */
export type Kind = keyof typeof collections;
declare const collections: {
    readonly article: "articles";
    readonly expert: "experts";
    readonly topic: "topics";
    readonly event: "events";
    readonly page: "pages";
    readonly menu: "menus";
    readonly type: "article-types";
    readonly source: "sources";
    readonly language: "languages";
    readonly role: "roles";
    readonly mode: "modes";
    readonly status: "statuses";
    readonly featured: "featured";
};
/**
 * The keys of an answer, which change events name when it is stale. Empty without a header of them, as on problems that are not kept.
 */
export declare function cacheKeys({ headers }: {
    headers: Headers;
}): string[];
/**
 * The keys of an answer as tags of Next.js, of which it takes 128. When there are more, the last is `content`, which every change names.
 */
export declare function cacheTags(response: {
    headers: Headers;
}): string[];
/**
 * A key that is known before the answer is: `keyFor("article", "a-longer-view")` is `articles/a-longer-view`, for the answers at that
 * address; `keyFor("topic", "china", "articles")` is `topics/china/articles`, named by any change of articles on that topic;
 * `keyFor("language", "fr", "articles")` is `languages/fr/articles`; `keyFor("featured", undefined, "articles")` is `featured/articles`;
 * `keyFor("article")` is `articles`, named by any change of an article.
 */
export declare function keyFor(kind: Kind, slug?: string, list?: "articles" | "events"): Promise<string>;
/** The key of an item, named by any change of its JSON. `id` is as in the answer: `urn:uuid:` and a UUID. */
export declare function itemKey(id: string): string;
/** The key of the card of an item, named by a change of what cards show. An answer with its card has only this key of the item. */
export declare function cardKey(id: string): string;
export {};

// What a strict program writes; compiled with each version of TypeScript, not run. A line under @ts-expect-error must not compile.
import { all, createApi, getArticle, getItem, list, unwrap, verifyWebhook, type Listed, type Schemas } from "content-api-client";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => undefined;

const api = createApi({ baseUrl: "http://localhost:5080", key: undefined });

export async function lists(signal: AbortSignal): Promise<void> {
  const page = await list(api, "/v1/articles", { topic: ["china"], limit: 5 }, { signal, cache: "no-store" });
  same<typeof page.data, Schemas["ArticleSummary"][]>(true);
  same<typeof page.page.next, string | null>(true);
  same<Listed<"/v1/experts">, Schemas["ExpertSummary"]>(true);
  for await (const hit of all(api, "/v1/search", { q: "strait" }, { limit: 3, signal })) same<typeof hit, Schemas["SearchHit"]>(true);
  // @ts-expect-error There is no such parameter.
  await list(api, "/v1/articles", { topics: ["china"] });
  // @ts-expect-error A list of values is an array.
  await list(api, "/v1/articles", { topic: "china" });
  // @ts-expect-error Cursors are what `all` looks after.
  all(api, "/v1/articles", { cursor: "x" });
  // @ts-expect-error A change list is followed, not walked.
  all(api, "/v1/changes");
  // @ts-expect-error An index need not be there.
  page.data[0].title;
}

export async function items(): Promise<string | null> {
  const article = await getArticle(api, "a-longer-view", { include: ["related"] });
  if (article.status === "ok") {
    same<typeof article.data, Schemas["Article"]>(true);
    return article.included?.menus?.[0]?.label ?? null;
  }
  if (article.status === "moved") return article.path;
  same<typeof article.problem, Schemas["Problem"]>(true);
  // @ts-expect-error Only what is there has data.
  article.data;
  const menu = await getItem(api, "/v1/menus/{slug}", "main");
  const experts = await unwrap(api.GET("/v1/experts", { params: { query: { limit: 1 } } }));
  same<typeof experts.data, Schemas["ExpertSummary"][]>(true);
  return menu.status === "ok" ? menu.data.label : null;
}

export async function webhook(request: Request): Promise<string[]> {
  const event = await verifyWebhook(request, "whsec_");
  return event.type === "content.changed" ? event.data.changes.flatMap(change => change.paths) : [];
}

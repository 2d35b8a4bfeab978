// A client made from nothing but the OpenAPI document: its types come from openapi-typescript (obj/client/v1.ts), its requests from openapi-fetch.
import createClient from "openapi-fetch";
import type { components, paths } from "../obj/client/v1.js";

declare const process: { argv: string[] };

type Schemas = components["schemas"];

const sent: URL[] = [];
const api = createClient<paths>({
  baseUrl: process.argv[2]!,
  // What the document says of every array parameter; openapi-fetch knows types only and has to be told.
  querySerializer: { array: { style: "form", explode: false } },
});
api.use({
  onRequest({ request }) {
    sent.push(new URL(request.url));
  },
});

function check(fact: unknown, otherwise: string): asserts fact {
  if (!fact) throw new Error(`${otherwise} (last request: ${sent.at(-1)})`);
}

/** The answer, which must not be a problem. */
function answer<T>(result: { data?: T; error?: Schemas["Problem"] }): T {
  check(result.data, `problem ${result.error?.code}: ${result.error?.detail}`);
  return result.data;
}

async function filtersAreSentWithCommas(): Promise<void> {
  const page = answer(await api.GET("/v1/articles", { params: { query: { topic: ["china", "climate-and-energy"], limit: 100 } } }));
  check(sent.at(-1)!.search.includes("topic=china,climate-and-energy"), "the topics are not separated by a comma");
  check(page.data.length > 1, "too few articles");
  check(page.page.total === page.data.length, `total is ${page.page.total}, not ${page.data.length}`);
}

async function cursorsLeadFromPageToPage(): Promise<void> {
  const query = { topic: ["asia"], limit: 3 };
  const first = answer(await api.GET("/v1/articles", { params: { query } }));
  check(first.data.length === 3 && first.page.next, "the first page is the only one");
  const second = answer(await api.GET("/v1/articles", { params: { query: { ...query, cursor: first.page.next } } }));
  check(second.data.length === 3, "the second page is not full");
  const seen = new Set([...first.data, ...second.data].map((article: Schemas["ArticleSummary"]) => article.id));
  check(seen.size === 6, "the pages overlap");
  check(first.data.at(-1)!.publishedAt >= second.data[0]!.publishedAt, "the second page is not older");
  check(second.page.number === null && second.page.previous !== null, "the second page does not know where it stands");
}

async function anArticleComesWithWhatItsPageNeeds(): Promise<void> {
  const { data: article, included } = answer(
    await api.GET("/v1/articles/{slug}", { params: { path: { slug: "a-longer-view" }, query: { include: ["related", "moreOnTopic", "topicEvents", "menus"] } } }),
  );
  check(article.resource === "article" && article.slug === "a-longer-view", "another article");
  check(article.title.length > 0 && article.bodyHtml?.startsWith("<"), "no title or body");
  check(article.experts[0]?.name, "no expert");
  check(included?.moreOnTopic?.length && included.related?.length && included.topicEvents && included.menus?.length, "not everything is included");
  check(included.moreOnTopic.every(other => other.id !== article.id), "more of itself");
}

async function everyOtherListIsTyped(): Promise<void> {
  const experts = answer(await api.GET("/v1/experts", { params: { query: { sort: "-articleCount" } } }));
  check(experts.data.length > 1 && experts.data[0]!.articleCount >= experts.data[1]!.articleCount, "the experts are out of order");
  const topics = answer(await api.GET("/v1/topics", { params: { query: { kind: ["country", "region"] } } }));
  check(topics.data.length > 0 && topics.data.every(entry => "kind" in entry && (entry.kind === "country" || entry.kind === "region")), "topics of another kind");
  const events = answer(await api.GET("/v1/events", { params: { query: { mode: ["virtual", "hybrid"], when: "all" } } }));
  check(events.data.length > 0 && events.data.every(event => event.mode !== "in-person"), "events of another mode");
  const index = answer(await api.GET("/v1"));
  check(index.data.collections["articles"], "the index does not list articles");
}

async function aProblemSaysWhatWouldHaveWorked(): Promise<void> {
  const { data, error, response } = await api.GET("/v1/articles", { params: { query: { topic: ["chnia"] } } });
  check(!data && error && response.status === 400, `answered ${response.status}, not 400`);
  const { code, parameter, allowed }: Schemas["Problem"] = error;
  check(code === "unknown-value" && parameter === "topic" && allowed.includes("china"), `unexpected problem: ${JSON.stringify(error)}`);
}

await filtersAreSentWithCommas();
await cursorsLeadFromPageToPage();
await anArticleComesWithWhatItsPageNeeds();
await everyOtherListIsTyped();
await aProblemSaysWhatWouldHaveWorked();
console.log(`${sent.length} requests, all as typed`);

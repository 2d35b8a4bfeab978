// Types by openapi-typescript, requests by openapi-fetch.
import createClient from "openapi-fetch";
import type { components, paths } from "../../obj/client/openapi-fetch/api.js";
import { answer, check, site, tell, type Result } from "../story.js";

type Schemas = components["schemas"];

const api = createClient<paths>({
  baseUrl: site,
  // What the document says of every array parameter; openapi-fetch knows types only and has to be told.
  querySerializer: { array: { style: "form", explode: false } },
});

const result = <T>({ data, error }: { data?: T; error?: Schemas["Problem"] }): Result<T> => {
  if (data !== undefined) return { data };
  check(error, "neither data nor a problem");
  return { problem: error };
};

async function anArticleComesWithWhatItsPageNeeds(): Promise<void> {
  const { data: article, included } = answer(
    result(await api.GET("/v1/articles/{slug}", { params: { path: { slug: "a-longer-view" }, query: { include: ["related", "moreOnTopic", "topicEvents", "menus"] } } })),
  );
  check(article.resource === "article" && article.slug === "a-longer-view", "another article");
  check(article.title.length > 0 && article.bodyHtml?.startsWith("<"), "no title or body");
  check(article.experts[0]?.name, "no expert");
  check(included?.moreOnTopic?.length && included.related?.length && included.topicEvents && included.menus?.length, "not everything is included");
  check(included.moreOnTopic.every(other => other.id !== article.id), "more of itself");
}

async function everyOtherListIsTyped(): Promise<void> {
  const experts = answer(result(await api.GET("/v1/experts", { params: { query: { sort: "-articleCount" } } })));
  check(experts.data.length > 1 && experts.data[0]!.articleCount >= experts.data[1]!.articleCount, "the experts are out of order");
  const topics = answer(result(await api.GET("/v1/topics", { params: { query: { kind: ["country", "region"] } } })));
  check(topics.data.length > 0 && topics.data.every(entry => "kind" in entry && (entry.kind === "country" || entry.kind === "region")), "topics of another kind");
  const events = answer(result(await api.GET("/v1/events", { params: { query: { mode: ["virtual", "hybrid"], when: "all" } } })));
  check(events.data.length > 0 && events.data.every(event => event.mode !== "in-person"), "events of another mode");
  const index = answer(result(await api.GET("/v1")));
  check(index.data.collections["articles"], "the index does not list articles");
}

await tell({
  list: async query => result(await api.GET("/v1/articles", { params: { query } })),
  article: async slug => {
    const got = result(await api.GET("/v1/articles/{slug}", { params: { path: { slug } } }));
    return "data" in got ? got.data : got;
  },
});
await anArticleComesWithWhatItsPageNeeds();
await everyOtherListIsTyped();

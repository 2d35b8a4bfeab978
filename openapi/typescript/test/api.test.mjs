// Against a running API with the demo content, http://localhost:5080 or what CONTENT_API names.
import assert from "node:assert/strict";
import { test } from "node:test";
import { all, ApiProblem, cacheKeys, createApi, getArticle, getEvent, getExpert, getPage, getTopic, keyFor, list, localLinks } from "content-api-client";

const baseUrl = process.env.CONTENT_API ?? "http://localhost:5080";
const api = createApi({ baseUrl });

test("a list of two topics, walked by its cursors, is the list by hand", async () => {
  const byHand = await (await fetch(`${baseUrl}/v1/articles?topic=china,climate-and-energy&limit=100`)).json();
  const seen = [];
  for await (const article of all(api, "/v1/articles", { topic: ["china", "climate-and-energy"], limit: 5 })) seen.push(article.id);
  assert.ok(seen.length > 5);
  assert.deepEqual(seen, byHand.data.map(article => article.id));
});

test("every list can be walked", async () => {
  const paths = ["/v1/articles", "/v1/experts", "/v1/topics", "/v1/events", "/v1/pages", "/v1/menus", "/v1/article-types", "/v1/redirects"];
  for (const path of paths) {
    const first = await list(api, path, { limit: 1 });
    let count = 0;
    for await (const item of all(api, path)) if (item) count++;
    assert.ok(count > 0 && count === first.page.total, `${path}: ${count} of ${first.page.total}`);
  }
});

test("items are ok, moved, gone and not found", async () => {
  const article = await getArticle(api, "a-longer-view", { include: ["related"] });
  assert.equal(article.status, "ok");
  assert.ok(article.included.related.length > 0);
  const moved = await getArticle(api, "the-long-view-on-china");
  assert.deepEqual([moved.status, moved.slug, moved.path], ["moved", "a-longer-view", "/articles/a-longer-view"]);
  const gone = await getArticle(api, "tariff-tables-for-fifty-ports");
  assert.deepEqual([gone.status, gone.problem.reason], ["gone", "retracted"]);
  for (const get of [getArticle, getExpert, getTopic, getEvent, getPage]) assert.equal((await get(api, "there-is-none")).status, "notFound");
});

test("a problem says what would have worked", async () => {
  await assert.rejects(list(api, "/v1/articles", { topic: ["chnia"] }), thrown => {
    assert.ok(thrown instanceof ApiProblem);
    assert.deepEqual([thrown.status, thrown.code, thrown.parameter], [400, "unknown-value", "topic"]);
    assert.ok(thrown.allowed.includes("china"));
    return true;
  });
});

test("answers have the keys that are known before them", async () => {
  const { response } = await getArticle(api, "a-longer-view");
  assert.ok(cacheKeys(response).includes(await keyFor("article", "a-longer-view")));
  const filters = [["topic", "china"], ["expert", "ada-moreau"], ["type", "op-ed"]];
  for (const [kind, slug] of filters) {
    const page = await list(api, "/v1/articles", { [kind]: [slug] });
    assert.ok(cacheKeys(page.response).includes(`${await keyFor(kind, slug, "articles")}.list`), `${kind}: ${cacheKeys(page.response)}`);
  }
  for (const slug of ["中国", "x".repeat(81)])
    assert.ok(cacheKeys((await getArticle(api, slug)).response).includes(await keyFor("article", slug)));
});

test("links of a text to the site become paths", async () => {
  const { data } = await (await fetch(`${baseUrl}/v1`)).json();
  let links = 0;
  for await (const { bodyHtml } of all(api, "/v1/articles", { include: ["body"] })) {
    const local = localLinks(bodyHtml ?? "", data.site.url);
    assert.ok(!local.includes(`href="${data.site.url}/`));
    links += local.split('href="/').length - 1;
  }
  assert.ok(links > 0);
});

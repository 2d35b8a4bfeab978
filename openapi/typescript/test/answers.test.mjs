// Items, lists and problems: what the functions make of answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { all, ApiProblem, createApi, getArticle, getEvent, getExpert, getItem, getPage, getTopic, list, unwrap } from "content-api-client";
import { problem, withServer } from "./server.mjs";

const item = slug => ({ body: { data: { slug, path: `/articles/${slug}` }, included: null } });

test("an item is ok under the slug asked for, whatever letters it has", withServer(
  url => item(decodeURIComponent(url.split("/").at(-1))),
  async ({ address, requests }) => {
    for (const slug of ["a-longer-view", "中国", "a/b?c#d%20e"]) {
      const got = await getArticle(createApi({ baseUrl: address }), slug);
      assert.equal(got.status, "ok");
      assert.equal(got.data.slug, slug);
      assert.equal(got.included, null);
      assert.ok(got.response instanceof Response);
    }
    assert.equal(requests[2].url, "/v1/articles/a%2Fb%3Fc%23d%2520e");
  },
));

test("each resource has its address", withServer(() => item("x"), async ({ address, requests }) => {
  const api = createApi({ baseUrl: address });
  for (const get of [getArticle, getExpert, getTopic, getEvent, getPage]) assert.equal((await get(api, "x")).status, "ok");
  await getItem(api, "/v1/menus/{slug}", "x", { fields: ["label"] });
  assert.deepEqual(requests.map(request => request.url), ["articles", "experts", "topics", "events", "pages"].map(name => `/v1/${name}/x`).concat("/v1/menus/x?fields=label"));
}));

test("an item has moved when another slug comes back, after a redirect too", withServer(
  url => (url === "/v1/articles/old" ? { status: 301, headers: { location: "/v1/articles/new" }, body: {} } : item("new")),
  async ({ address }) => {
    const { response, ...got } = await getArticle(createApi({ baseUrl: address }), "old");
    assert.deepEqual(got, { status: "moved", slug: "new", path: "/articles/new" });
    assert.ok(response.redirected);
  },
));

test("a moved item without a page, or without its path in fields, has a null path", withServer(
  () => ({ body: { data: { slug: "new" } } }),
  async ({ address }) => assert.equal((await getArticle(createApi({ baseUrl: address }), "old", { fields: ["title"] })).path, null),
));

test("a withdrawn item is gone, an unknown one not found", withServer(
  url => (url.endsWith("gone") ? problem(410, "gone", { reason: "retracted" }) : problem(404, "not-found")),
  async ({ address }) => {
    const api = createApi({ baseUrl: address });
    const gone = await getArticle(api, "gone");
    assert.deepEqual([gone.status, gone.problem.reason], ["gone", "retracted"]);
    const unknown = await getArticle(api, "chnia");
    assert.deepEqual([unknown.status, unknown.problem.code], ["notFound", "not-found"]);
  },
));

test("other problems are thrown, with their members", withServer(
  () => problem(400, "unknown-value", { parameter: "topic", allowed: ["china"] }),
  async ({ address }) => {
    const api = createApi({ baseUrl: address });
    const asked = [
      () => getArticle(api, "x"),
      () => list(api, "/v1/articles"),
      () => unwrap(api.GET("/v1/articles")),
      () => all(api, "/v1/articles").next(),
    ];
    for (const ask of asked)
      await assert.rejects(ask, thrown => {
        assert.ok(thrown instanceof ApiProblem && thrown instanceof Error);
        const { name, message, type, status, detail, instance, code, parameter, allowed, reason, traceId, problem, response } = thrown;
        assert.deepEqual({ name, message, type, status, detail, instance, code, parameter, allowed, reason, traceId }, {
          name: "ApiProblem", message: "Detail of unknown-value.", type: "about:blank", status: 400, detail: "Detail of unknown-value.",
          instance: "/", code: "unknown-value", parameter: "topic", allowed: ["china"], reason: null, traceId: "1",
        });
        assert.equal(problem.title, "T");
        assert.equal(response.status, 400);
        return true;
      });
  },
));

test("an error of a proxy is thrown too, also where an item is asked for", withServer(
  url => ({ status: url.includes("x") ? 404 : 502, headers: { "content-type": "text/html" }, body: "<h1>Bad Gateway</h1>" }),
  async ({ address }) => {
    const api = createApi({ baseUrl: address });
    await assert.rejects(list(api, "/v1/articles"), { name: "ApiProblem", status: 502, code: "not-a-problem" });
    await assert.rejects(getArticle(api, "x"), { name: "ApiProblem", status: 404, code: "not-a-problem" });
  },
));

test("unwrap returns the data, of a promise or a result", withServer(() => item("x"), async ({ address }) => {
  const api = createApi({ baseUrl: address });
  assert.equal((await unwrap(api.GET("/v1/articles/{slug}", { params: { path: { slug: "x" } } }))).data.slug, "x");
  assert.equal((await unwrap(await api.GET("/v1/articles/{slug}", { params: { path: { slug: "x" } } }))).data.slug, "x");
}));

// Seven items in pages of three.
const pages = url => {
  const query = new URL(url, "http://x").searchParams;
  const [from, limit] = [Number(query.get("cursor") ?? 0), Math.min(3, Number(query.get("limit")))];
  const data = [1, 2, 3, 4, 5, 6, 7].slice(from, from + limit);
  return { body: { data, page: { total: 7, next: from + limit < 7 ? String(from + limit) : null } } };
};
const walk = async items => {
  const seen = [];
  for await (const one of items) seen.push(one);
  return seen;
};

test("all walks the pages by their cursors, and keeps the filters", withServer(pages, async ({ address, requests }) => {
  assert.deepEqual(await walk(all(createApi({ baseUrl: address }), "/v1/articles", { topic: ["china"] })), [1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(requests.map(request => request.url), ["", "&cursor=3", "&cursor=6"].map(cursor => `/v1/articles?limit=100&topic=china${cursor}`));
}));

test("all ends after its limit and asks for no more than that", withServer(pages, async ({ address, requests }) => {
  const api = createApi({ baseUrl: address });
  assert.deepEqual(await walk(all(api, "/v1/articles", {}, { limit: 0 })), []);
  assert.equal(requests.length, 0);
  assert.deepEqual(await walk(all(api, "/v1/articles", {}, { limit: 2 })), [1, 2]);
  assert.deepEqual(await walk(all(api, "/v1/articles", { limit: 3 }, { limit: 3 })), [1, 2, 3]);
  assert.deepEqual(await walk(all(api, "/v1/articles", { limit: 3 }, { limit: 4 })), [1, 2, 3, 4]);
  assert.deepEqual(requests.map(request => request.url), ["limit=2", "limit=3", "limit=3", "limit=3&cursor=3"].map(query => `/v1/articles?${query}`));
}));

test("all requests a page when its first item is wanted", withServer(pages, async ({ address, requests }) => {
  for await (const one of all(createApi({ baseUrl: address }), "/v1/articles")) if (one === 3) break;
  assert.equal(requests.length, 1);
}));

test("a signal ends all, within a page too", withServer(pages, async ({ address, requests }) => {
  const controller = new AbortController();
  const seen = [];
  await assert.rejects(async () => {
    for await (const one of all(createApi({ baseUrl: address }), "/v1/articles", {}, { signal: controller.signal })) {
      seen.push(one);
      if (one === 2) controller.abort(new Error("enough"));
    }
  }, /enough/);
  assert.deepEqual(seen, [1, 2]);
  assert.equal(requests.length, 1);
}));

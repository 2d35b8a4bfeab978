// What goes over the wire, to a server of the test itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createApi, getArticle, list } from "content-api-client";
import { withServer } from "./server.mjs";

const empty = () => ({ body: { data: [], page: { total: 0, next: null } } });
const key = "cak_00000000_000000000000000000000000000000000000";

test("values of a list are joined by commas", withServer(empty, async ({ address, requests }) => {
  await list(createApi({ baseUrl: `${address}/` }), "/v1/articles", { topic: ["china", "a,b&c"], limit: 5 });
  assert.equal(requests[0].url, "/v1/articles?topic=china,a%2Cb%26c&limit=5");
}));

test("without preview and key nothing is added", withServer(empty, async ({ address, requests }) => {
  await list(createApi({ baseUrl: address }), "/v1/articles");
  assert.equal(requests[0].url, "/v1/articles");
  assert.equal(requests[0].headers.authorization, undefined);
  assert.equal(requests[0].headers["cache-control"], undefined);
}));

for (const [shown, query] of [
  [{ preview: "drafts" }, "preview=drafts"],
  [{ preview: "early" }, "preview=early"],
  [{ at: "2027-01-01T00:00:00Z" }, "at=2027-01-01T00%3A00%3A00Z"],
  [{ preview: "drafts", at: "2027-01-01T00:00:00Z" }, "preview=drafts&at=2027-01-01T00%3A00%3A00Z"],
])
  test(`${query} is a parameter, the key a header, and nothing is kept`, withServer(empty, async ({ address, requests }) => {
    const modes = [];
    const fetch = request => (modes.push(request.cache), globalThis.fetch(request));
    const api = createApi({ baseUrl: address, key, ...shown, fetch });
    await list(api, "/v1/articles", { topic: ["china"] }, { cache: "force-cache" });
    await api.GET("/v1/topics");
    assert.deepEqual(requests.map(request => request.url), [`/v1/articles?topic=china&${query}`, `/v1/topics?${query}`]);
    for (const { url, headers } of requests) {
      assert.equal(headers.authorization, `Bearer ${key}`);
      assert.ok(!url.includes("cak_"));
    }
    assert.deepEqual(modes, ["no-store", "no-store"]);
  }));

test("a preview of one request is not kept either", withServer(empty, async ({ address, requests }) => {
  const modes = [];
  const fetch = request => (modes.push(request.cache), globalThis.fetch(request));
  const api = createApi({ baseUrl: address, key, fetch });
  await list(api, "/v1/articles", { preview: "drafts" }, { cache: "force-cache" });
  await list(api, "/v1/articles", {}, { cache: "force-cache" });
  assert.deepEqual(requests.map(request => request.url), ["/v1/articles?preview=drafts", "/v1/articles"]);
  assert.deepEqual(modes, ["no-store", "force-cache"]);
}));

test("a redirect to another host does not take the key along", withServer(empty, async other => {
  await withServer(
    () => ({ status: 301, headers: { location: `${other.address.replace("127.0.0.1", "localhost")}/v1/articles` } }),
    async ({ address, requests }) => {
      await list(createApi({ baseUrl: address, key }), "/v1/articles");
      assert.equal(requests[0].headers.authorization, `Bearer ${key}`);
      assert.equal(other.requests[0].headers.authorization, undefined);
    },
  )();
}));

test("fetch is looked up for each request", withServer(empty, async ({ address }) => {
  const api = createApi({ baseUrl: address });
  const original = globalThis.fetch;
  const seen = [];
  try {
    globalThis.fetch = (...all) => (seen.push(all[0]), original(...all));
    await list(api, "/v1/articles");
  } finally {
    globalThis.fetch = original;
  }
  assert.equal(seen.length, 1);
}));

test("options of a request reach fetch, also those of a framework", withServer(empty, async ({ address }) => {
  const seen = [];
  const api = createApi({ baseUrl: address, headers: { "x-site": "a" }, fetch: request => (seen.push(request), globalThis.fetch(request)) });
  const next = { tags: ["articles"], revalidate: 60 };
  const { signal } = new AbortController();
  await list(api, "/v1/articles", {}, { next, cache: "force-cache", signal });
  await getArticle(api, "x", {}, { next }).catch(() => {});
  assert.equal(seen[0].next, next);
  assert.equal(seen[0].cache, "force-cache");
  assert.equal(seen[0].headers.get("x-site"), "a");
  assert.equal(seen[1].next, next);
}));

test("a signal ends a request", withServer(empty, async ({ address }) => {
  const controller = new AbortController();
  controller.abort(new Error("enough"));
  await assert.rejects(list(createApi({ baseUrl: address }), "/v1/articles", {}, { signal: controller.signal }), /enough/);
}));

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { cacheKeys, cacheTags, cardKey, itemKey, keyFor } from "content-api-client";

const answer = headers => new Response(null, { headers });

test("keys come from whichever header the API sends", () => {
  const keys = ["all", "articles/x", "9f2c41d07b3e"];
  assert.deepEqual(cacheKeys(answer({ "Surrogate-Key": keys.join(" ") })), keys);
  assert.deepEqual(cacheKeys(answer({ "Cache-Tag": keys.join(",") })), keys);
  assert.deepEqual(cacheKeys(answer({ "Cache-Tag": keys.join(", ") })), keys);
  assert.deepEqual(cacheKeys(answer({ xkey: keys.join(" ") })), keys);
  assert.deepEqual(cacheKeys(answer({})), []);
});

test("tags are at most 128, and a page with more is stale after any change", () => {
  const keys = Array.from({ length: 129 }, (_, n) => `k${n}`);
  assert.deepEqual(cacheTags(answer({ "Surrogate-Key": keys.slice(0, 128).join(" ") })), keys.slice(0, 128));
  assert.deepEqual(cacheTags(answer({ "Surrogate-Key": keys.join(" ") })), [...keys.slice(0, 127), "content"]);
});

test("keys are known before the answer", async () => {
  assert.equal(await keyFor("article"), "articles");
  assert.equal(await keyFor("article", "a-longer-view"), "articles/a-longer-view");
  assert.equal(await keyFor("topic", "china", "articles"), "topics/china/articles");
  assert.equal(await keyFor("expert", "ada_moreau-2", "events"), "experts/ada_moreau-2/events");
  assert.equal(await keyFor("type", "op-ed", "articles"), "article-types/op-ed/articles");
  assert.equal(await keyFor("source", "x", "articles"), "sources/x/articles");
  assert.equal(await keyFor("language", "fr", "articles"), "languages/fr/articles");
  assert.equal(await keyFor("featured", undefined, "articles"), "featured/articles");
  const id = "urn:uuid:0189f7ea-ae2c-7c4a-8e0b-9f2c41d07b3e";
  assert.equal(itemKey(id), "9f2c41d07b3e");
  assert.equal(cardKey(id), "9f2c41d07b3e.c");
});

test("a slug that is not plain is a hash", async () => {
  for (const slug of ["中国", "UPPER", "a b", "a,b", "x".repeat(81), "\u{1F600}"]) {
    const hash = createHash("sha256").update(slug, "utf8").digest("hex").slice(0, 16);
    assert.equal(await keyFor("article", slug), `articles/~${hash}`);
  }
  assert.equal(await keyFor("article", "x".repeat(80)), `articles/${"x".repeat(80)}`);
  assert.ok((await keyFor("topic", "x".repeat(500), "articles")).length <= 256);
});

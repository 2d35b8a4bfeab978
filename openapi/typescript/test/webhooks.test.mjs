// Signed by the reference library of Standard Webhooks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { staleKeys, verifyWebhook, WebhookError } from "content-api-client";
import { Webhook } from "standardwebhooks";

const secret = `whsec_${Buffer.from(Array.from({ length: 32 }, (_, n) => n * 7)).toString("base64")}`;
const other = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const event = { type: "content.changed", timestamp: "2026-11-28T14:03:07Z", data: { invalidates: ["articles", "topics/china"], title: "Zoë 中" } };
const minutes = n => new Date(Date.now() + n * 60_000);

function signed({ body = JSON.stringify(event), id = "msg_1_2_3", at = new Date(), by = [secret], headers = {} } = {}) {
  const signature = by.map(one => new Webhook(one).sign(id, at, body)).join(" ");
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const all = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature, ...headers };
  const kept = Object.entries(all).filter(([, value]) => value !== null);
  return new Request("http://localhost/hook", { method: "POST", body, headers: kept });
}

const refused = (request, code) => assert.rejects(verifyWebhook(request, secret), thrown => thrown instanceof WebhookError && thrown.code === code);

test("a signed event is returned", async () => {
  const got = await verifyWebhook(signed(), secret);
  assert.deepEqual(got, event);
  assert.deepEqual(staleKeys(got), ["articles", "topics/china"]);
});

test("one of several signatures is enough", async () => {
  assert.deepEqual(await verifyWebhook(signed({ by: [other, secret] }), secret), event);
  const [v1a, own] = ["v1a,AAAA", signed().headers.get("webhook-signature")];
  assert.deepEqual(await verifyWebhook(signed({ headers: { "webhook-signature": `${v1a} v1,%%% ${own}` } }), secret), event);
});

test("another secret, body, id or time is refused", async () => {
  await refused(signed({ by: [other] }), "invalid-signature");
  const changed = new Request("http://localhost/hook", { method: "POST", body: "{}", headers: signed().headers });
  await refused(changed, "invalid-signature");
  await refused(signed({ headers: { "webhook-id": "msg_1_2_4" } }), "invalid-signature");
  await refused(signed({ headers: { "webhook-timestamp": String(Math.floor(Date.now() / 1000) - 60) } }), "invalid-signature");
});

test("a signature of another kind is refused", async () => {
  const [, base64] = signed().headers.get("webhook-signature").split(",");
  for (const text of [`v1a,${base64}`, base64, "v1", "v1,", `v1,${base64.slice(0, 8)}`, `v1,${base64}AAAA`])
    await refused(signed({ headers: { "webhook-signature": text } }), "invalid-signature");
});

test("five minutes are tolerated, six are not", async () => {
  for (const n of [-4, 4]) assert.deepEqual(await verifyWebhook(signed({ at: minutes(n) }), secret), event);
  for (const n of [-6, 6]) await refused(signed({ at: minutes(n) }), "invalid-timestamp");
  for (const text of ["soon", "-1", "1e9", "0x10"]) await refused(signed({ headers: { "webhook-timestamp": text } }), "invalid-timestamp");
});

test("a missing header is named", async () => {
  for (const name of ["webhook-id", "webhook-timestamp", "webhook-signature"])
    await assert.rejects(verifyWebhook(signed({ headers: { [name]: null } }), secret), { code: "missing-header", message: new RegExp(name) });
});

test("a signed body that is not JSON is refused", async () => await refused(signed({ body: "{" }), "invalid-body"));

test("a body above 1 MB is refused, and not read to its end", async () => {
  const headers = { "content-length": "1000001" };
  const announced = signed({ headers });
  await refused(announced, "body-too-large");
  assert.equal(announced.bodyUsed, false);

  let [sent, cancelled] = [0, false];
  const endless = new ReadableStream({
    pull: controller => { sent += 100_000; controller.enqueue(new Uint8Array(100_000)); },
    cancel: () => { cancelled = true; },
  });
  const streamed = new Request("http://localhost/hook", { method: "POST", body: endless, duplex: "half", headers: signed().headers });
  await refused(streamed, "body-too-large");
  assert.ok(cancelled && sent <= 1_300_000, `${sent} bytes were read`);

  const most = JSON.stringify({ ...event, padding: "" });
  const body = JSON.stringify({ ...event, padding: "x".repeat(1_000_000 - Buffer.byteLength(most)) });
  assert.equal((await verifyWebhook(signed({ body }), secret)).type, event.type);
  await refused(signed({ body: `${body} ` }), "body-too-large");
});

test("a body in several parts is put together, and one that was read before is an error of the program", async () => {
  const bytes = new TextEncoder().encode(JSON.stringify(event));
  const parts = new ReadableStream({
    start: controller => { for (const byte of bytes) controller.enqueue(Uint8Array.of(byte)); controller.close(); },
  });
  const request = new Request("http://localhost/hook", { method: "POST", body: parts, duplex: "half", headers: signed().headers });
  assert.deepEqual(await verifyWebhook(request, secret), event);
  await assert.rejects(verifyWebhook(request, secret), TypeError);
  await refused(new Request("http://localhost/hook", { method: "POST", headers: signed().headers }), "invalid-signature");
});

test("a secret that is none is an error of the program", async () => {
  for (const none of ["", "whsec_", "whsec_%%%", secret.slice("whsec_".length), "whsec_AAAA"])
    await assert.rejects(verifyWebhook(signed(), none), TypeError);
});

test("an event without keys names none", () => {
  assert.deepEqual(staleKeys({ type: "webhook.test", timestamp: "", data: {} }), []);
  assert.deepEqual(staleKeys({ type: "content.resync", timestamp: "", data: { sequence: 1, invalidates: ["all"] } }), ["all"]);
  assert.deepEqual(staleKeys({ type: "of.later", timestamp: "" }), []);
});

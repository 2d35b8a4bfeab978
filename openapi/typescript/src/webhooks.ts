/** A change of content: one commit, or several in a row. */
export interface ChangeEvent {
  sequence: number;
  /** Where `/v1/changes?since=` continues. */
  token: string;
  since: string;
  at: string;
  /** True when `changes` does not hold all of them; `invalidates` does. */
  more: boolean;
  changes: {
    resource: string;
    id: string;
    slug: string | null;
    change: "upsert" | "delete";
    reason: string | null;
    successor: string | null;
    successorId: string | null;
    previousSlugs: string[];
    /** Paths of its pages: the one of today, then earlier ones. */
    paths: string[];
  }[];
  /** The keys of the answers that are stale. */
  invalidates: string[];
}

/** The body of a webhook. Other types may be added; ignore them. */
export type WebhookEvent =
  | { type: "content.changed"; timestamp: string; data: ChangeEvent }
  | { type: "content.resync"; timestamp: string; data: { sequence: number; token: string; invalidates: string[] } }
  | { type: "webhook.test"; timestamp: string; data: Record<string, unknown> };

/** A request that is no webhook of this API, or not a recent one. Answer it with 401; a body that is too large may get 413. */
export class WebhookError extends Error {
  override readonly name = "WebhookError";
  readonly code: "missing-header" | "invalid-timestamp" | "invalid-signature" | "invalid-body" | "body-too-large";

  constructor(code: WebhookError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

const toleranceSeconds = 5 * 60;
// An event has about 20,000 bytes.
const mostBytes = 1_000_000;

/**
 * The event of a webhook request, once its signature (Standard Webhooks, `v1`) has been verified. It reads the body of the request, at
 * most 1 MB of it. The secret is that which `webhook add` printed, `whsec_…`.
 * @throws {WebhookError} The request is not what the holder of the secret sent within five minutes.
 * @throws {TypeError} The secret is none, or the body of the request has been read before.
 */
export async function verifyWebhook(request: Request, secret: string): Promise<WebhookEvent> {
  const key = await crypto.subtle.importKey("raw", secretBytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const header = (name: string): string => {
    const value = request.headers.get(name);
    if (value === null || value === "") throw new WebhookError("missing-header", `There is no header ${name}.`);
    return value;
  };
  const [id, timestamp, signatures] = [header("webhook-id"), header("webhook-timestamp"), header("webhook-signature")];
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > toleranceSeconds)
    throw new WebhookError("invalid-timestamp", "The timestamp is more than five minutes from now.");

  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const body = await read(request);
  const signed = new Uint8Array(head.length + body.length);
  signed.set(head);
  signed.set(body, head.length);

  for (const signature of signatures.split(" ")) {
    const [version, text = ""] = signature.split(",");
    const bytes = version === "v1" ? decodeBase64(text) : null;
    // It compares in constant time.
    if (bytes && (await crypto.subtle.verify("HMAC", key, bytes, signed))) return parse(body);
  }
  throw new WebhookError("invalid-signature", "No signature of the request is one of this secret.");
}

/** The keys that an event names stale: tags to revalidate. None for types without keys. */
export function staleKeys(event: WebhookEvent): string[] {
  // Types of later versions need not have data.
  const { invalidates } = (event.data ?? {}) as { invalidates?: unknown };
  return Array.isArray(invalidates) ? (invalidates as string[]) : [];
}

// Anybody can send a request, so that no more is read than a webhook can have.
async function read(request: Request): Promise<Uint8Array> {
  const tooLarge = () => new WebhookError("body-too-large", "The body has more than 1 MB.");
  if (Number(request.headers.get("content-length")) > mostBytes) throw tooLarge();
  if (request.bodyUsed) throw new TypeError("The body of the request has been read before.");
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    chunks.push(part.value);
    length += part.value.length;
    if (length <= mostBytes) continue;
    await reader?.cancel();
    throw tooLarge();
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function parse(body: Uint8Array): WebhookEvent {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as WebhookEvent;
  } catch {
    throw new WebhookError("invalid-body", "The body is not JSON.");
  }
}

function secretBytes(secret: string) {
  const bytes = secret.startsWith("whsec_") ? decodeBase64(secret.slice("whsec_".length)) : null;
  if (!bytes || bytes.length < 16) throw new TypeError("The secret of a webhook has the form whsec_ and base64.");
  return bytes;
}

function decodeBase64(text: string) {
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0));
  } catch {
    return null;
  }
}

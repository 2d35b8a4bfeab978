import { createHash, timingSafeEqual } from "node:crypto";
import { draftMode } from "next/headers";

/** The preview link of an editor: `/api/draft?secret=…&path=/articles/a-draft`. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const secret = process.env.PREVIEW_SECRET;
  if (!secret || !timingSafeEqual(hash(query.get("secret") ?? ""), hash(secret))) return new Response("Wrong secret", { status: 401 });
  const path = (query.get("path") ?? "/").replace(/[^!-~]+/g, encodeURIComponent);
  // Two slashes, and a slash and a backslash, begin the address of another site.
  if (!/^\/(?![/\\])/.test(path)) return new Response("The path begins with one slash", { status: 400 });
  (await draftMode()).enable();
  return new Response(null, { status: 307, headers: { Location: path, "Cache-Control": "no-store" } });
}

// Of the same length, which a comparison in constant time needs.
const hash = (text: string): Buffer => createHash("sha256").update(text).digest();

import { createHmac, timingSafeEqual } from "node:crypto";

const passOf = (secret: string): string => createHmac("sha256", secret).update("preview").digest("hex");
const expected = process.env["PREVIEW_SECRET"] ? passOf(process.env["PREVIEW_SECRET"]) : null;
const isPass = (text: string): boolean => expected !== null && timingSafeEqual(Buffer.from(text), Buffer.from(expected));

/** The value of the cookie `preview`, which does not tell the secret; null for a wrong secret. */
export function passFor(secret: string): string | null {
  const pass = passOf(secret);
  return isPass(pass) ? pass : null;
}

/** Whether a request has the cookie. */
export function isPreview(request: Request): boolean {
  const cookie = /(?:^|; ?)preview=([0-9a-f]{64})(?:;|$)/.exec(request.headers.get("cookie") ?? "");
  return cookie !== null && isPass(cookie[1]!);
}

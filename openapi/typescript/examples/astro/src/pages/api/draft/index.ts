import type { APIRoute } from "astro";
import { passFor } from "../../../preview";

/** The preview link of an editor: `/api/draft?secret=…&path=/articles/a-draft`. */
export const GET: APIRoute = ({ url, cookies, redirect }) => {
  const pass = passFor(url.searchParams.get("secret") ?? "");
  if (pass === null) return new Response("Wrong secret", { status: 401 });
  const path = (url.searchParams.get("path") ?? "/").replace(/[^!-~]+/g, encodeURIComponent);
  // Two slashes, and a slash and a backslash, begin the address of another site.
  if (!/^\/(?![/\\])/.test(path)) return new Response("The path begins with one slash", { status: 400 });
  // With "strict", a browser would not send the cookie when the link is on another site, such as that of the editors.
  cookies.set("preview", pass, { path: "/", httpOnly: true, sameSite: "lax", secure: import.meta.env.PROD });
  return redirect(path, 307);
};

import { defineMiddleware } from "astro:middleware";
import { drafts, published } from "./api";
import { isPreview } from "./preview";

export const onRequest = defineMiddleware(async ({ request, locals, cache }, next) => {
  locals.preview = isPreview(request);
  locals.api = locals.preview ? drafts : published;
  const response = await next();
  if (locals.preview) {
    // Whatever the page has set.
    cache.set(false);
    response.headers.set("Cache-Control", "private, no-store");
  }
  return response;
});

import type { CacheProviderFactory } from "astro";
import memoryCache from "astro/cache/memory";
import { isPreview } from "./preview";

/** The cache in memory, without previews. Astro asks it before the middleware, so an editor would get the page kept for everybody. */
const provider: CacheProviderFactory = config => {
  const memory = memoryCache(config);
  return { ...memory, onRequest: (context, next) => (isPreview(context.request) ? next() : memory.onRequest!(context, next)) };
};
export default provider;

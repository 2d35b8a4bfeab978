export { createApi } from "./api.js";
export { ApiProblem, unwrap } from "./problems.js";
export { all, list } from "./lists.js";
export { getArticle, getEvent, getExpert, getItem, getPage, getTopic } from "./items.js";
export { cacheKeys, cacheTags, cardKey, itemKey, keyFor } from "./keys.js";
export { staleKeys, verifyWebhook, WebhookError } from "./webhooks.js";
export { localLinks } from "./links.js";

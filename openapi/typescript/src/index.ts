export { createApi, type Api, type ApiOptions, type QueryOf, type RequestOptions, type Schemas } from "./api.js";
export { ApiProblem, unwrap, type Problem } from "./problems.js";
export { all, list, type Listed, type ListPath, type Page } from "./lists.js";
export { getArticle, getEvent, getExpert, getItem, getPage, getTopic, type ItemPath, type ItemResult } from "./items.js";
export { cacheKeys, cacheTags, cardKey, itemKey, keyFor, type Kind } from "./keys.js";
export { staleKeys, verifyWebhook, WebhookError, type ChangeEvent, type WebhookEvent } from "./webhooks.js";
export { localLinks } from "./links.js";

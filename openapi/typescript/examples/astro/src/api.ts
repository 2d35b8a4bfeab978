import { createApi } from "content-api-client";

const baseUrl = process.env["CONTENT_API"] ?? "http://localhost:5080";

export const published = createApi({ baseUrl });
export const drafts = createApi({ baseUrl, key: process.env["CONTENT_API_KEY"], preview: "drafts" });

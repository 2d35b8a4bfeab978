import "server-only";
import { createApi, type Api } from "content-api-client";
import { draftMode } from "next/headers";

const baseUrl = process.env.CONTENT_API ?? "http://localhost:5080";
const published = createApi({ baseUrl });
const drafts = createApi({ baseUrl, key: process.env.CONTENT_API_KEY, preview: "drafts" });

/** The API as this reader may see it: in draft mode with what is not public, and nothing of that is kept. */
export const content = async (): Promise<Api> => ((await draftMode()).isEnabled ? drafts : published);

/** Keeps an answer until the webhook names one of the keys; `all` is named after a change too large to list. */
export const kept = (...keys: string[]): RequestInit => ({ cache: "force-cache", next: { tags: ["all", ...keys] } });

import createClient, { createQuerySerializer, type Client } from "openapi-fetch";
import type { components, paths } from "../schema.js";

/** The schemas of the OpenAPI document by name: `Schemas["ArticleSummary"]`. */
export type Schemas = components["schemas"];

/** A client of openapi-fetch: `api.GET("/v1/experts", { params: { query: { limit: 5 } } })`. */
export type Api = Client<paths>;

export interface ApiOptions {
  /** The address of the API without `/v1`. */
  baseUrl: string;
  /** An API key, sent as `Authorization: Bearer`. It belongs on a server: no code that runs in a browser may have it. */
  key?: string | undefined;
  /** Asks for what is not public, for which the API wants a key. Such answers are not kept: every request has `cache: "no-store"`. */
  preview?: "drafts" | "early" | undefined;
  /** Asks for what will be public at this instant, such as `2027-01-01T00:00:00Z`, likewise. */
  at?: string | undefined;
  /** Replaces `fetch`. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Headers of every request. */
  headers?: Record<string, string> | undefined;
}

/** The options of `fetch` for one request, also those a framework adds, such as `next: { tags }`. */
export type RequestOptions = Omit<RequestInit, "method" | "body" | "headers">;

/** The query parameters of a GET operation. */
export type QueryOf<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } } ? NonNullable<Q> : never;

/** The JSON of a GET operation. */
export type JsonOf<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { "application/json": infer T } } } } } ? T : never;

/** A client. It keeps no state, so one for the whole program will do. */
export function createApi({ baseUrl, key, preview, at, fetch, headers }: ApiOptions): Api {
  const serialize = createQuerySerializer<Record<string, unknown>>({ array: { style: "form", explode: false } });
  const shown = { ...(preview && { preview }), ...(at && { at }) };
  return createClient<paths>({
    baseUrl: baseUrl.replace(/\/+$/, ""),
    headers: { ...headers, ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }) },
    querySerializer: query => serialize({ ...query, ...shown }),
    // Next.js replaces globalThis.fetch after this module was loaded, so it is looked up for each request.
    fetch: request => (fetch ?? globalThis.fetch)(isPreview(request.url) ? new Request(request, { cache: "no-store" }) : request),
  });
}

// Also when the parameters are those of one request.
function isPreview(url: string): boolean {
  const { searchParams } = new URL(url);
  return searchParams.has("preview") || searchParams.has("at");
}

/** A GET request whose path is a type parameter, which the types of openapi-fetch do not resolve. */
export async function request<P extends keyof paths>(
  api: Api,
  path: P,
  params: { path?: Record<string, string>; query?: unknown },
  options: RequestOptions = {},
): Promise<{ data?: JsonOf<P>; error?: unknown; response: Response }> {
  const get = api.GET as unknown as (path: P, init: object) => Promise<{ data?: JsonOf<P>; error?: unknown; response: Response }>;
  return get(path, { ...options, params });
}

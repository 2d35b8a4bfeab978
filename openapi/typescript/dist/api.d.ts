import { type Client } from "openapi-fetch";
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
export type QueryOf<P extends keyof paths> = paths[P] extends {
    get: {
        parameters: {
            query?: infer Q;
        };
    };
} ? NonNullable<Q> : never;
/** The JSON of a GET operation. */
export type JsonOf<P extends keyof paths> = paths[P] extends {
    get: {
        responses: {
            200: {
                content: {
                    "application/json": infer T;
                };
            };
        };
    };
} ? T : never;
/** A client. It keeps no state, so one for the whole program will do. */
export declare function createApi({ baseUrl, key, preview, at, fetch, headers }: ApiOptions): Api;
/** A GET request whose path is a type parameter, which the types of openapi-fetch do not resolve. */
export declare function request<P extends keyof paths>(api: Api, path: P, params: {
    path?: Record<string, string>;
    query?: unknown;
}, options?: RequestOptions): Promise<{
    data?: JsonOf<P>;
    error?: unknown;
    response: Response;
}>;

import createClient, { createQuerySerializer } from "openapi-fetch";
/** A client. It keeps no state, so one for the whole program will do. */
export function createApi({ baseUrl, key, preview, at, fetch, headers }) {
    const serialize = createQuerySerializer({ array: { style: "form", explode: false } });
    const shown = { ...(preview && { preview }), ...(at && { at }) };
    return createClient({
        baseUrl: baseUrl.replace(/\/+$/, ""),
        headers: { ...headers, ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }) },
        querySerializer: query => serialize({ ...query, ...shown }),
        // Next.js replaces globalThis.fetch after this module was loaded, so it is looked up for each request.
        fetch: request => (fetch ?? globalThis.fetch)(isPreview(request.url) ? new Request(request, { cache: "no-store" }) : request),
    });
}
// Also when the parameters are those of one request.
function isPreview(url) {
    const { searchParams } = new URL(url);
    return searchParams.has("preview") || searchParams.has("at");
}
/** A GET request whose path is a type parameter, which the types of openapi-fetch do not resolve. */
export async function request(api, path, params, options = {}) {
    const get = api.GET;
    return get(path, { ...options, params });
}

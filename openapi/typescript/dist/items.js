import { request } from "./api.js";
import { ApiProblem, problemOf } from "./problems.js";
/**
 * An item by its slug. The API redirects from old slugs, and `fetch` follows, so a slug other than the one asked for means that the item
 * has moved.
 * @throws {ApiProblem} The answer is a problem, and the item neither gone nor unknown.
 */
export async function getItem(api, path, slug, query, options) {
    const { data, error, response } = await request(api, path, { path: { slug }, query }, options);
    if (data === undefined) {
        const problem = problemOf(error, response);
        if (problem.code === "gone")
            return { status: "gone", problem, response };
        if (problem.code === "not-found")
            return { status: "notFound", problem, response };
        throw new ApiProblem(problem, response);
    }
    const item = data.data;
    if (item.slug !== slug)
        return { status: "moved", slug: item.slug, path: item.path ?? null, response };
    return { status: "ok", ...data, response };
}
export const getArticle = ofPath("/v1/articles/{slug}");
export const getExpert = ofPath("/v1/experts/{slug}");
export const getTopic = ofPath("/v1/topics/{slug}");
export const getEvent = ofPath("/v1/events/{slug}");
export const getPage = ofPath("/v1/pages/{slug}");
function ofPath(path) {
    return (api, slug, query, options) => getItem(api, path, slug, query, options);
}

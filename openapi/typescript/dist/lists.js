import { request } from "./api.js";
import { unwrap } from "./problems.js";
/**
 * One page of a list, and the response with its headers.
 * @throws {ApiProblem} The answer is a problem.
 */
export async function list(api, path, query, options) {
    const answer = await request(api, path, { query }, options);
    return { ...(await unwrap(answer)), response: answer.response };
}
/**
 * The items of a list, page by page: `for await (const article of all(api, "/v1/articles", { topic: ["china"] }))`. The next page is
 * requested when its first item is. `limit` is the number of items to end after; that of the query is the number in a page, by default
 * 100.
 * @throws {ApiProblem} The answer to a page is a problem.
 */
export async function* all(api, path, query, { limit = Infinity, ...options } = {}) {
    let left = limit;
    let cursor = null;
    while (left > 0) {
        const asked = { limit: Math.min(100, left), ...query, ...(cursor === null ? {} : { cursor }) };
        const { data, page } = (await unwrap(request(api, path, { query: asked }, options)));
        for (const item of data) {
            options.signal?.throwIfAborted();
            yield item;
            if (--left <= 0)
                return;
        }
        cursor = page.next;
        if (cursor === null)
            return;
    }
}

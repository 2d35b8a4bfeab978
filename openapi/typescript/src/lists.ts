import type { paths } from "../schema.js";
import { request, type Api, type JsonOf, type QueryOf, type RequestOptions } from "./api.js";
import { unwrap } from "./problems.js";

interface AnyPage {
  data: readonly unknown[];
  page: { total: number | null; next: string | null };
}

/** The lists with pages: `/v1/articles`, `/v1/search` and others. */
export type ListPath = {
  [P in keyof paths]: P extends `${string}{${string}` ? never : [JsonOf<P>] extends [never] ? never : JsonOf<P> extends AnyPage ? P : never;
}[keyof paths];

/** One page of a list: `data`, `page`, `links` and others. */
export type Page<P extends ListPath> = JsonOf<P>;

/** An item of a list. */
export type Listed<P extends ListPath> = Page<P> extends { data: readonly (infer T)[] } ? T : never;

/**
 * One page of a list, and the response with its headers.
 * @throws {ApiProblem} The answer is a problem.
 */
export async function list<P extends ListPath>(
  api: Api,
  path: P,
  query?: QueryOf<P>,
  options?: RequestOptions,
): Promise<Page<P> & { response: Response }> {
  const answer = await request(api, path, { query }, options);
  return { ...((await unwrap(answer)) as Page<P> & object), response: answer.response };
}

/**
 * The items of a list, page by page: `for await (const article of all(api, "/v1/articles", { topic: ["china"] }))`. The next page is
 * requested when its first item is. `limit` is the number of items to end after; that of the query is the number in a page, by default
 * 100.
 * @throws {ApiProblem} The answer to a page is a problem.
 */
export async function* all<P extends ListPath>(
  api: Api,
  path: P,
  query?: Omit<QueryOf<P>, "page" | "cursor">,
  { limit = Infinity, ...options }: RequestOptions & { limit?: number } = {},
): AsyncGenerator<Listed<P>, void, undefined> {
  let left = limit;
  let cursor: string | null = null;
  while (left > 0) {
    const asked = { limit: Math.min(100, left), ...query, ...(cursor === null ? {} : { cursor }) };
    const { data, page } = (await unwrap(request(api, path, { query: asked }, options))) as AnyPage;
    for (const item of data) {
      options.signal?.throwIfAborted();
      yield item as Listed<P>;
      if (--left <= 0) return;
    }
    cursor = page.next;
    if (cursor === null) return;
  }
}

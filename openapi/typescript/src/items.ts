import type { paths } from "../schema.js";
import { request, type Api, type JsonOf, type QueryOf, type RequestOptions } from "./api.js";
import { ApiProblem, problemOf, type Problem } from "./problems.js";

/** The addresses of single items: `/v1/articles/{slug}` and others. */
export type ItemPath = { [P in keyof paths]: P extends `${string}/{slug}` ? P : never }[keyof paths];

/** What became of a request for an item. */
export type ItemResult<P extends ItemPath> =
  | ({ status: "ok"; response: Response } & JsonOf<P>)
  /** The slug is an old one: `slug` is that of today, `path` the path of its page, null when it has none. */
  | { status: "moved"; slug: string; path: string | null; response: Response }
  /** The item was withdrawn; `problem.reason` says why. */
  | { status: "gone"; problem: Problem; response: Response }
  | { status: "notFound"; problem: Problem; response: Response };

/**
 * An item by its slug. The API redirects from old slugs, and `fetch` follows, so a slug other than the one asked for means that the item
 * has moved.
 * @throws {ApiProblem} The answer is a problem, and the item neither gone nor unknown.
 */
export async function getItem<P extends ItemPath>(
  api: Api,
  path: P,
  slug: string,
  query?: QueryOf<P>,
  options?: RequestOptions,
): Promise<ItemResult<P>> {
  const { data, error, response } = await request(api, path, { path: { slug }, query }, options);
  if (data === undefined) {
    const problem = problemOf(error, response);
    if (problem.code === "gone") return { status: "gone", problem, response };
    if (problem.code === "not-found") return { status: "notFound", problem, response };
    throw new ApiProblem(problem, response);
  }
  const item = (data as { data: { slug: string; path?: string | null } }).data;
  if (item.slug !== slug) return { status: "moved", slug: item.slug, path: item.path ?? null, response };
  return { status: "ok", ...(data as JsonOf<P> & object), response };
}

export const getArticle = ofPath("/v1/articles/{slug}");
export const getExpert = ofPath("/v1/experts/{slug}");
export const getTopic = ofPath("/v1/topics/{slug}");
export const getEvent = ofPath("/v1/events/{slug}");
export const getPage = ofPath("/v1/pages/{slug}");

function ofPath<P extends ItemPath>(path: P) {
  return (api: Api, slug: string, query?: QueryOf<P>, options?: RequestOptions): Promise<ItemResult<P>> =>
    getItem(api, path, slug, query, options);
}

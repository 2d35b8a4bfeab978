import type { paths } from "../schema.js";
import { type Api, type JsonOf, type QueryOf, type RequestOptions } from "./api.js";
import { type Problem } from "./problems.js";
/** The addresses of single items: `/v1/articles/{slug}` and others. */
export type ItemPath = {
    [P in keyof paths]: P extends `${string}/{slug}` ? P : never;
}[keyof paths];
/** What became of a request for an item. */
export type ItemResult<P extends ItemPath> = ({
    status: "ok";
    response: Response;
} & JsonOf<P>)
/** The slug is an old one: `slug` is that of today, `path` the path of its page, null when it has none. */
 | {
    status: "moved";
    slug: string;
    path: string | null;
    response: Response;
}
/** The item was withdrawn; `problem.reason` says why. */
 | {
    status: "gone";
    problem: Problem;
    response: Response;
} | {
    status: "notFound";
    problem: Problem;
    response: Response;
};
/**
 * An item by its slug. The API redirects from old slugs, and `fetch` follows, so a slug other than the one asked for means that the item
 * has moved.
 * @throws {ApiProblem} The answer is a problem, and the item neither gone nor unknown.
 */
export declare function getItem<P extends ItemPath>(api: Api, path: P, slug: string, query?: QueryOf<P>, options?: RequestOptions): Promise<ItemResult<P>>;
export declare const getArticle: (api: Api, slug: string, query?: {
    include?: ("related" | "moreOnTopic" | "topicEvents" | "menus")[];
    fields?: string[];
    preview?: "drafts" | "early";
    at?: string;
    minSequence?: number;
} | undefined, options?: RequestOptions) => Promise<ItemResult<"/v1/articles/{slug}">>;
export declare const getExpert: (api: Api, slug: string, query?: {
    include?: ("articles" | "events" | "menus")[];
    fields?: string[];
    preview?: "drafts" | "early";
    at?: string;
    minSequence?: number;
} | undefined, options?: RequestOptions) => Promise<ItemResult<"/v1/experts/{slug}">>;
export declare const getTopic: (api: Api, slug: string, query?: {
    include?: ("articles" | "events" | "experts" | "children" | "menus")[];
    fields?: string[];
    preview?: "drafts" | "early";
    at?: string;
    minSequence?: number;
} | undefined, options?: RequestOptions) => Promise<ItemResult<"/v1/topics/{slug}">>;
export declare const getEvent: (api: Api, slug: string, query?: {
    include?: ("related" | "topicEvents" | "menus")[];
    fields?: string[];
    preview?: "drafts" | "early";
    at?: string;
    minSequence?: number;
} | undefined, options?: RequestOptions) => Promise<ItemResult<"/v1/events/{slug}">>;
export declare const getPage: (api: Api, slug: string, query?: {
    include?: "menus"[];
    fields?: string[];
    preview?: "drafts" | "early";
    at?: string;
    minSequence?: number;
} | undefined, options?: RequestOptions) => Promise<ItemResult<"/v1/pages/{slug}">>;

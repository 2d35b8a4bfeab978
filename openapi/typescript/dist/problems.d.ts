import type { Schemas } from "./api.js";
/** A problem document (RFC 9457). */
export type Problem = Schemas["Problem"];
/** An answer that is a problem. The message is its `detail`, which says what would have worked. */
export declare class ApiProblem extends Error implements Omit<Problem, "title"> {
    readonly name = "ApiProblem";
    readonly problem: Problem;
    readonly response: Response;
    constructor(problem: Problem, response: Response);
    get type(): string;
    get status(): number;
    get detail(): string;
    get instance(): string;
    /** The kind of problem: `unknown-value`, `gone` and others; `not-a-problem` when the answer is no problem document. */
    get code(): string;
    /** The parameter to change; null when none is at fault. */
    get parameter(): string | null;
    /** The allowed values, or those nearest to the given one. */
    get allowed(): string[];
    /** Why an item is gone; null for other problems. */
    get reason(): string | null;
    get traceId(): string;
}
interface Answer<T> {
    data?: T;
    error?: unknown;
    response: Response;
}
/**
 * The data of an answer of `api.GET(…)`.
 * @throws {ApiProblem} The answer is a problem.
 */
export declare function unwrap<T>(answer: Answer<T> | PromiseLike<Answer<T>>): Promise<Exclude<T, undefined>>;
/** The problem document of an answer. A proxy in front of the API may have answered with something else. */
export declare function problemOf(error: unknown, response: Response): Problem;
export {};

/** An answer that is a problem. The message is its `detail`, which says what would have worked. */
export class ApiProblem extends Error {
    name = "ApiProblem";
    problem;
    response;
    constructor(problem, response) {
        super(problem.detail);
        this.problem = problem;
        this.response = response;
    }
    get type() { return this.problem.type; }
    get status() { return this.problem.status; }
    get detail() { return this.problem.detail; }
    get instance() { return this.problem.instance; }
    /** The kind of problem: `unknown-value`, `gone` and others; `not-a-problem` when the answer is no problem document. */
    get code() { return this.problem.code; }
    /** The parameter to change; null when none is at fault. */
    get parameter() { return this.problem.parameter; }
    /** The allowed values, or those nearest to the given one. */
    get allowed() { return this.problem.allowed; }
    /** Why an item is gone; null for other problems. */
    get reason() { return this.problem.reason; }
    get traceId() { return this.problem.traceId; }
}
/**
 * The data of an answer of `api.GET(…)`.
 * @throws {ApiProblem} The answer is a problem.
 */
export async function unwrap(answer) {
    const { data, error, response } = await answer;
    if (data === undefined)
        throw new ApiProblem(problemOf(error, response), response);
    return data;
}
/** The problem document of an answer. A proxy in front of the API may have answered with something else. */
export function problemOf(error, response) {
    if (typeof error === "object" && error !== null && "code" in error && "detail" in error)
        return error;
    return {
        type: "about:blank",
        title: response.statusText,
        status: response.status,
        detail: `The answer has status ${response.status} and is not a problem document of the API.`,
        instance: "",
        code: "not-a-problem",
        parameter: null,
        allowed: [],
        reason: null,
        traceId: "",
    };
}

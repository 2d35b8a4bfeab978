import type { Schemas } from "./api.js";

/** A problem document (RFC 9457). */
export type Problem = Schemas["Problem"];

/** An answer that is a problem. The message is its `detail`, which says what would have worked. */
export class ApiProblem extends Error implements Omit<Problem, "title"> {
  override readonly name = "ApiProblem";
  readonly problem: Problem;
  readonly response: Response;

  constructor(problem: Problem, response: Response) {
    super(problem.detail);
    this.problem = problem;
    this.response = response;
  }

  get type(): string { return this.problem.type; }
  get status(): number { return this.problem.status; }
  get detail(): string { return this.problem.detail; }
  get instance(): string { return this.problem.instance; }
  /** The kind of problem: `unknown-value`, `gone` and others; `not-a-problem` when the answer is no problem document. */
  get code(): string { return this.problem.code; }
  /** The parameter to change; null when none is at fault. */
  get parameter(): string | null { return this.problem.parameter; }
  /** The allowed values, or those nearest to the given one. */
  get allowed(): string[] { return this.problem.allowed; }
  /** Why an item is gone; null for other problems. */
  get reason(): string | null { return this.problem.reason; }
  get traceId(): string { return this.problem.traceId; }
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
export async function unwrap<T>(
  answer: Answer<T> | PromiseLike<Answer<T>>,
): Promise<Exclude<T, undefined>> {
  const { data, error, response } = await answer;
  if (data === undefined) throw new ApiProblem(problemOf(error, response), response);
  return data as Exclude<T, undefined>;
}

/** The problem document of an answer. A proxy in front of the API may have answered with something else. */
export function problemOf(error: unknown, response: Response): Problem {
  if (typeof error === "object" && error !== null && "code" in error && "detail" in error) return error as Problem;
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

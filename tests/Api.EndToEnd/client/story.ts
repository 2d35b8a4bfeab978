// What every generated client has to be able to do. The folders beside this file say how each does it, in the types it was generated with.

declare const process: { argv: string[] };

/** Where the API is, without a slash at the end. */
export const site = process.argv[2]!;

/** The query of a list of articles, as far as the story needs it. */
export interface Query {
  topic: string[];
  fields?: string[];
  limit?: number;
  cursor?: string;
}

/** A page of articles: with `fields` an article has the members it names, and these. */
export interface Page {
  data: { id: string; slug: string; title: string; summary?: string }[];
  page: { total: number | null; next: string | null };
}

/** What a client has got: the answer, or the problem it was refused with. */
export type Result<T> = { data: T } | { problem: { status: number; code: string; detail: string; parameter: string | null; allowed: string[]; reason: string | null } };

export interface Client {
  list(query: Query): Promise<Result<Page>>;
  article(slug: string): Promise<Result<{ slug: string; bodyHtml?: string }>>;
}

export function check(fact: unknown, otherwise: string): asserts fact {
  if (!fact) throw new Error(otherwise);
}

/** The answer, which must not be a problem. */
export function answer<T>(result: Result<T>): T {
  check("data" in result, `a problem: ${JSON.stringify(result)}`);
  return result.data;
}

/** Runs the story; throws an error that says what went wrong. */
export async function tell({ list, article }: Client): Promise<void> {
  const topic = ["china", "climate-and-energy"];

  // Two values mean any of them, as the same request written by hand does.
  const byHand: Page = await (await fetch(`${site}/v1/articles?topic=${topic.join(",")}&limit=100`)).json();
  const both = answer(await list({ topic, limit: 100 }));
  check(both.data.length > 1 && both.data.length === both.page.total, `${both.data.length} articles of ${both.page.total}`);
  check(both.data.map(one => one.id).join() === byHand.data.map(one => one.id).join(), "other articles than those of the request by hand");

  const few = answer(await list({ topic, fields: ["title", "publishedAt"], limit: 2 }));
  check(few.data.every(one => one.title && one.slug && one.id && !("summary" in one && one.summary !== undefined)), "not the members that were asked for");

  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = answer(await list({ topic, fields: ["title"], limit: 5, ...(cursor ? { cursor } : {}) }));
    seen.push(...page.data.map(one => one.id));
    cursor = page.page.next;
  } while (cursor);
  check(seen.join() === byHand.data.map(one => one.id).join(), "the walk does not show each article once, in order");

  const unknown = await list({ topic: ["chnia"] });
  check("problem" in unknown, "a topic that does not exist is answered");
  check(unknown.problem.status === 400 && unknown.problem.code === "unknown-value", `another problem: ${JSON.stringify(unknown)}`);
  check(unknown.problem.parameter === "topic" && unknown.problem.allowed.includes("china"), `the problem does not help: ${JSON.stringify(unknown)}`);

  const gone = await article("tariff-tables-for-fifty-ports");
  check("problem" in gone && gone.problem.status === 410 && gone.problem.reason === "retracted", `not gone: ${JSON.stringify(gone)}`);

  // 301 to where it is today.
  const moved = answer(await article("the-long-view-on-china"));
  check(moved.slug === "a-longer-view" && moved.bodyHtml?.startsWith("<"), "the old address does not lead to the article");
}

// Lists, walks, reads items and shows a problem: npm run build && npm start http://localhost:5080
import { all, ApiProblem, createApi, getArticle, list } from "content-api-client";

const api = createApi({ baseUrl: process.argv[2] ?? "http://localhost:5080" });

const { data, page } = await list(api, "/v1/articles.cards.json", { topic: ["china"], limit: 3 });
console.log(`${page.total} articles on China, the newest:`);
for (const article of data) console.log(`  ${article.publishedDate} ${article.title} (${article.byline})`);

let words = 0;
for await (const article of all(api, "/v1/articles", { topic: ["china"], fields: ["wordCount"] }, { signal: AbortSignal.timeout(30_000) }))
  words += article.wordCount ?? 0;
console.log(`All of them together: ${words} words.`);

for (const slug of ["a-longer-view", "the-long-view-on-china", "tariff-tables-for-fifty-ports", "there-is-none"]) {
  const article = await getArticle(api, slug, { include: ["related"] });
  if (article.status === "ok") console.log(`${slug}: ${article.data.title}, and ${article.included?.related?.length ?? 0} related`);
  else if (article.status === "moved") console.log(`${slug}: moved to ${article.path}`);
  else console.log(`${slug}: ${article.status}, ${article.problem.detail}`);
}

try {
  await list(api, "/v1/articles", { topic: ["chnia"] });
} catch (problem) {
  if (!(problem instanceof ApiProblem)) throw problem;
  console.log(`${problem.parameter}: ${problem.detail}`);
}

// A page of another origin asks with headers of its own, for which the browser has to ask first: lists, errors, what moved, what is gone.
import { createServer } from "node:http";
import { browse } from "./chromium.mjs";

const cases = [
  ["/v1/articles?limit=1", 200],
  ["/v1/articles.rss?limit=1", 200],
  ["/v1/articles?topics=china", 400],
  ["/v1/articles/no-such-article", 404],
  ["/nothing/here", 404],
  ["/v1/articles/tariff-tables-for-fifty-ports", 410],
  // 301, to an address that is asked about in turn.
  ["/v1/articles/the-long-view-on-china", 200],
  ["/openapi/v1.json", 200],
];
const headers = { "X-Requested-With": "test", "X-Trace": "1", "Content-Type": "application/json", "If-None-Match": '"none"' };

const elsewhere = createServer((_, answer) => answer.setHeader("Content-Type", "text/html").end("<!doctype html><title>Another origin</title>"));
await new Promise(listening => elsewhere.listen(0, "127.0.0.1", listening));

await browse(
  async (newPage, site) => {
    const wrong = [];
    const page = await newPage();
    const preflights = new Set();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Network.enable");
    devtools.on("Network.requestWillBeSent", event => event.type === "Preflight" && preflights.add(event.request.url));
    await page.goto(`http://127.0.0.1:${elsewhere.address().port}/`);
    for (const [path, status] of cases) {
      const answer = await page.evaluate(
        async ([url, headers]) => {
          try {
            const got = await fetch(url, { headers });
            return { status: got.status, url: got.url, body: await got.text() };
          } catch (error) {
            return { status: String(error) };
          }
        },
        [site + path, headers],
      );
      console.log(`${path}: ${answer.status}`);
      if (answer.status !== status) wrong.push(`${path} answered ${answer.status}, not ${status}`);
      else if (status >= 400 && JSON.parse(answer.body).status !== status) wrong.push(`${path}: the problem cannot be read: ${answer.body}`);
      if (!preflights.has(site + path)) wrong.push(`${path}: the browser did not ask first`);
    }
    if (!preflights.has(`${site}/v1/articles/a-longer-view`)) wrong.push("the browser did not follow the redirect");
    return wrong;
  },
  { watch: false },
);
elsewhere.close();

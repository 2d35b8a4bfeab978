// A page of another origin asks with headers of its own, for which the browser has to ask first: lists, errors, what moved, what is gone.
import { createServer } from "node:http";
import { connect, createServer as createRelay } from "node:net";
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
await listen(elsewhere);

// Between the browser and the API, as DevTools does not show preflights: what goes by is not changed.
const preflights = new Set();
const relay = createRelay(browser => {
  const api = connect(new URL(process.argv[2]).port, "127.0.0.1");
  browser.on("data", bytes => {
    for (const [, path] of bytes.toString("latin1").matchAll(/^OPTIONS (\S+) HTTP/gm)) preflights.add(path);
  });
  browser.pipe(api).pipe(browser);
  for (const socket of [browser, api]) socket.on("error", () => [browser, api].forEach(one => one.destroy()));
});
await listen(relay);

await browse(
  async newPage => {
    const wrong = [];
    const page = await newPage();
    await page.goto(addressOf(elsewhere));
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
        [addressOf(relay) + path, headers],
      );
      console.log(`${path}: ${answer.status}`);
      if (answer.status !== status) wrong.push(`${path} answered ${answer.status}, not ${status}`);
      else if (status >= 400 && JSON.parse(answer.body).status !== status) wrong.push(`${path}: the problem cannot be read: ${answer.body}`);
      if (!preflights.has(path)) wrong.push(`${path}: the browser did not ask first`);
    }
    if (!preflights.has("/v1/articles/a-longer-view")) wrong.push("the browser did not follow the redirect");
    return wrong;
  },
  { watch: false },
);
elsewhere.close();
relay.close();

function listen(server) {
  return new Promise(listening => server.listen(0, "127.0.0.1", listening));
}

function addressOf(server) {
  return `http://127.0.0.1:${server.address().port}`;
}

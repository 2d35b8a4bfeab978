import { chromium } from "playwright-core";
import { packagedBrowser } from "./packaged.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--no-first-run",
  "--disable-quic",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Opens Chromium with a fresh profile, gives its pages to `visit`, and ends with what was wrong: what `visit` returns and, unless `watch` is false,
 * errors on the console and requests that failed or went to another host, except lines that match `expected`.
 * @param {(newPage: (options?: object) => Promise<import("playwright-core").Page>, site: string) => Promise<string[]>} visit
 */
export async function browse(visit, { watch = true, expected = /^$/ } = {}) {
  const site = process.argv[2];
  const wrong = [];
  const browser = await chromium.launch({ ...(await packagedBrowser()), args: flags });
  const newPage = async options => {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
    const page = await context.newPage();
    // Test machines are slow, and busy with other tests.
    page.setDefaultTimeout(90_000);
    if (!watch) return page;
    page.on("console", message => message.type() === "error" && wrong.push(`console of ${page.url()}: ${message.text()}`));
    page.on("pageerror", error => wrong.push(`script of ${page.url()}: ${error}`));
    page.on("requestfailed", request => wrong.push(`${request.url()} failed: ${request.failure()?.errorText}`));
    page.on("request", request => {
      if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== site) wrong.push(`${page.url()} loads from elsewhere: ${request.url()}`);
    });
    return page;
  };
  try {
    wrong.push(...(await visit(newPage, site)));
  } finally {
    await browser.close();
  }
  const unexpected = wrong.filter(line => !expected.test(line));
  for (const line of unexpected) console.error(line);
  process.exitCode = unexpected.length === 0 ? 0 : 1;
}

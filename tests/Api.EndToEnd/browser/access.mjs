// axe-core on the pages for people: light and dark, on a phone and on a desk, and on the home page before and after a request. With the
// argument "documents" instead on every document, once: together they would take a busy machine too long.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { browse } from "./chromium.mjs";

const axe = readFileSync(fileURLToPath(new URL("../node_modules/axe-core/axe.min.js", import.meta.url)), "utf8");

await browse(async (newPage, site) => {
  const wrong = [];
  let rules = 0;
  const documents = process.argv[3] === "documents";
  for (const colorScheme of documents ? ["dark"] : ["light", "dark"]) {
    for (const width of documents ? [390] : [390, 1280]) {
      const page = await newPage({ colorScheme, viewport: { width, height: 900 } });
      const check = async state => {
        await page.evaluate(axe);
        const { violations, passes } = await page.evaluate(() => window.axe.run(document));
        rules = Math.max(rules, passes.length);
        for (const { id, nodes } of violations) wrong.push(`${state} in ${colorScheme}, ${width} pixels: ${id} at ${nodes.map(node => node.target).join("; ")}`);
        const [inside, window_] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        if (inside > window_) wrong.push(`${state} is ${inside} pixels wide in a window of ${width}`);
      };
      if (documents) {
        await page.goto(`${site}/docs`);
        for (const path of await page.locator("main a").evaluateAll(links => links.map(link => link.getAttribute("href")))) {
          await page.goto(site + path);
          await check(path);
        }
        continue;
      }
      for (const path of ["/formats", "/problems", "/problems/unknown-parameter", "/problems/not-acceptable", "/docs", "/docs/front-ends", "/docs/formats", "/?list=search"]) {
        await page.goto(site + path);
        await check(path);
      }
      await page.goto(`${site}/`);
      await check("/");
      await page.locator(".more > summary").click();
      await page.locator(".pick summary").nth(1).click();
      await check("/ with values open");
      await page.keyboard.press("Escape");
      await page.locator(".send").click();
      await page.locator("#cards h3").first().waitFor();
      await page.locator("#body summary").nth(2).click();
      await check("/ with an answer");
    }
  }
  console.log(`${rules} rules applied`);
  if (rules < 20) wrong.push(`only ${rules} rules applied`);
  return wrong;
});

// Opens Swagger UI and presses "Execute" at every operation of both definitions, with what is filled in. Of each format beside JSON one is enough here, as the
// browser takes seconds for each: Api.Tests asks all of them.
import { browse } from "./chromium.mjs";

const definitions = { Content: "v1", "Feeds and formats": "v1.formats" };

await browse(async (newPage, site) => {
  const wrong = [];
  const page = await newPage();
  const tried = new Set();
  for (const [label, name] of Object.entries(definitions)) wrong.push(...(await executeAll(page, site, label, name, tried)));
  const offered = await page.locator("#select option").allInnerTexts();
  if (offered.join() !== Object.keys(definitions).join()) wrong.push(`the definitions are ${offered}`);
  return wrong;
});

async function executeAll(page, site, label, name, tried) {
  const { paths } = await (await fetch(`${site}/openapi/${name}.json`)).json();
  const expected = Object.values(paths).flatMap(path => Object.keys(path)).length;
  const types = Object.fromEntries(Object.values(paths).flatMap(path => Object.values(path)).map(operation => [operation.operationId, Object.keys(operation.responses["200"].content)[0]]));

  await page.goto(`${site}/swagger/index.html?urls.primaryName=${encodeURIComponent(label)}`);
  await page.locator(".opblock").first().waitFor();
  const wrong = [];
  const sections = await page.locator(".opblock-tag-section").all();
  const headings = await page.locator("h3.opblock-tag").all();
  // What is open is drawn anew at each click, so only one section is.
  for (const heading of headings) await heading.click();
  let shown = 0;
  for (const [place, section] of sections.entries()) {
    await headings[place].click();
    await section.locator(".opblock").first().waitFor();
    const operations = await section.locator(".opblock").all();
    shown += operations.length;
    for (const operation of operations) {
      const id = await operation.getAttribute("id");
      const type = types[id.split("-").at(-1)];
      if (type !== "application/json" && tried.has(type)) continue;
      // Swagger UI shows an answer when it has ended, and a stream does not end.
      if (type === "text/event-stream") continue;
      tried.add(type);
      const summary = operation.locator(".opblock-summary-control");
      await summary.click();
      const execute = operation.locator("button.execute");
      const tryIt = operation.locator("button.try-out__btn:not(.cancel)");
      await execute.or(tryIt).first().waitFor();
      if (await tryIt.isVisible()) await tryIt.click();
      await execute.click();
      const answer = operation.locator(".live-responses-table tr.response .response-col_status, .validation-errors").first();
      const status = await answer.innerText().catch(() => "no answer (is a required value not filled in?)");
      const url = await operation.locator(".request-url pre").innerText({ timeout: 1_000 }).catch(() => "no request");
      console.log(`${id}: ${status.split("\n")[0]} ${url}`);
      if (!/^2\d\d\b/.test(status)) wrong.push(`${id}: ${status} for ${url}`);
      await summary.click();
    }
    await headings[place].click();
  }
  if (shown !== expected) wrong.push(`${shown} operations are shown, ${expected} are in ${name}`);
  return wrong;
}

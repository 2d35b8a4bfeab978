// The request builder of the home page: with the pointer, with the keyboard, without JavaScript, and what its code does. The second argument is
// a file for the C# that it shows.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { browse } from "./chromium.mjs";

const run = promisify(execFile);

// What is chosen in a list, and the address that it has to make.
const choices = [
  ["articles", {}, "/v1/articles?limit=5"],
  ["articles", { topic: ["china", "asia"], type: ["op-ed"], sort: "title" }, "/v1/articles?type=op-ed&topic=asia,china&sort=title&limit=5"],
  ["articles", { q: "“sea lanes” -o'clock", limit: "3" }, "/v1/articles?q=%E2%80%9Csea%20lanes%E2%80%9D%20-o%27clock&limit=3"],
  ["articles", { publishedFrom: "2024-01-01", featured: "true", fields: ["title", "byline"] }, "/v1/articles?publishedFrom=2024-01-01&featured=true&limit=5&fields=title,byline"],
  ["articles", { excludeTopic: ["china", "asia"], expertAll: ["ada-moreau"] }, "/v1/articles?expertAll=ada-moreau&excludeTopic=asia,china&limit=5"],
  ["articles", { year: "2025", facets: ["type", "topic"], suffix: ".csv" }, "/v1/articles.csv?year=2025&limit=5"],
  ["articles", { topic: ["china"], suffix: ".rss" }, "/v1/articles.rss?topic=china&limit=5"],
  ["experts", { kind: ["fellow"], current: "true", suffix: ".ndjson" }, "/v1/experts.ndjson?kind=fellow&current=true&limit=5"],
  ["topics", { kind: ["region"], sort: "-articleCount" }, "/v1/topics?kind=region&sort=-articleCount&limit=5"],
  ["events", { when: "upcoming", mode: ["virtual", "hybrid"] }, "/v1/events?when=upcoming&mode=virtual,hybrid&limit=5"],
  ["events", { suffix: ".ics" }, "/v1/events.ics?limit=5"],
  ["search", { resource: ["article", "topic"] }, "/v1/search?q=strait&resource=article,topic&limit=5"],
];

// Counts that are still asked for when a page is left, and the one request that is to fail.
const expected = /limit=0.*ERR_ABORTED|^console of .*sort=relevance: .*400/;

await browse(build, { expected });

async function build(newPage, site) {
  const wrong = [];
  const expect = (holds, message) => holds || wrong.push(message);
  const page = await newPage();

  for (const [list, chosen, expected] of choices) {
    await page.goto(`${site}/?list=${list}`);
    await choose(page, chosen);
    const address = await page.locator("#address").innerText();
    expect(sameQuery(address, site + expected), `${list} ${JSON.stringify(chosen)} made ${address}`);
    const sent = page.waitForResponse(response => response.url().startsWith(`${site}/v1/`) && !response.url().includes("limit=0"));
    await page.locator(".send").click();
    const answer = await sent;
    expect(answer.status() === 200, `${address} answered ${answer.status()}`);
    expect(answer.url() === address, `${answer.url()} was asked for, ${address} is shown`);
    await page.locator("#facts b").first().waitFor();
    const facts = await page.locator("#facts").innerText();
    expect(/200 OK.*bytes.*ms.*(hit|fwd=)/s.test(facts), `the facts of ${address} are ${facts}`);
    const length = (await (await fetch(address)).arrayBuffer()).byteLength;
    expect(facts.includes(`${length.toLocaleString("en")} bytes`), `${address} has ${length} bytes, not ${facts}`);
    if (!chosen.suffix) {
      const names = (await (await fetch(address)).json()).data.map(item => (item.name ?? item.title).trim());
      const shown = await page.locator("#cards h3").allInnerTexts();
      expect(names.length === shown.length && names.every((name, n) => shown[n].includes(name.replace(/\s+/g, " "))), `${address} shows ${shown}, not ${names}`);
    }
    // The same state is at the address of the page: after a reload, and without the script.
    await page.reload();
    expect((await page.locator("#address").innerText()) === address, `after a reload ${address} is ${await page.locator("#address").innerText()}`);
    const served = (await (await fetch(page.url())).text()).match(/<a id="address"[^>]*>([^<]*)</)[1].replaceAll("&amp;", "&").replaceAll("&#x27;", "'");
    expect(served === address, `the server writes ${served}, the script ${address}`);
    for (const id of ["code-curl", "code-javascript", "code-csharp"])
      expect((await page.locator(`#${id}`).textContent()).includes(address), `${id} does not have ${address}`);
  }

  await page.goto(`${site}/?topic=china&limit=2`);
  const code = async id => page.locator(`#${id}`).textContent();
  const curl = await run("bash", ["-c", (await code("code-curl")).replace("curl", "curl -s")]);
  expect(JSON.parse(curl.stdout).data.length === 2, `curl printed ${curl.stdout}`);
  const script = await run("node", ["--input-type=module", "--eval", await code("code-javascript")]);
  expect(script.stdout.includes("resource: 'article'"), `the JavaScript printed ${script.stdout}`);
  writeFileSync(process.argv[3], await code("code-csharp"));

  wrong.push(...(await useKeyboard(page, site)), ...(await followLinks(page, site)), ...(await count(newPage, site)), ...(await leave(page, site)), ...(await copy(newPage, site)), ...(await withoutScript(newPage, site)));
  return wrong;
}

async function choose(page, chosen) {
  for (const [name, value] of Object.entries(chosen)) {
    const control = page.locator(`.builder [name="${name}"]`).first();
    const more = page.locator(".more:not([open])").filter({ has: page.locator(`[name="${name}"]`) });
    if (await more.count()) await more.locator("> summary").click();
    if (Array.isArray(value)) {
      await page.locator(".pick").filter({ has: page.locator(`[name="${name}"]`) }).locator("summary").click();
      for (const one of value) await page.locator(`[name="${name}"][value="${one}"]`).check();
      await page.keyboard.press("Escape");
    } else if ((await control.evaluate(element => element.tagName)) === "SELECT") await control.selectOption(value);
    else await control.fill(value);
  }
}

// Values of a filter stand in the order of the page, which is by their counts.
function sameQuery(one, other) {
  const parts = address => address.split(/[?&]/).map(pair => pair.split(/[=,]/).sort().join());
  return parts(one).join("&") === parts(other).join("&");
}

async function useKeyboard(page, site) {
  const wrong = [];
  const expect = (holds, message) => holds || wrong.push(`keyboard: ${message}`);
  const focused = () => page.evaluate(() => document.activeElement.name ?? document.activeElement.innerText);
  await page.goto(`${site}/`);
  await page.locator("[name=q]").focus();
  await page.keyboard.type("trade");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect((await focused()) === "type", `the first value is not focused, but ${await focused()}`);
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  expect(/^type/.test(await focused()), `after Escape ${await focused()} is focused`);
  expect(await page.locator(".pick[open]").count().then(count => count === 0), "Escape leaves the values open");
  expect(/\?type=[a-z-]+&q=trade&limit=5$/.test(await page.locator("#address").innerText()), `the address is ${await page.locator("#address").innerText()}`);
  await page.locator("[name=limit]").focus();
  await page.keyboard.press("Enter");
  await page.locator("#body summary").first().waitFor();
  await page.locator("#body summary").nth(2).focus();
  await page.keyboard.press("Enter");
  await page.locator("#body .row", { hasText: "resource" }).first().waitFor();
  return wrong;
}

async function followLinks(page, site) {
  const wrong = [];
  await page.goto(`${site}/?list=articles&limit=2`);
  await page.locator(".send").click();
  await page.getByRole("link", { name: "Next page" }).click();
  await page.getByRole("link", { name: "Previous page" }).waitFor();
  if (!(await page.locator("#address").innerText()).includes("cursor=")) wrong.push("the next page is not at its address");
  const title = await page.locator("#cards h3").first().innerText();
  await page.locator("#cards h3 a").first().click();
  await page.waitForFunction(() => document.querySelectorAll("#cards h3").length === 1);
  if ((await page.locator("#cards h3").innerText()) !== title) wrong.push(`the link of “${title}” leads to another item`);
  // The counts are those under the other filters.
  await page.goto(`${site}/?list=articles&limit=2`);
  await choose(page, { topic: ["china"] });
  const facets = (await (await fetch(`${site}/v1/articles?topic=china&limit=0&facets=type`)).json()).facets.type;
  await page.waitForFunction(
    ([value, count]) => document.querySelector(`[name=type][value="${value}"]`).parentNode.querySelector("i").textContent === String(count),
    [facets[0].value, facets[0].count],
  );
  // A problem says what to change.
  await page.goto(`${site}/?list=articles&sort=relevance`);
  const failed = page.waitForResponse(response => response.status() === 400);
  await page.locator(".send").click();
  await failed;
  await page.getByRole("link", { name: "About this problem" }).waitFor();
  return wrong;
}

// Counts of a search are those of its resources, and an earlier request for counts ends when the next begins.
async function count(newPage, site) {
  const wrong = [];
  const page = await newPage();
  const asked = [];
  let release;
  const held = new Promise(resolve => (release = resolve));
  await page.route(/limit=0/, async route => {
    asked.push(route.request().url());
    if (route.request().url().includes("q=trade&")) await held;
    await route.continue().catch(() => {});
  });
  await page.goto(`${site}/?list=search&q=`);
  await page.locator("[name=resource]").first().evaluate(box => box.dispatchEvent(new Event("input", { bubbles: true })));
  // Not a request of the event before, which a slow machine still sends.
  const isFirst = request => request.url().includes("limit=0") && request.url().includes("q=trade&");
  const first = page.waitForRequest(isFirst);
  const aborted = page.waitForEvent("requestfailed", isFirst);
  await page.locator("[name=q]").fill("trade");
  await first;
  await page.locator("[name=q]").fill("strait");
  await aborted;
  release();
  const { resource } = (await (await fetch(`${site}/v1/search?q=strait&limit=0&facets=resource`)).json()).facets;
  await page.waitForFunction(
    found => found.every(({ value, count }) => document.querySelector(`[name=resource][value="${value}"]`).parentNode.querySelector("i")?.textContent === String(count)),
    resource,
  );
  const expected = ["trade", "strait"].map(q => `${site}/v1/search?q=${q}&limit=0&facets=resource`);
  if (asked.join() !== expected.join()) wrong.push(`counts were asked for at ${asked}`);
  return wrong;
}

// A link to another host is left to the browser, also when its path is one of the API.
async function leave(page, site) {
  const wrong = [];
  const links = ["https://elsewhere.example/v1/articles", `${site}/v1x`, `${site}/v1/articles?limit=1`];
  await page.goto(`${site}/?list=articles`);
  await page.route(/v1\/articles\?limit=5/, route => route.fulfill({ json: { data: [], links } }));
  await page.locator(".send").click();
  await page.locator('#body a[href*="elsewhere"]').waitFor();
  const followed = await page.locator("#body a").evaluateAll(found =>
    found.map(link => {
      let taken;
      window.addEventListener("click", event => { taken = event.defaultPrevented; event.preventDefault(); }, { once: true });
      link.click();
      return taken;
    }),
  );
  if (followed.join() !== "false,false,true") wrong.push(`of ${links} the page takes ${followed}`);
  await page.locator("#cards h3").first().waitFor();
  await page.unroute(/v1\/articles\?limit=5/);
  return wrong;
}

async function copy(newPage, site) {
  const wrong = [];
  const page = await newPage({ permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(`${site}/?topic=china`);
  for (const button of await page.locator("[data-copy]").all()) {
    const id = await button.getAttribute("data-copy");
    const details = page.locator(".code details:not([open])").filter({ has: page.locator(`#${id}`) });
    if (await details.count()) await details.locator("summary").click();
    await button.click();
    await page.waitForFunction(id => document.querySelector(`[data-copy="${id}"]`).textContent === "Copied", id);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const shown = await page.locator(`#${id}`).textContent();
    if (copied !== shown) wrong.push(`“${copied}” was copied, not “${shown}”`);
  }
  return wrong;
}

async function withoutScript(newPage, site) {
  const wrong = [];
  const page = await newPage({ javaScriptEnabled: false });
  await page.goto(`${site}/`);
  if ((await page.locator(".newest li").count()) < 4) wrong.push("without JavaScript the newest content is not there");
  await choose(page, { q: "trade", type: ["op-ed", "brief"], sort: "title" });
  await page.locator(".send").click();
  await page.waitForURL(`${site}/v1/**`);
  const expected = `${site}/v1/articles?type=op-ed,brief&q=trade&sort=title&limit=5`;
  if (page.url() !== expected) wrong.push(`without JavaScript the form leads to ${page.url()}, not ${expected}`);
  await page.goto(`${site}/`);
  await page.getByRole("link", { name: "Events", exact: true }).click();
  if (!(await page.locator("[name=when]").count())) wrong.push("without JavaScript the list cannot be changed");
  return wrong;
}

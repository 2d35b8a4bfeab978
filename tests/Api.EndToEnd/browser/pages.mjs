// Opens the pages for people, light and dark, and follows every link on them. With a second argument, screenshots are kept in that folder.
import { browse } from "./chromium.mjs";

const pages = ["/", "/problems", "/formats", "/problems/unknown-parameter"];
const folder = process.argv[3];

await browse(async (newPage, site) => {
  const wrong = [];
  const links = new Set();
  for (const colorScheme of ["light", "dark"]) {
    const page = await newPage({ colorScheme });
    for (const path of pages) {
      const answer = await page.goto(site + path);
      if (!answer.ok()) wrong.push(`${path} answered ${answer.status()}`);
      if ((await page.title()).length < 10) wrong.push(`${path} has no title`);
      if ((await page.locator("h1").count()) !== 1) wrong.push(`${path} has not one heading`);
      const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      if (width[0] > width[1]) wrong.push(`${path} is wider than the window: ${width}`);
      if (folder) await page.screenshot({ path: `${folder}/${colorScheme}${path.replaceAll("/", "-")}.png`, fullPage: path !== "/problems" });
      // One of the links of a problem's page shows how it fails.
      if (pages.indexOf(path) < 3) for (const href of await page.locator("a").evaluateAll(all => all.map(a => a.href))) links.add(href);
    }
  }
  // The organisation's own website is none of ours.
  const ours = [...links].filter(link => new URL(link).origin === site);
  if (ours.length < 20) wrong.push(`only ${ours.length} links`);
  for (const link of ours) {
    const answer = await fetch(link);
    await answer.arrayBuffer(); // a body that nobody reads keeps the process waiting
    if (!answer.ok) wrong.push(`${link} answered ${answer.status}`);
  }
  return wrong;
});

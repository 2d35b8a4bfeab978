// Takes a picture for the documents. The arguments after the site: the file, the path, and the size of the window, such as 1280x860.
// The number of the port differs, so the page is shown at the address of `dotnet run`, which the browser is made to find here.
import { browse } from "./chromium.mjs";

const [file, path, size] = process.argv.slice(3);
const [width, height] = size.split("x").map(Number);
const shown = "http://localhost:5080";

await browse(
  async (newPage, site) => {
    const page = await newPage({ viewport: { width, height }, colorScheme: "light" });
    await page.route(`${shown}/**`, async route => {
      const answer = await route.fetch({ url: route.request().url().replace(shown, site) });
      const body = await answer.text();
      await route.fulfill({ response: answer, body: body.replaceAll(site, shown) });
    });
    await page.goto(shown + path);
    if (path.startsWith("/swagger")) await page.locator(".opblock").first().waitFor();
    // A page with a request is shown with its answer.
    if (path.includes("?")) {
      await page.locator(".send").click();
      await page.locator("#cards h3").first().waitFor();
    }
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: file });
    return [];
  },
  { watch: false },
);

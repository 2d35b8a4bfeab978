// Takes the picture of the README: the first window of Swagger UI. The second argument is the file.
// The number of the port differs, so the page is shown at the address of `dotnet run`, which the browser is made to find here.
import { browse } from "./chromium.mjs";

const file = process.argv[3];
const shown = "http://localhost:5080";

await browse(
  async (newPage, site) => {
    const page = await newPage({ viewport: { width: 1200, height: 1000 }, colorScheme: "light" });
    await page.route(`${shown}/**`, async route => {
      const answer = await route.fetch({ url: route.request().url().replace(shown, site) });
      const body = await answer.text();
      await route.fulfill({ response: answer, body: body.replaceAll(site, shown) });
    });
    await page.goto(`${shown}/swagger/index.html`);
    await page.locator(".opblock").first().waitFor();
    await page.screenshot({ path: file });
    return [];
  },
  { watch: false },
);

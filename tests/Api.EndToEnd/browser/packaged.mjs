import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../node_modules/.chromium", import.meta.url));

/** What Playwright is to launch: on Linux for x64 the Chromium of the lock file, with all libraries it needs; elsewhere the Chrome of the machine. Unpacks it the first time. */
export async function packagedBrowser() {
  if (process.platform !== "linux" || process.arch !== "x64") return { channel: "chrome" };
  mkdirSync(folder, { recursive: true });
  // It unpacks to the folder for temporary files, and its libraries only for a system that says to be the one it was made for.
  const { TMPDIR = "/tmp" } = process.env;
  process.env.TMPDIR = folder;
  process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs20.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  const executablePath = await packaged.executablePath();
  process.env.TMPDIR = TMPDIR;
  // A page crashes it when it finds no font at all, and the file that comes with it names folders of that system only.
  writeFileSync(`${folder}/fonts.conf`, `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`);
  process.env.FONTCONFIG_FILE = `${folder}/fonts.conf`;
  return { executablePath };
}

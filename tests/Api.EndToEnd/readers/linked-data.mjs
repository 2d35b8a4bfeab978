// Compiles the JSON-LD of all articles, events and experts against the types of schema-dts, as strictly as TypeScript can.
import { writeFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const site = process.argv[2];
const get = async path => {
  const answer = await fetch(site + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

const lines = [];
const types = new Set();
for (const collection of ["articles", "events", "experts"]) {
  for (let path = `/v1/${collection}?limit=100`; path;) {
    const page = await get(path);
    for (const item of page.data) {
      const data = await get(`/v1/${collection}/${encodeURIComponent(item.slug)}.jsonld`);
      types.add(data["@type"]);
      lines.push(`export const item${lines.length}: WithContext<${data["@type"]}> = ${JSON.stringify(data)};`);
    }
    path = page.links.next?.slice(site.length);
  }
}

const folder = fileURLToPath(new URL("../obj/client/", import.meta.url));
await mkdir(folder, { recursive: true });
const file = `${folder}linked-data.ts`;
await writeFile(file, `import type { ${[...types].sort().join(", ")}, WithContext } from "schema-dts";\n${lines.join("\n")}\n`);
const program = ts.createProgram([file], {
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: [],
  strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: true, noEmit: true,
});
const wrong = ts.getPreEmitDiagnostics(program);
console.log(`${lines.length} items of ${types.size} types`);
if (wrong.length > 0) {
  console.error(ts.formatDiagnostics(wrong.slice(0, 20), { getCanonicalFileName: name => name, getCurrentDirectory: () => folder, getNewLine: () => "\n" }).slice(0, 20_000));
  process.exit(1);
}

#!/usr/bin/env bash
# One would guess: double braces around a title in BibTeX, title = {{The WTO in China}}, keep its capitals in every reader, as they do in BibTeX, biber, pandoc and citation-js.
# True: @retorquere/bibtex-parser, which Better BibTeX for Zotero reads with, looks through them, since many people put them around every title, and makes small letters: "The WTO in china".
# Braces around the words inside the double ones keep the capitals there too, and change nothing in the others.
# Who meets it: sites that offer citations, whose titles lose the capitals of names in Zotero. Versions: @retorquere/bibtex-parser 9.0.29, @citation-js 0.8.2, Node.js 20.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --ignore-scripts --no-audit --no-fund @retorquere/bibtex-parser@9.0.29 @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > read.mjs <<'JS'
import { createRequire } from "node:module";
import { parse } from "@retorquere/bibtex-parser";
const require = createRequire(import.meta.url);
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const show = (reader, title, expected) => {
  console.log(`${reader}: ${title}`);
  if (title !== expected) { console.log(`  no longer ${expected}`); process.exitCode = 1; }
};
const whole = "@misc{a, title = {{Costs and the WTO in China}}, langid = {english}}";
const words = "@misc{a, title = {{{Costs} and the {WTO} in {China}}}, langid = {english}}";
console.log(`Node.js ${process.version}`);
show("@retorquere/bibtex-parser 9.0.29, double braces", parse(whole).entries[0].fields.title, "Costs and the WTO in china");
show("@retorquere/bibtex-parser 9.0.29, words in braces too", parse(words).entries[0].fields.title, "Costs and the WTO in China");
show("@citation-js 0.8.2, double braces", new Cite(whole).data[0].title, "Costs and the WTO in China");
show("@citation-js 0.8.2, words in braces too", new Cite(words).data[0].title, "Costs and the WTO in China");
JS
node read.mjs

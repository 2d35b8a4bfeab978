// Reads the references of all articles with packages that others wrote, and compares what they find with the JSON.
import { createRequire } from "node:module";
import { parse } from "@retorquere/bibtex-parser";

const require = createRequire(import.meta.url);
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-ris");

const site = process.argv[2];
const wrong = [];
const same = (what, actual, expected) => {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) wrong.push(`${what}\n  is        ${JSON.stringify(actual)}\n  should be ${JSON.stringify(expected)}`);
};
const get = async path => {
  const answer = await fetch(site + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.text();
};
const all = async path => {
  const items = [];
  for (let page, next = path; next; next = page.links.next?.slice(site.length)) items.push(...(page = JSON.parse(await get(next))).data);
  return items;
};

const articles = await all("/v1/articles?limit=100");
const publisher = JSON.parse(await get("/v1")).data.site.name;
const experts = new Map((await all("/v1/experts?limit=100")).map(expert => [expert.slug, expert]));
const plain = name => name.replaceAll(",", "");
const together = parts => plain(parts.filter(Boolean).join(" "));
// Of a newspaper citation-js leaves a name as it stands in RIS: family name, given name, suffix.
const csl = name => typeof name === "string" ? together((([family, given, suffix]) => [given, family, suffix])(name.split(", "))) : name.literal ? plain(name.literal) : together([name.given, name["dropping-particle"], name["non-dropping-particle"], name.family, name.suffix]);
// In BibTeX a name that begins with the family name is whole; RIS has the parts.
const inBibTeX = expert => plain(expert.name);
const inRis = expert => {
  const { givenName, familyName } = experts.get(expert.slug);
  const isTurned = givenName && familyName && !/[ ,]/.test(familyName) && expert.name.startsWith(familyName);
  return isTurned ? `${givenName} ${familyName}` : plain(expert.name);
};

const keys = new Set();
for (const article of articles) {
  const authors = article.experts.filter(expert => expert.role === "author");
  const expected = {
    title: article.subtitle ? `${article.title}: ${article.subtitle}` : article.title,
    authors: authors.length > 0 ? authors.map(inBibTeX) : article.source ? [] : [publisher],
    date: article.publishedDate,
    url: article.canonicalUrl,
    doi: article.doi ?? undefined,
    container: article.type.slug === "report" ? undefined : article.source?.name,
    publisher: article.type.slug === "report" || !article.source ? article.source?.name ?? publisher : undefined,
  };
  const address = `/v1/articles/${encodeURIComponent(article.slug)}`;
  const [bib, ris] = [await get(`${address}.bib`), await get(`${address}.ris`)];
  const found = reference => ({
    title: reference.title,
    authors: [reference.author ?? reference.reporter ?? []].flat().map(csl),
    date: reference.issued["date-parts"][0].map(part => String(part).padStart(2, "0")).join("-"),
    url: reference.URL,
    doi: reference.DOI,
    container: reference["container-title"],
    publisher: reference.publisher,
  });

  const [entry] = new Cite(bib).data;
  same(`citation-js: BibTeX of ${article.slug}`, found(entry), expected);
  same(`citation-js: type of ${article.slug}`, entry.type, article.type.slug === "report" ? "report" : article.source ? "article-journal" : "document");

  const { entries: [read], errors } = parse(bib);
  same(`@retorquere/bibtex-parser: errors of ${article.slug}`, errors, []);
  same(`@retorquere/bibtex-parser: ${article.slug}`, {
    title: read.fields.title,
    authors: (read.fields.author ?? []).map(name => together([name.name, name.firstName, name.prefix, name.lastName, name.suffix])),
    date: read.fields.date,
    url: read.fields.url,
    doi: read.fields.doi,
    container: read.fields.journal,
    publisher: read.fields.howpublished ?? read.fields.institution?.[0],
  }, expected);
  same(`what styles print of ${article.slug}`, ["language", "publisher", "note"].filter(field => field in read.fields), article.source?.url && article.source.url !== article.canonicalUrl ? ["note"] : []);
  if (article.type.slug === "report") same(`type of ${article.slug}`, read.fields.type, "Report");

  const [reference] = new Cite(ris, { forceType: "@ris/file" }).data;
  // Of a newspaper citation-js takes the year alone.
  same(`citation-js: RIS of ${article.slug}`, found(reference), {
    ...expected, authors: authors.length > 0 ? authors.map(inRis) : expected.authors, date: ris.startsWith("TY  - NEWS") ? expected.date.slice(0, 4) : expected.date,
  });
  same(`RIS of ${article.slug}: lines`, ris.split("\r\n").filter(line => line && !/^[A-Z][A-Z0-9]  - /.test(line)), []);
  if (!ris.startsWith("TY  - ") || !ris.endsWith("\r\nER  - \r\n") || /[^\r]\n/.test(ris)) wrong.push(`RIS of ${article.slug}: ends`);

  same(`keys of ${article.slug}`, [read.key, entry.id, reference.id], Array(3).fill(read.key));
  if (!/^[a-z0-9_-]+$/.test(read.key) || keys.has(read.key)) wrong.push(`key of ${article.slug}: ${read.key}`);
  keys.add(read.key);
}

console.log(`${articles.length} articles`);
if (wrong.length > 0) {
  console.error(wrong.slice(0, 30).join("\n"));
  process.exit(1);
}

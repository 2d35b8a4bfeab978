// Reads feeds and calendars with packages that others wrote, and compares what they find with the JSON.
import { readFile } from "node:fs/promises";
import Ajv from "ajv";
import { parseFeed } from "feedsmith";
import ICAL from "ical.js";
import Parser from "rss-parser";

const site = process.argv[2];
const wrong = [];
const same = (what, actual, expected) => {
  if (Array.isArray(actual) && actual.length === expected.length && actual.length > 4) {
    actual.forEach((one, n) => same(`${what}, ${n}`, one, expected[n]));
    return;
  }
  if (JSON.stringify(actual) !== JSON.stringify(expected)) wrong.push(`${what}\n  is        ${JSON.stringify(actual)}\n  should be ${JSON.stringify(expected)}`);
};
const get = async path => {
  const answer = await fetch(path.startsWith("http") ? path : site + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.text();
};
const json = async path => JSON.parse(await get(path));
const instant = text => new Date(text).toISOString();
const authors = article => article.experts.filter(expert => expert.role === "author").map(expert => expert.name);
// All in one, for readers that show one author.
const whole = names => names.length < 2 ? names : [`${names.slice(0, -1).join(", ")} and ${names.at(-1)}`];

const articles = (await json("/v1/articles?limit=100&include=body")).data;
const expected = articles.map(article => ({ id: article.id, title: article.title, at: instant(article.publishedAt), link: article.url, authors: authors(article) }));

const rss = parseFeed(await get("/v1/articles.rss?limit=100"));
same("feedsmith: format of RSS", rss.format, "rss");
same("feedsmith: RSS", rss.feed.items.map(item => ({
  id: item.guid.value, title: item.title, at: instant(item.pubDate), link: item.link, authors: item.dc.creators ?? [],
})), expected.map(item => ({ ...item, authors: whole(item.authors) })));
const atom = parseFeed(await get("/v1/articles.atom?limit=100"));
same("feedsmith: format of Atom", atom.format, "atom");
same("feedsmith: Atom", atom.feed.entries.map(entry => ({
  id: entry.id, title: entry.title.value ?? entry.title, at: instant(entry.published), link: entry.links.find(link => link.rel === "alternate").href,
  authors: (entry.authors ?? []).map(author => author.name),
})), expected.map(item => ({ ...item, authors: whole(item.authors) })));
const feed = parseFeed(await get("/v1/articles.feed.json?limit=100"));
same("feedsmith: format of JSON Feed", feed.format, "json");
same("feedsmith: JSON Feed", feed.feed.items.map(item => ({
  id: item.id, title: item.title, at: instant(item.date_published), link: item.url, authors: (item.authors ?? []).map(author => author.name),
})), expected);
for (const [n, article] of articles.entries()) {
  const contents = [rss.feed.items[n].content.encoded, atom.feed.entries[n].content.value ?? atom.feed.entries[n].content, feed.feed.items[n].content_html];
  if (!contents.every(content => content === contents[0])) wrong.push(`${article.slug}: the feeds differ in content`);
  if (!contents[0].startsWith(article.bodyHtml)) wrong.push(`${article.slug}: the text is not whole`);
  if (!contents[0].includes(article.license.attributionHtml)) wrong.push(`${article.slug}: no terms`);
  for (const correction of article.corrections) if (!contents[0].includes(correction.textHtml)) wrong.push(`${article.slug}: a correction is missing`);
}

// It shows one author.
for (const suffix of ["rss", "atom"]) {
  const read = await new Parser().parseString(await get(`/v1/articles.${suffix}?limit=100`));
  same(`rss-parser: ${suffix}`, read.items.map(item => ({ id: item.guid ?? item.id, title: item.title, at: item.isoDate, link: item.link, author: (suffix === "rss" ? item.creator : item.author) ?? "" })),
    expected.map(({ authors, ...item }) => ({ ...item, author: whole(authors).join() })));
}
same("JSON Feed: author", (await json("/v1/articles.feed.json?limit=100")).items.map(item => item.author?.name ?? ""), expected.map(item => whole(item.authors).join()));

// From page to page as a reader of RFC 5005 and of JSON Feed goes.
const walked = { atom: [], "feed.json": [] };
for (let next = "/v1/articles.atom?limit=4"; next;) {
  const { feed: page } = parseFeed(await get(next));
  walked.atom.push(...page.entries.map(entry => entry.id));
  next = page.links.find(link => link.rel === "next")?.href;
}
const valid = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(await readFile(new URL("../schemas/jsonfeed-1.1.schema.json", import.meta.url))));
for (let next = "/v1/articles.feed.json?limit=4"; next;) {
  const page = await json(next);
  if (!valid(page)) wrong.push(`${next}: ${JSON.stringify(valid.errors)}`);
  walked["feed.json"].push(...page.items.map(item => item.id));
  next = page.next_url;
}
for (const [suffix, ids] of Object.entries(walked)) same(`walk of ${suffix}`, ids, articles.map(article => article.id));

const events = (await json("/v1/events?limit=100&when=all")).data;
const calendar = new ICAL.Component(ICAL.parse(await get("/v1/events.ics?when=all")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const marks = { scheduled: "", postponed: "Postponed: ", cancelled: "Cancelled: " };
const status = { scheduled: "CONFIRMED", postponed: "TENTATIVE", cancelled: "CANCELLED" };
// A date is the same date on every clock.
const time = one => one?.isDate ? one.toString() : one?.toJSDate().toISOString();
const dayAfter = day => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
same("ical.js", calendar.getAllSubcomponents("vevent").map(component => {
  const event = new ICAL.Event(component);
  return {
    id: event.uid, title: event.summary, starts: time(event.startDate), ends: time(event.endDate),
    url: component.getFirstPropertyValue("url"), status: component.getFirstPropertyValue("status"),
  };
}), events.map(event => ({
  id: event.id, title: marks[event.status] + event.title, starts: event.allDay ? event.startsOn : instant(event.startsAt), ends: event.allDay ? dayAfter(event.endsOn) : instant(event.endsAt ?? event.startsAt), url: event.url, status: status[event.status],
})));

console.log(`${articles.length} articles, ${events.length} events`);
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}

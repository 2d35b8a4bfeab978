"""Reads feeds and bibliographies with what Debian ships, and compares it with the JSON; asks schemas whether the XML is valid."""
import calendar
import datetime
import json
import os
import subprocess
import sys
import urllib.parse
import urllib.request

import bibtexparser
import feedparser

site = sys.argv[1]
schemas = os.path.join(os.path.dirname(__file__), "..", "schemas")
wrong = []


def get(path):
    with urllib.request.urlopen(site + path) as answer:
        return answer.read()


def same(what, actual, expected):
    if isinstance(actual, list) and len(actual) == len(expected):
        for one, other in zip(actual, expected):
            if one != other:
                wrong.append(f"{what}\n  is        {one}\n  should be {other}")
    elif actual != expected:
        wrong.append(f"{what}\n  is        {actual}\n  should be {expected}")


def seconds(text):
    return calendar.timegm(datetime.datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S").timetuple())


def check(path, *schema):
    result = subprocess.run(["xmllint", "--nonet", "--noout", *schema, "-"], input=get(path), capture_output=True)
    if result.returncode != 0:
        wrong.append(f"{path}: {result.stderr.decode()[:2000]}")


def by(article):
    """All authors in one text; in Atom feedparser shows the feed's author for those without."""
    names = [expert["name"] for expert in article["experts"] if expert["role"] == "author"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else None


articles = json.loads(get("/v1/articles?limit=100"))["data"]
for suffix, version in (("rss", "rss20"), ("atom", "atom10")):
    feed = feedparser.parse(get(f"/v1/articles.{suffix}?limit=100"), sanitize_html=False, resolve_relative_uris=False)
    same(f"{suffix}: well-formed", (feed.bozo, feed.version), (False, version))
    same(
        f"feedparser: {suffix}",
        [(entry.id, entry.title, calendar.timegm(entry.published_parsed), entry.link, entry.get("author")) for entry in feed.entries],
        [(article["id"], article["title"], seconds(article["publishedAt"]), article["url"], by(article)) for article in articles],
    )
    for entry, article in zip(feed.entries, articles):
        if article["license"]["attributionHtml"] not in entry.content[0].value:
            wrong.append(f"{suffix}, {article['slug']}: no terms")
        if article["license"]["id"] not in entry.rights:
            wrong.append(f"{suffix}, {article['slug']}: no rights")

for collection in ("events", "experts", "topics", "pages"):
    expected = [item["id"] for item in json.loads(get(f"/v1/{collection}?limit=100"))["data"]]
    for suffix, version in (("rss", "rss20"), ("atom", "atom10")):
        feed = feedparser.parse(get(f"/v1/{collection}.{suffix}?limit=100"))
        same(f"feedparser: {collection}.{suffix}", (feed.bozo, feed.version, [entry.id for entry in feed.entries]), (False, version, expected))

for article in articles:
    text = get(f"/v1/articles/{urllib.parse.quote(article['slug'])}.bib").decode()
    library = bibtexparser.loads(text, bibtexparser.bparser.BibTexParser(common_strings=True))
    same(f"BibTeX of {article['slug']}", [(entry["ID"], entry["year"], entry["url"]) for entry in library.entries],
         [(article["slug"] if article["slug"].isascii() else library.entries[0]["ID"], article["publishedDate"][:4], article["canonicalUrl"])])

for path in ("/v1/articles.atom?limit=100", "/v1/articles.atom?limit=2", "/v1/articles.atom?q=nothingatall", "/v1/events.atom?limit=100", "/v1/experts.atom?limit=100", "/v1/topics.atom?limit=100", "/v1/pages.atom?limit=100"):
    check(path, "--relaxng", os.path.join(schemas, "atom.rng"))
check("/sitemap.xml", "--schema", os.path.join(schemas, "sitemap-with-links.xsd"))

print(f"{len(articles)} articles")
if wrong:
    sys.exit("\n".join(wrong))

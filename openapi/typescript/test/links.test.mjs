import assert from "node:assert/strict";
import { test } from "node:test";
import { localLinks } from "content-api-client";

const site = "https://www.example.org";
const link = (href, root = site, base) => /href="([^"]*)"/.exec(localLinks(`<p><a href="${href}">x</a></p>`, root, base))[1];

test("links to the site become paths, with query and fragment", () => {
  for (const [from, to] of [
    ["https://www.example.org/articles/x", "/articles/x"],
    ["https://www.example.org/articles/x?a=1&amp;b=2#c", "/articles/x?a=1&amp;b=2#c"],
    ["https://www.example.org", "/"],
    ["https://www.example.org/", "/"],
    ["https://www.example.org?a=1", "/?a=1"],
    ["https://www.example.org#top", "/#top"],
    ["HTTPS://WWW.EXAMPLE.ORG/Articles", "/Articles"],
    ["http://www.example.org/x", "/x"],
    ["https://www.example.org/topics/%E4%B8%AD", "/topics/%E4%B8%AD"],
    ["https://www.example.org/a//b", "/a//b"],
  ]) assert.equal(link(from), to);
});

test("other links stay", () => {
  for (const href of [
    "https://www.example.org.evil/x",
    "https://www.example.orgevil/x",
    "https://evil-www.example.org/x",
    "https://example.org/x",
    "https://www.example.org:8443/x",
    "https://www.example.org@evil.example/x",
    "https://user@www.example.org/x",
    "https://evil.example/https://www.example.org/x",
    "https://evil.example?https://www.example.org/x",
    "https:/www.example.org/x",
    "ftp://www.example.org/x",
    "//www.example.org/x",
    "mailto:x@www.example.org",
    "/x",
    "#x",
    "",
  ]) assert.equal(link(href), href);
});

test("no link becomes one to another host", () => {
  for (const rest of ["//evil.example", "/\\evil.example", "/&#47;evil.example", "/&sol;evil.example", "/\t/evil.example", "/\n/evil.example", "\\@evil.example/"]) {
    const href = `https://www.example.org${rest}`;
    assert.equal(link(href), href);
  }
  for (const path of ["/.//evil.example", "/..//evil.example", "/x/..//evil.example"])
    assert.equal(new URL(link(`https://www.example.org${path}`), site).origin, site);
});

test("a site below a path has only what is below it at a slash", () => {
  const root = "https://www.example.org/en/";
  assert.equal(link("https://www.example.org/en/articles/x", root), "/articles/x");
  assert.equal(link("https://www.example.org/en", root), "/");
  assert.equal(link("https://www.example.org/en?a", root), "/?a");
  for (const href of ["https://www.example.org/english", "https://www.example.org/fr/x", "https://www.example.org/en//evil.example"])
    assert.equal(link(href, root), href);
  assert.equal(link("https://www.example.org/en/articles/x", root, "/blog"), "/blog/articles/x");
});

test("a site on a port of its own is that port", () => {
  const root = "http://localhost:3000";
  assert.equal(link("http://localhost:3000/x", root), "/x");
  for (const href of ["https://localhost:3000/x", "http://localhost/x"]) assert.equal(link(href, root), href);
});

test("only href of links is changed", () => {
  const same = [
    `<img src="${site}/a.jpg" alt="href=&quot;${site}/x&quot;">`,
    `<a title='see href="${site}/x"' id="a">x</a>`,
    `<a data-href="${site}/x">x</a>`,
    `<abbr href="${site}/x">x</abbr>`,
    `<p>${site}/x</p>`,
    `<a>x</a>`,
  ];
  for (const html of same) assert.equal(localLinks(html, site), html);
  assert.equal(localLinks(`<A class="a > b" HREF = '${site}/x' rel="y">x</A><area href="${site}/y">`, site), `<A class="a > b" HREF='/x' rel="y">x</A><area href="/y">`);
  assert.equal(localLinks(`<a/href="${site}/x"/>`, site), `<a/href="/x"/>`);
  for (const html of [`<a href='${site}/x?"'>`, `<a href="${site}/x'y">`, `<a href="${site}/x y">`, `<a href='${site}/x\ty'>`])
    assert.equal(localLinks(html, site), html);
});

test("what looks like a link inside another value or a comment stays", () => {
  for (const html of [
    `<img alt="<a href='${site}/x onerror=alert(1) '>" src=x>`,
    `<img alt="<a href='${site}/x'>" src=x>`,
    `<img alt='<a href="${site}/x">' src=x>`,
    `<a title="<a href='${site}/x'>">x</a>`,
    `<x-a title="<area href='${site}/x'>">x</x-a>`,
    `<!-- <a href="${site}/x"> -->`,
    `<p title="<a href='${site}/x'>`,
  ]) assert.equal(localLinks(html, site), html);
  assert.equal(localLinks(`<!-- <a title=" --><a href="${site}/x">`, site), `<!-- <a title=" --><a href="/x">`);
});

// With steps that grow with the square of the length, each would take hours.
test("a long text that is no HTML ends", () => {
  for (const part of ["<a x=", "<a ", "x", "<a href=\"", "<a href='", "<a x=\"y'", "<!--", "<a x =", "= ", "<area href=\"https://www.example.org/"]) {
    const html = "<a " + part.repeat(1_000_000 / part.length);
    assert.equal(localLinks(html, site), html);
  }
});

// The request builder of the home page. Without this script the form leads to the same addresses, see /try/{list}.
const form = document.querySelector(".builder");
const { base, root, path, order, filters, facets, most } = form.dataset;
const names = order.split(" ");
const suffix = form.elements.suffix;
const byId = id => document.getElementById(id);
const link = byId("address");
let asking, counting;

// Values as the server writes them into an address: RFC 3986, but a comma and a colon stay.
const encode = text =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, sign => "%" + sign.charCodeAt(0).toString(16).toUpperCase())
    .replace(/%2C/g, ",")
    .replace(/%3A/g, ":");

function query(wanted = names) {
  const data = new FormData(form);
  const values = name => data.getAll(name).map(value => value.trim()).filter(value => value);
  return wanted.filter(name => values(name).length).map(name => `${name}=${encode(values(name).join(","))}`);
}

const withQuery = (address, pairs) => address + (pairs.length ? "?" + pairs.join("&") : "");

// Address of this page's origin for a link of an answer, which may have another base; null for links that lead elsewhere.
const own = url => (url?.startsWith(base) && /^\/v1(?![^/?#.])/.test(url.slice(base.length)) ? root + url.slice(base.length) : null);

function show(url) {
  link.textContent = url;
  link.href = own(url) ?? url;
  const isText = suffix.selectedOptions[0].hasAttribute("data-is-text") && url.split("?")[0].endsWith(suffix.value);
  for (const code of document.querySelectorAll(".code code"))
    code.textContent = code.dataset[isText ? "text" : "json"].replaceAll("{address}", url);
}

// Shows the address of what the form holds. What the chosen format lacks is switched off, so that it is not sent.
function update() {
  const without = suffix.selectedOptions[0].dataset.without.split(" ");
  for (const control of form.elements) {
    if (!control.name || control === suffix) continue;
    control.disabled = without.includes(control.name);
    control.closest(".field")?.classList.toggle("off", control.disabled);
  }
  for (const pick of form.querySelectorAll(".pick")) {
    const typed = [...pick.querySelectorAll("input:not([type=checkbox])")].map(input => input.value.trim()).filter(value => value);
    const chosen = [...pick.querySelectorAll(":checked")].map(box => box.parentNode.childNodes[1].textContent.trim());
    const shown = pick.querySelector("summary b");
    shown.textContent = [...chosen, ...typed].join(", ") || shown.dataset.none;
  }
  show(withQuery(base + path + suffix.value, query()));
  const state = [`list=${path.split("/").pop()}`, ...query(), ...(suffix.value ? [`suffix=${suffix.value}`] : [])];
  history.replaceState(null, "", "?" + state.join("&"));
}

// Counts of the values that the form offers, under its filters. An earlier request is aborted, as its answer might arrive last.
async function count() {
  counting?.abort();
  counting = new AbortController();
  const boxes = [...form.querySelectorAll(".pick [type=checkbox]")];
  const counted = facets.split(" ").filter(name => boxes.some(box => box.name === name));
  if (!counted.length || !form.checkValidity()) return;
  const pairs = [...query(filters.split(" ")), "limit=0", `facets=${counted}`];
  const found = await fetch(withQuery(root + path, pairs), { signal: counting.signal }).then(response => response.json()).catch(() => null);
  if (!found?.facets) return;
  for (const box of boxes) {
    const values = found.facets[box.name];
    if (!values) continue;
    const number = box.parentNode.querySelector("i") ?? box.parentNode.appendChild(element("i"));
    number.textContent = values.find(one => one.value === box.value)?.count ?? (values.length < most ? 0 : "");
  }
}

async function ask(url) {
  asking?.abort();
  asking = new AbortController();
  const begun = performance.now();
  try {
    // Past the browser's own cache, so that time and cache state are those of the server.
    const response = await fetch(own(url), { cache: "no-store", signal: asking.signal });
    const bytes = await response.arrayBuffer();
    answered(response, bytes, performance.now() - begun);
  } catch (error) {
    if (error.name === "AbortError") return;
    facts([["No answer", error.message]]);
    byId("body").replaceChildren();
    byId("cards").replaceChildren();
    byId("pages").replaceChildren();
  }
  byId("answer").hidden = false;
  byId("answer").scrollIntoView({ block: "nearest" });
}

function answered(response, bytes, time) {
  const header = name => response.headers.get(name);
  const coding = header("Content-Encoding");
  const size = count => `${count.toLocaleString("en")} bytes`;
  facts([
    ["Status", `${response.status} ${response.statusText}`],
    ["Size", size(bytes.byteLength) + (coding && header("Content-Length") ? `, ${size(Number(header("Content-Length")))} as ${coding}` : "")],
    ["Time", `${time.toFixed(1)} ms`],
    ["Cache-Status", header("Cache-Status")?.replace(/^content-api; /, "") ?? "none"],
    ["Age", header("Age") ?? "none"],
  ]);
  const text = new TextDecoder().decode(bytes);
  const type = header("Content-Type") ?? "";
  let value;
  try {
    if (type.includes("ndjson")) value = text.trim().split("\n").map(line => JSON.parse(line));
    else if (type.includes("json")) value = JSON.parse(text);
  } catch {
    // Shown as text.
  }
  byId("body").replaceChildren(value === undefined ? element("pre", { textContent: text }) : node(value, null, 0));
  const items = [value?.data ?? value?.items ?? (Array.isArray(value) ? value : [])].flat().filter(item => item?.title ?? item?.name ?? item?.label);
  const list = items.length ? [element("ul", { className: "cards" }, ...items.map(card))] : [];
  byId("cards").replaceChildren(...(response.ok || !value?.detail ? list : [problem(value)]));
  byId("pages").replaceChildren(
    ...[["Previous page", value?.links?.previous], ["Next page", value?.links?.next]]
      .filter(([, url]) => own(url))
      .map(([label, url]) => element("a", { href: own(url), textContent: label })),
  );
}

function facts(pairs) {
  byId("facts").replaceChildren(
    ...pairs.map(([name, value]) => element("b", { className: "fact" }, element("span", { textContent: name }), value)),
  );
}

function card(item) {
  const day = item.publishedDate ?? item.startsOn ?? item.date ?? item.date_published?.slice(0, 10);
  const about = [
    item.type?.label ?? item.kind ?? (path.endsWith("/search") && item.resource),
    /^\d{4}-\d\d-\d\d$/.test(day) && new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(day)),
    item.byline ?? item.location ?? item.organization,
    item.articleCount !== undefined && `${item.articleCount} articles`,
  ];
  const title = item.title && item.name ? `${item.name}, ${item.title}` : item.title ?? item.name ?? item.label;
  const summary = item.summary ?? item.description ?? plain(item.snippet);
  const url = own(item.links?.self);
  return element(
    "li",
    { lang: item.language ?? "", dir: "auto" },
    element("h3", {}, url ? element("a", { href: url, textContent: title }) : title),
    ...(summary ? [element("p", { className: "summary", textContent: summary })] : []),
    element("p", { className: "facts", lang: "en", dir: "ltr", textContent: about.filter(Boolean).join(" · ") }),
  );
}

function problem({ title, detail, code }) {
  const more = element("a", { href: `${root}/problems/${code}`, textContent: "About this problem" });
  return element("div", {}, element("h3", { textContent: title }), element("p", { textContent: detail }), element("p", {}, more));
}

// Snippets are HTML with marks.
const plain = html => html && new DOMParser().parseFromString(html, "text/html").body.textContent;

// A value of JSON: what has members is folded, deep ones are closed and filled when they are opened.
function node(value, key, depth) {
  const label = key === null ? [] : [element("span", { className: "key", textContent: key }), ": "];
  if (value === null || typeof value !== "object" || !Object.keys(value).length)
    return element("div", { className: "row" }, ...label, scalar(value));
  const isList = Array.isArray(value);
  const members = Object.entries(value);
  const title = isList ? "" : value.title ?? value.name ?? value.label ?? value.slug ?? "";
  const size = isList ? `[${members.length}]` : `{${members.length}}`;
  const inside = element("div");
  const fold = element("details", {}, element("summary", {}, ...label, `${size} ${typeof title === "string" && depth ? title : ""}`), inside);
  const fill = () => fold.open && !inside.firstChild && inside.append(...members.map(([name, one]) => node(one, name, depth + 1)));
  fold.open = depth < 2;
  fill();
  fold.addEventListener("toggle", fill);
  return fold;
}

function scalar(value) {
  if (typeof value !== "string") return element("span", { className: typeof value === "number" ? "number" : "word", textContent: JSON.stringify(value) });
  const text = JSON.stringify(value);
  return /^https?:\/\/\S+$/.test(value) ? element("a", { href: own(value) ?? value, textContent: text }) : element("span", { className: "text", textContent: text });
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

async function copy(button) {
  const source = byId(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    // Pages that were not loaded over HTTPS have no clipboard: the text is selected for the keyboard.
    getSelection().selectAllChildren(source);
    document.execCommand("copy");
  }
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

let waiting;
form.addEventListener("input", () => {
  update();
  clearTimeout(waiting);
  waiting = setTimeout(count, 200);
});
form.addEventListener("submit", event => {
  event.preventDefault();
  for (const pick of form.querySelectorAll(".pick[open]")) pick.open = false;
  update();
  ask(link.textContent);
});
for (const event of ["focusin", "mouseover"])
  form.addEventListener(event, ({ target }) => {
    const field = target.closest("[title]");
    if (field) byId("hint").textContent = field.title;
  });
document.addEventListener("click", event => {
  const { target } = event;
  if (target.dataset.copy) return copy(target);
  for (const pick of form.querySelectorAll(".pick[open]")) if (!pick.contains(target)) pick.open = false;
  // Addresses of this API in an answer are asked for here.
  const followed = target.closest("#answer a, #address");
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!followed || !isPlain) return;
  const address = new URL(followed.href);
  const url = base + address.pathname.slice(root.length) + address.search;
  // Those of the API have the origin of this page, see own().
  if (address.origin !== location.origin || !address.pathname.startsWith(root) || !own(url)) return;
  event.preventDefault();
  show(url);
  ask(url);
});
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  const open = form.querySelector(".pick[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// Filters with the values of another one, such as excludeTopic, offer them too. The page does not hold them twice.
for (const field of form.querySelectorAll("[data-like]")) {
  const input = field.querySelector("input");
  const pick = form.querySelector(`.pick:has([name="${field.dataset.like}"])`).cloneNode(true);
  const values = pick.querySelector("div");
  const given = new Set(input.value.split(",").filter(value => value));
  values.querySelector("input:not([type=checkbox])")?.remove();
  for (const box of values.querySelectorAll("input")) [box.name, box.checked] = [input.name, given.delete(box.value)];
  [input.value, input.placeholder, input.ariaLabel] = [[...given].join(","), "others, with commas", `Other ${input.name}`];
  values.append(input);
  values.ariaLabel = input.name;
  pick.title = field.title;
  pick.querySelector("summary span").textContent = input.name;
  field.replaceWith(pick);
}
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
update();

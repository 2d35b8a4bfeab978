// Writes core-blocks.json: every block of the block library that holds words or files, as the editor saves it, and the names of all blocks.
// Words that begin with "Shown" are what WordPress shows of a block, those that begin with "Never" what it shows to nobody.
import "./browser.mjs";
import { createRequire } from "node:module";
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const { createBlock, parse, serialize } = require("@wordpress/blocks");
require("@wordpress/block-library").registerCoreBlocks();

const files = "https://site.example/up/";
const block = (name, attributes, ...inner) => createBlock(`core/${name}`, attributes, inner);
const text = (content) => block("paragraph", { content });
const cells = (tag, ...contents) => [{ cells: contents.map((content) => ({ content, tag })) }];

const made = [
  block("paragraph", { content: "Shownplain <strong>Shownstrong</strong> <a href=\"https://site.example/Shownlink\">Shownlinked</a>" }),
  block("heading", { content: "Shownheading", level: 3 }),
  block("image", { url: `${files}Shownpicture-300x200.png`, id: 7, sizeSlug: "medium", alt: "Shownalt", caption: "Showncaption", title: "Showntitle", href: "https://site.example/Shownhref", linkDestination: "custom" }),
  block("gallery", { linkTo: "none", caption: "Showngallery" },
    block("image", { url: `${files}Shownone.png`, alt: "Shownfirst", caption: "Shownfirstcaption" }), block("image", { url: `${files}Showntwo.png`, alt: "" })),
  block("list", { ordered: true, start: 3 }, block("list-item", { content: "Shownitem" }, block("list", {}, block("list-item", { content: "Shownnested" })))),
  block("quote", { citation: "Shownsource" }, text("Shownquoted")),
  block("accordion", {}, block("accordion-item", { openByDefault: true }, block("accordion-heading", { title: "Shownaccordion" }), block("accordion-panel", {}, text("Shownpanel")))),
  block("audio", { src: `${files}Shownsound.mp3`, caption: "Shownsoundcaption" }),
  block("buttons", {}, block("button", { text: "Shownbutton", url: "https://site.example/Shownbuttonlink" }), block("button", { text: "Shownsecond", tagName: "button" })),
  block("code", { content: "Showncode = a &lt; b" }),
  block("columns", {}, block("column", {}, text("Shownleft")), block("column", { width: "33%" }, text("Shownright"))),
  block("cover", { url: `${files}Showncover.png`, id: 7, alt: "Showncoveralt" }, text("Showncovertext")),
  block("cover", { url: `${files}Showncover.mp4`, id: 8, backgroundType: "video" }, text("Shownfilmcover")),
  block("details", { summary: "Shownsummary" }, text("Showndetails")),
  block("embed", { url: "https://www.youtube.com/watch?v=Shownvideo1", type: "video", providerNameSlug: "youtube", caption: "Shownembed" }),
  block("embed", { url: "https://social.example/Shownpost", type: "rich", providerNameSlug: "example" }),
  block("file", { id: 9, href: `${files}Shownreport.pdf`, fileId: "f", fileName: "Shownreportname", textLinkHref: `${files}Shownreport.pdf`, downloadButtonText: "Showndownload", showDownloadButton: true, displayPreview: true }),
  block("freeform", { content: "<p>Shownclassic</p>" }),
  block("group", { tagName: "section" }, text("Showngroup")),
  // Its HTML is no attribute since library 11, and may hold blocks.
  ...parse("<!-- wp:html --><p>Shownhtml</p><script>Neverscript()</script><!-- wp:paragraph --><p>Shownwithin</p><!-- /wp:paragraph --><!-- /wp:html -->"),
  block("math", { latex: "Shownmath^2", mathML: "<semantics><msup><mi>Shownsymbol</mi><mn>2</mn></msup><annotation encoding=\"application/x-tex\">Shownmath^2</annotation></semantics>" }),
  block("media-text", { mediaUrl: `${files}Shownmedia.png`, mediaType: "image", mediaId: 7, mediaAlt: "Shownmediaalt", href: "https://site.example/Shownmedialink", linkDestination: "custom" }, text("Shownbeside")),
  block("media-text", { mediaUrl: `${files}Shownclip.mp4`, mediaType: "video", mediaId: 8 }, text("Shownbesideclip")),
  block("missing", { originalName: "acme/box", originalUndelimitedContent: "<p>Shownmissing</p>", originalContent: "<!-- wp:acme/box -->\n<p>Shownmissing</p>\n<!-- /wp:acme/box -->" }),
  block("more", { customText: "Nevermore" }),
  block("nextpage"),
  block("playlist", { caption: "Shownplaylist" },
    block("playlist-track", { id: 10, src: `${files}Showntrack.mp3`, title: "Showntracktitle", artist: "Shownartist", album: "Shownalbum" }), block("playlist-track", { id: 11, src: `${files}Shownnext.mp3`, title: "Shownnexttitle" })),
  block("preformatted", { content: "Shownpre\nShownline" }),
  block("pullquote", { value: "Shownpull", citation: "Shownpullsource" }),
  block("separator"),
  block("shortcode", { text: "[audio src=\"https://site.example/up/Shownshortcode.mp3\"]" }),
  block("social-links", {}, block("social-link", { url: "https://social.example/Shownprofile", service: "mastodon", label: "Shownprofilelabel" })),
  block("spacer", { height: "40px" }),
  block("table", { caption: "Showntable", head: cells("th", "Shownhead", "Shownhead2"), body: cells("td", "Showncell", "<em>Showncell2</em>"), foot: cells("td", "Shownfoot", "") }),
  block("tabs", {}, block("tab-list", { tabs: [{ label: "Showntab" }, { label: "Showntab2" }] }),
    block("tab-panels", {}, block("tab-panel", { label: "Showntab" }, text("Showntabtext")), block("tab-panel", { label: "Showntab2" }, text("Showntabtext2")))),
  block("text-columns", { content: [{ children: ["Shownoldcolumn"] }, { children: ["Shownoldcolumn2"] }], columns: 2 }),
  block("verse", { content: "Shownverse<br>Shownverse2" }),
  block("video", { src: `${files}Shownfilm.mp4`, poster: `${files}Shownposter.png`, caption: "Shownfilmcaption", tracks: [{ src: `${files}subtitles.vtt`, kind: "subtitles", label: "English", srcLang: "en" }] }),
  block("navigation", {}, block("navigation-link", { label: "Shownentry", url: "https://site.example/Shownentrylink" }),
    block("navigation-submenu", { label: "Shownsubmenu", url: "https://site.example/Shownsublink" }, block("navigation-link", { label: "Shownbelow", url: "https://site.example/Shownbelowlink" }))),
  block("query", { queryId: 1 }, text("Shownabovelist"),
    block("post-template", {}, block("post-title"), text("Neverteaser")), block("query-pagination", {}, block("query-pagination-next", { label: "Neverlabel" })), block("query-no-results", {}, text("Neverresult"))),
  block("terms-query", {}, block("term-template", {}, block("term-name"), text("Neverterm"))),
  block("comments", {}, block("comments-title"), block("comment-template", {}, text("Nevercomment"))),
  block("search", { label: "Neversearch", buttonText: "Neverfind" }),
  block("latest-posts"), block("latest-comments"), block("archives"), block("categories", { label: "Nevercategories" }), block("tag-cloud"), block("calendar"), block("rss", { feedURL: "https://feed.example/Neverfeed" }),
  block("page-list"), block("loginout"), block("read-more", { content: "Neverreadmore" }), block("post-navigation-link", { label: "Neverprevious" }),
];

const manifest = require.resolve("@wordpress/block-library/package.json");
const library = require(manifest).version;
const sources = join(dirname(manifest), "src");
const names = readdirSync(sources, { recursive: true }).filter((file) => file.endsWith("/block.json")).map((file) => require(join(sources, file)).name).sort();
const blocks = made.map((each) => ({ name: each.name, content: serialize(each) }));
writeFileSync(new URL("core-blocks.json", import.meta.url), JSON.stringify({ library, names, blocks }, null, 1) + "\n");
process.exit(0);

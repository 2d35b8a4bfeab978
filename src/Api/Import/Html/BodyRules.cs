using System.Collections.Frozen;
using Ganss.Xss;

namespace Api.Import.Html;

/// <summary>What HTML may contain after sanitising: the lists of docs/body-html.md.</summary>
internal static class BodyRules
{
    /// <summary>Elements that are kept. Any other element is replaced by its content.</summary>
    public static readonly FrozenSet<string> Tags = FrozenSet.Create(
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "hr",
        "br",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "img",
        "iframe",
        "audio",
        "video",
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "details",
        "summary",
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr"
    );

    /// <summary>Elements that are removed with their content.</summary>
    public static readonly FrozenSet<string> Dropped = FrozenSet.Create(
        "script",
        "style",
        "template",
        "noscript",
        "object",
        "embed",
        "applet",
        "svg",
        "textarea",
        "select",
        "button",
        "input",
        "title",
        "head",
        "link",
        "meta",
        "base",
        "canvas",
        "dialog",
        "frame",
        "frameset",
        "noframes",
        "noembed",
        "xmp",
        "plaintext",
        "listing",
        "source",
        "track",
        "param",
        "map",
        "area"
    );

    /// <summary>Elements that begin and end a line of text.</summary>
    public static readonly FrozenSet<string> Blocks = FrozenSet.Create(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "hr",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "table",
        "caption",
        "colgroup",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "details",
        "summary",
        "iframe",
        "audio",
        "video",
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "nav",
        "address",
        "center",
        "form",
        "fieldset",
        "hgroup",
        "body"
    );

    /// <summary>
    /// Blocks without a meaning of their own: they become a paragraph if they hold only text, and are replaced by their content otherwise.
    /// </summary>
    public static readonly FrozenSet<string> Boxes = FrozenSet.Create(
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "nav",
        "address",
        "center",
        "form",
        "fieldset",
        "hgroup"
    );

    /// <summary>Elements that hold running text: a block inside them does not become a paragraph.</summary>
    public static readonly FrozenSet<string> TextHolders = FrozenSet.Create(
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figure",
        "figcaption",
        "caption",
        "summary",
        "dt",
        "a",
        "span"
    );

    /// <summary>Attributes that are kept, by element; <c>*</c> is any element.</summary>
    public static readonly FrozenDictionary<string, string[]> Attributes = new Dictionary<string, string[]>
    {
        ["*"] = ["id", "lang", "dir"],
        ["a"] = ["href", "hreflang", "title"],
        ["abbr"] = ["title"],
        ["dfn"] = ["title"],
        ["img"] = ["src", "alt", "title", "width", "height"],
        ["iframe"] = ["src", "title", "width", "height", "allowfullscreen"],
        ["audio"] = ["src", "controls"],
        ["video"] = ["src", "controls", "poster", "width", "height"],
        ["blockquote"] = ["cite"],
        ["q"] = ["cite"],
        ["del"] = ["cite", "datetime"],
        ["ins"] = ["cite", "datetime"],
        ["time"] = ["datetime"],
        ["ol"] = ["start", "reversed", "type"],
        ["li"] = ["value"],
        ["th"] = ["colspan", "rowspan", "scope", "abbr"],
        ["td"] = ["colspan", "rowspan"],
        ["col"] = ["span"],
        ["colgroup"] = ["span"],
        ["details"] = ["open"],
        ["math"] = ["display"],
        ["annotation"] = ["encoding"],
        ["mi"] = ["mathvariant"],
        ["mo"] = ["stretchy"],
        ["mfrac"] = ["linethickness"],
        ["mstyle"] = ["displaystyle"],
        ["mtable"] = ["columnalign"],
    }.ToFrozenDictionary();

    /// <summary>Attributes whose value is a whole number, 0 to 99999; other values are removed.</summary>
    public static readonly FrozenSet<string> Numbers = FrozenSet.Create("width", "height", "colspan", "rowspan", "span", "start", "value");

    /// <summary>Attributes whose value is a URL.</summary>
    public static readonly FrozenSet<string> Urls = FrozenSet.Create("href", "src", "cite", "poster");

    /// <summary>Hosts whose pages may be embedded, over HTTPS only.</summary>
    public static readonly FrozenSet<string> FrameHosts = FrozenSet.Create(
        "www.youtube.com",
        "youtube.com",
        "www.youtube-nocookie.com",
        "player.vimeo.com",
        "w.soundcloud.com",
        "open.spotify.com",
        "embed.podcasts.apple.com",
        "player.simplecast.com",
        "html5-player.libsyn.com",
        "datawrapper.dwcdn.net",
        "flo.uri.sh",
        "e.infogram.com",
        "public.tableau.com",
        "www.c-span.org",
        "archive.org",
        "www.documentcloud.org",
        "www.google.com"
    );

    /// <summary>The sanitizer with these lists. URLs are checked by <see cref="BodyUrls"/>.</summary>
    public static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer(
            new HtmlSanitizerOptions
            {
                AllowedTags = new HashSet<string>([.. Tags, .. BodyMath.Tags, "body", "h1"], StringComparer.OrdinalIgnoreCase),
                AllowedAttributes = new HashSet<string>(Attributes.Values.SelectMany(names => names), StringComparer.OrdinalIgnoreCase),
                AllowedSchemes = new HashSet<string>(["http", "https", "mailto", "tel"], StringComparer.OrdinalIgnoreCase),
                UriAttributes = new HashSet<string>(Urls, StringComparer.OrdinalIgnoreCase),
            }
        )
        {
            KeepChildNodes = true,
        };
        return sanitizer;
    }
}

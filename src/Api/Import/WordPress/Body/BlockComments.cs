using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Markup;

namespace Api.Import.WordPress.Body;

/// <summary>Texts and files of blocks that store them in their comment: some WordPress blocks, and the modules of Divi 5.</summary>
internal static partial class BlockComments
{
    private static readonly string[] Pictures = ["image", "imageIcon", "portrait", "logo"];
    private static readonly string[] Titles = ["title", "heading", "name"];

    /// <summary>The content at the start of the block; empty for a block without text there, null if its settings cannot be read.</summary>
    public static string? Of(BlockMark block)
    {
        if (
            block.Attributes.Length == 0
            || !(block.Name.StartsWith("divi/", StringComparison.Ordinal) || CoreBlocks.Of(block.Name) is BlockWords.InComment)
        )
            return "";
        try
        {
            using var json = JsonDocument.Parse(block.Attributes);
            return block.Name switch
            {
                "playlist-track" => WordPressPlaylist.Track(json.RootElement),
                "social-link" => Profile(json.RootElement),
                "navigation-link" or "navigation-submenu" or "home-link" => Line(
                    Link(Text(json.RootElement, "label"), Text(json.RootElement, "url"))
                ),
                _ => Divi(json.RootElement),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Without a label of its own, the link has the name of the service.
    private static string Profile(JsonElement profile)
    {
        var (label, service, address) = (Text(profile, "label"), Text(profile, "service"), Text(profile, "url"));
        var words =
            label.Length > 0 ? label
            : service.Length > 0 ? char.ToUpperInvariant(service[0]) + service[1..]
            : address;
        return address.Length == 0 ? "" : $"<li>{Link(WebUtility.HtmlEncode(words), address)}</li>";
    }

    // {"title":{"innerContent":{"desktop":{"value":…}}},…}: pictures first, the button last.
    private static string Divi(JsonElement module)
    {
        if (module.ValueKind != JsonValueKind.Object)
            return "";
        var html = new StringBuilder();
        foreach (var member in module.EnumerateObject().OrderBy(member => Rank(member.Name)))
            if (member.Value.Get("innerContent", "desktop", "value") is { } value)
                html.Append(Divi(member.Name, value));
        return html.ToString();
    }

    private static int Rank(string name) =>
        Pictures.Contains(name) ? 0
        : Titles.Contains(name) ? 1
        : name switch
        {
            "content" => 3,
            "button" or "buttonOne" or "buttonTwo" => 5,
            _ => name.StartsWith("sub", StringComparison.Ordinal) ? 2 : 4,
        };

    private static string Divi(string name, JsonElement value)
    {
        var text = Shown(value.ValueKind == JsonValueKind.Object ? Text(value, "text") : value.Scalar());
        var address = Shown(Text(value, "linkUrl") is { Length: > 0 } link ? link : Text(value, "url"));
        var source = Shown(Text(value, "src"));
        if (source.Length > 0)
            return name is "video" or "audio"
                ? WordPressMedia.Block(source, playFiles: true)
                : Picture(source, Text(value, "alt"), address);
        if (Pictures.Contains(name))
            return address.Length > 0 ? Picture(address, Text(value, "alt"), "") : "";
        return text.Length == 0 ? ""
            : Titles.Contains(name) ? $"<h3>{Link(text, address)}</h3>\n"
            : name == "content" ? $"{text}\n"
            : Line(Link(text, address));
    }

    private static string Picture(string source, string alt, string address)
    {
        var picture = $"<img src=\"{WebUtility.HtmlEncode(source)}\" alt=\"{WebUtility.HtmlEncode(alt)}\">";
        return $"<figure>{(address.Length > 0 ? $"<a href=\"{WebUtility.HtmlEncode(address)}\">{picture}</a>" : picture)}</figure>\n";
    }

    private static string Line(string html) => html.Length == 0 ? "" : $"<p>{html}</p>\n";

    private static string Link(string text, string address) =>
        text.Length == 0 ? ""
        : address.Length == 0 ? text
        : $"<a href=\"{WebUtility.HtmlEncode(address)}\">{text}</a>";

    private static string Text(JsonElement json, string name) => json.Get(name)?.Scalar().Trim() ?? "";

    // "$variable({…})$" is a placeholder for a value that Divi looks up.
    private static string Shown(string text) => LookedUp().Replace(text, "").Trim();

    [GeneratedRegex(@"\$variable\(\{.{0,4000}?\}\)\$", RegexOptions.Singleline)]
    private static partial Regex LookedUp();
}

using System.Xml;
using Api.Import.WordPress.Fields;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.ExportFile;

/// <summary>Streams the parts of an export in the order of the file, one in memory at a time.</summary>
/// <param name="stream">Seekable; closed with this object.</param>
/// <param name="customFields">Names of custom fields to read in addition to those of <see cref="WxrFields"/>.</param>
/// <param name="bodies">False skips the texts of items, except reusable blocks and the beginning of texts of items without a title.</param>
/// <exception cref="WordPressFileException">The declared encoding is unknown.</exception>
internal sealed class WxrFile(Stream stream, IReadOnlySet<string> customFields, bool bodies) : IWxrReader
{
    /// <summary>Maximum number of characters of anything but a body: no title or slug is that long.</summary>
    public const int ShortText = 20_000;

    private readonly WxrElements elements = new(stream);
    private WxrItems? itemReader;
    private int items;
    private bool inChannel;
    private bool isExport;

    /// <summary>Number of characters replaced so far because XML forbids them.</summary>
    public int ReplacedCharacters => elements.ReplacedCharacters;

    /// <summary>Line of the first replaced character, from 1; 0 when there is none.</summary>
    public int FirstReplacedLine => elements.FirstReplacedLine;

    /// <summary>The next part, or null at the end of a complete file.</summary>
    /// <exception cref="WordPressFileException">The file is not well-formed or not an export.</exception>
    public WxrNode? Next()
    {
        try
        {
            while (elements.Next())
                if (Part() is { } node)
                    return node;
        }
        catch (XmlException problem)
        {
            throw elements.Refusal(problem, items);
        }
        if (!isExport)
            throw new WordPressFileException(
                "this is not a WordPress export: it holds none of the wp: elements of a WXR file (Tools → Export writes one)"
            );
        return null;
    }

    public void Dispose() => elements.Dispose();

    private WxrNode? Part()
    {
        if (!inChannel)
        {
            if (elements.Depth == 0 && elements.Name is not ("rss" or "RDF"))
                throw new WordPressFileException(
                    $"line {elements.Line}: this is not a WordPress export: it begins with <{elements.FullName}> where <rss> should be",
                    elements.Line,
                    1
                );
            inChannel = elements.Depth == 1 && elements.Name == "channel";
            return null;
        }
        if (elements.Depth != 2)
            return null;
        var names = elements.Namespace;
        isExport |= names == WxrNamespace.Wp;
        return (names, elements.Name) switch
        {
            (WxrNamespace.None, "item") => Item(),
            (WxrNamespace.None, "title" or "description" or "link" or "language") => Setting(),
            (WxrNamespace.Wp, "wxr_version" or "base_site_url" or "base_blog_url") => Setting(),
            (WxrNamespace.Wp, "author") => Author(),
            (WxrNamespace.Wp, "category") => Term("category", "category_nicename", "cat_name", "category_parent", "category_description"),
            (WxrNamespace.Wp, "tag") => Term("post_tag", "tag_slug", "tag_name", "", "tag_description"),
            (WxrNamespace.Wp, "term") => Term("", "term_slug", "term_name", "term_parent", "term_description"),
            _ => null,
        };
    }

    private WxrItem Item()
    {
        var item = (itemReader ??= new WxrItems(elements, customFields, bodies)).Read(++items);
        isExport |= item.Fields.Count > 0;
        return item;
    }

    private WxrSetting Setting()
    {
        var (line, name) = (elements.Line, elements.Name);
        return new WxrSetting(line, name, elements.Text(ShortText).Trim());
    }

    private WxrAuthor Author()
    {
        var line = elements.Line;
        var fields = Fields("author_id", "author_login", "author_display_name", "author_first_name", "author_last_name");
        return new WxrAuthor(
            line,
            fields("author_id"),
            fields("author_login"),
            fields("author_display_name"),
            fields("author_first_name"),
            fields("author_last_name")
        )
        {
            Unknown = ["bioHtml", "photo", "orcid", "profiles"],
        };
    }

    private WxrTerm Term(string taxonomy, string slug, string name, string parent, string description)
    {
        var line = elements.Line;
        var meta = new List<(string, string)>();
        var fields = Fields(meta, "term_id", "term_taxonomy", slug, name, parent, description);
        return new WxrTerm(
            line,
            taxonomy.Length > 0 ? taxonomy : fields("term_taxonomy"),
            fields("term_id"),
            fields(slug),
            fields(name),
            fields(parent),
            fields(description)
        )
        {
            Meta = meta,
        };
    }

    private Func<string, string> Fields(params string[] wanted) => Fields([], wanted);

    private Func<string, string> Fields(List<(string, string)> meta, params string[] wanted)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in elements.Children())
            if (wanted.Contains(name) && !found.ContainsKey(name))
                found[name] = elements.Text(ShortText).Trim();
            else if (name == "termmeta")
                AddTermMeta(meta);
        return name => found.GetValueOrDefault(name, "");
    }

    private void AddTermMeta(List<(string, string)> meta)
    {
        var key = "";
        foreach (var name in elements.Children())
            if (name == "meta_key")
                key = elements.Text(ShortText).Trim();
            else if (name == "meta_value" && WxrFields.IsKeptTermMeta(key))
                meta.Add((key, elements.Text(ShortText).Trim()));
    }
}

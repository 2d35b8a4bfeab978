using System.Text.RegularExpressions;
using Api.Contracts.Text;
using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.ExportFile;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Looking;

/// <summary>
/// The survey of a site, from an export or from the first page of each collection of a running site: enough to say what can be imported.
/// </summary>
internal sealed partial class SiteLook
{
    private const int MostTraces = 20_000;
    private const int TextLooked = 200_000;

    public string Name { get; set; } = "";
    public string Url { get; set; } = "";

    /// <summary>The items by post type.</summary>
    public SortedDictionary<string, TypeLook> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Taxonomies with the number of terms seen.</summary>
    public SortedDictionary<string, int> Taxonomies { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Traces by which plugins are recognised: names prefixed with <c>type:</c>, <c>field:</c>, <c>taxonomy:</c>, <c>block:</c>,
    /// <c>shortcode:</c> or <c>api:</c>.
    /// </summary>
    public HashSet<string> Traces { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The post type of each item number.</summary>
    public Dictionary<string, string> TypeOf { get; } = new(StringComparer.Ordinal);

    /// <summary>Numbers of attachments that are documents.</summary>
    public HashSet<string> Documents { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Terms { get; } = new(StringComparer.Ordinal);
    public HashSet<string> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>True when the permalink of a published post contains words, not a number.</summary>
    public bool HasPermalinks { get; private set; }

    /// <summary>Surveys an export in one pass.</summary>
    /// <exception cref="WordPressFileException">The file is not well-formed, incomplete, or not an export.</exception>
    public static SiteLook At(Func<Stream> open, CancellationToken cancel)
    {
        var look = new SiteLook();
        using var file = new WxrFile(open(), EveryField.Instance, bodies: true);
        while (file.Next() is { } node)
        {
            cancel.ThrowIfCancellationRequested();
            switch (node)
            {
                case WxrSetting { Name: "title" } name:
                    look.Name = name.Value;
                    break;
                case WxrSetting { Name: "base_blog_url" } url:
                    look.Url = url.Value;
                    break;
                case WxrAuthor author:
                    look.Users.Add(author.Id);
                    break;
                case WxrTerm term:
                    look.Add(term);
                    break;
                case WxrItem item:
                    look.Add(item);
                    break;
            }
        }
        return look;
    }

    public void Add(WxrTerm term)
    {
        Taxonomies[term.Taxonomy] = Taxonomies.GetValueOrDefault(term.Taxonomy) + 1;
        Trace($"taxonomy:{term.Taxonomy}");
        Terms.Add(term.Id);
    }

    public void Add(WxrItem item)
    {
        var type = Type(item.PostType);
        type.Count++;
        if (item.Field("status") is "publish" or "inherit")
            type.Public++;
        if (type.Titles.Count < 3 && item.Title.Length > 0)
            type.Titles.Add(PlainText.Of(item.Title, 60));
        TypeOf.TryAdd(item.Field("post_id"), item.PostType);
        if (
            item.PostType == "attachment"
            && WordPressAttachments.MediaTypeOf(Path.GetExtension(item.AttachmentUrl).TrimStart('.')) is not null
        )
            Documents.Add(item.Field("post_id"));
        if (item is { PostType: "post", Link: var link } && item.Field("status") == "publish")
            HasPermalinks |= Uri.TryCreate(link, UriKind.Absolute, out var address) && address.AbsolutePath.Trim('/').Length > 0;
        foreach (var taxonomy in item.Terms.Select(term => term.Taxonomy).Distinct())
            if (Taxonomies.TryAdd(taxonomy, 1))
                Trace($"taxonomy:{taxonomy}");
        foreach (var (key, value) in item.Meta)
        {
            Trace($"field:{key}");
            if (key.StartsWith('_') && value.StartsWith("field_", StringComparison.Ordinal))
                Trace("acf:");
            if (!key.StartsWith('_'))
                type.Add(FieldNames.Bare(key), value);
        }
        var text = item.Content.Length > TextLooked ? item.Content[..TextLooked] : item.Content;
        foreach (Match block in Block().Matches(text))
            Trace($"block:{block.Groups[1].Value}");
        foreach (Match shortcode in Shortcode().Matches(text))
            Trace($"shortcode:{shortcode.Groups[1].Value}");
    }

    public void Trace(string name)
    {
        if (Traces.Count < MostTraces)
            Traces.Add(name);
    }

    public TypeLook Type(string name)
    {
        if (!Types.TryGetValue(name, out var type))
        {
            Types[name] = type = new TypeLook();
            Trace($"type:{name}");
        }
        return type;
    }

    [GeneratedRegex(@"<!--\s*wp:([a-z][a-z0-9-]*/[a-z][a-z0-9-]*)")]
    private static partial Regex Block();

    [GeneratedRegex(@"\[([a-z][a-z0-9_-]{2,40})[\s\]]")]
    private static partial Regex Shortcode();
}

/// <summary>The items of a post type.</summary>
internal sealed class TypeLook
{
    private const int MostFields = 500;
    private const int MostSamples = 30;

    public int Count { get; set; }
    public int Public { get; set; }

    /// <summary>Titles of some of its items.</summary>
    public List<string> Titles { get; } = [];

    /// <summary>Some single values of each custom field.</summary>
    public SortedDictionary<string, HashSet<string>> Fields { get; } = new(StringComparer.Ordinal);

    public void Add(string field, string value)
    {
        if (!Fields.TryGetValue(field, out var samples))
        {
            if (Fields.Count >= MostFields)
                return;
            Fields[field] = samples = new(StringComparer.Ordinal);
        }
        foreach (var single in (PhpText.Values(value) ?? [value]).Where(single => single.Length is > 0 and <= WebAddress.MaxLength))
            if (samples.Count < MostSamples)
                samples.Add(single);
    }
}

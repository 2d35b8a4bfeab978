using System.Text.Json;
using System.Text.Json.Serialization;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Fields;
using Api.Import.WordPress.Hidden;

namespace Api.Import.WordPress;

/// <summary>A mapping file as it is written (docs/moving-from-wordpress.md): JSON, comments and trailing commas allowed.</summary>
internal sealed record WordPressMappingFile
{
    private static readonly JsonSerializerOptions Settings = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>By WordPress's name of the post type, such as <c>staff</c>.</summary>
    public Dictionary<string, PostTypeRule> PostTypes { get; init; } = [];

    /// <summary>By WordPress's name of the taxonomy, such as <c>research_area</c>.</summary>
    public Dictionary<string, TaxonomyRule> Taxonomies { get; init; } = [];

    /// <summary>Article types by slug.</summary>
    public Dictionary<string, TypeRule> Types { get; init; } = [];

    /// <summary>By name of the shortcode: whether what it encloses is shown (<c>show</c>) or left out (<c>hide</c>).</summary>
    public Dictionary<string, string> Shortcodes { get; init; } = [];

    /// <summary>By name of the block, such as <c>acme/insiders</c>: the same.</summary>
    public Dictionary<string, string> Blocks { get; init; } = [];

    /// <exception cref="WordPressFileException">It is no mapping; the message says where and what would be.</exception>
    public static WordPressMappingFile Read(Stream stream)
    {
        try
        {
            var file = JsonSerializer.Deserialize<WordPressMappingFile>(stream, Settings) ?? new();
            file.Check();
            return file;
        }
        catch (JsonException e)
        {
            // The framework's sentence ends with the place, which is said before.
            var reason = e.Message.IndexOf(" Path: ", StringComparison.Ordinal) is > 0 and var end ? e.Message[..end] : e.Message;
            throw new WordPressFileException($"the mapping is wrong at {e.Path ?? "$"}, line {e.LineNumber + 1}: {reason}", (int)(e.LineNumber ?? 0) + 1, 1, e);
        }
    }

    private void Check()
    {
        NoNulls("postTypes", PostTypes);
        NoNulls("taxonomies", Taxonomies);
        NoNulls("types", Types);
        NoNulls("shortcodes", Shortcodes);
        NoNulls("blocks", Blocks);
        foreach (var (name, rule) in PostTypes)
        {
            var at = $"postTypes.{name}";
            Allow($"{at}.to", rule.To, ["article", "event", "expert", "page", "nothing"]);
            Allow($"{at}.kind", rule.Kind ?? "staff", ["staff", "fellow", "contributor"]);
            if (rule.Type is { } type && Slugs.FromSlug(type) != type) throw Wrong($"{at}.type", $"'{type}' is no slug");
            if (rule.Type is not null && rule.To != "article") throw Wrong($"{at}.type", "only articles have a type");
            foreach (var field in rule.Fields.Keys)
                Allow($"{at}.fields", FieldMembers.WithoutRole(field), WordPressMapping.FieldsOf(rule.To));
        }
        foreach (var (name, rule) in Taxonomies)
        {
            Allow($"taxonomies.{name}.to", rule.To, ["topic", "type", "expert", "nothing"]);
            Allow($"taxonomies.{name}.kind", rule.Kind ?? "issue", ["region", "country", "issue", "program"]);
        }
        foreach (var (at, rule) in Shortcodes.Select(rule => ($"shortcodes.{rule.Key}", rule.Value)).Concat(Blocks.Select(rule => ($"blocks.{rule.Key}", rule.Value))))
            Allow(at, rule, [HiddenRules.Hide, HiddenRules.Show]);
        foreach (var name in Types.Keys.Where(name => Slugs.FromSlug(name) != name))
            throw Wrong($"types.{name}", $"'{name}' is no slug");
    }

    // The framework looks at the members of objects for nulls, not at the values of dictionaries.
    private static void NoNulls<T>(string at, Dictionary<string, T> rules)
        where T : class
    {
        foreach (var name in rules.Where(rule => rule.Value is null).Select(rule => rule.Key))
            throw Wrong($"{at}.{name}", "it is null");
    }

    private static void Allow(string at, string value, IReadOnlyList<string> allowed)
    {
        if (!allowed.Contains(value))
            throw Wrong(at, allowed.Count == 0 ? $"'{value}' cannot be given here" : $"'{value}' is not one of {string.Join(", ", allowed)}");
    }

    private static WordPressFileException Wrong(string at, string reason) => new($"the mapping is wrong at {at}: {reason}");
}

/// <summary>What items of a post type become.</summary>
/// <param name="To">article, event, expert, page or nothing.</param>
/// <param name="Type">Slug of the article type of those whose terms name none.</param>
/// <param name="Kind">Of experts: staff, fellow or contributor.</param>
internal sealed record PostTypeRule(string To, string? Type = null, string? Kind = null)
{
    /// <summary>Members that are read from custom fields: member → name of the field.</summary>
    public Dictionary<string, string> Fields { get; init; } = [];
}

/// <summary>What the terms of a taxonomy become.</summary>
/// <param name="To">topic, type, expert or nothing.</param>
/// <param name="Kind">Of topics: region, country, issue or program.</param>
/// <param name="Role">Of experts, such as author or featured.</param>
internal sealed record TaxonomyRule(string To, string? Kind = null, string? Role = null);

/// <summary>An article type.</summary>
/// <param name="Label">Its name, as in "Op-ed".</param>
/// <param name="PluralLabel">The name of several.</param>
/// <param name="Terms">Names or slugs of categories and tags that stand for it.</param>
internal sealed record TypeRule(string Label, string PluralLabel, IReadOnlyList<string>? Terms = null);

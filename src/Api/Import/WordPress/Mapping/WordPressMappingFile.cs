using System.Text.Json;
using System.Text.Json.Serialization;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Mapping;

/// <summary>A mapping file (docs/moving-from-wordpress.md): JSON with comments and trailing commas.</summary>
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

    /// <summary>Rules by the WordPress name of the post type, such as <c>staff</c>.</summary>
    public Dictionary<string, PostTypeRule> PostTypes { get; init; } = [];

    /// <summary>Rules by the WordPress name of the taxonomy, such as <c>research_area</c>.</summary>
    public Dictionary<string, TaxonomyRule> Taxonomies { get; init; } = [];

    /// <summary>Article types by slug.</summary>
    public Dictionary<string, TypeRule> Types { get; init; } = [];

    /// <summary>By shortcode name: whether its content is shown (<c>show</c>) or removed (<c>hide</c>).</summary>
    public Dictionary<string, string> Shortcodes { get; init; } = [];

    /// <summary>By block name, such as <c>acme/insiders</c>: whether its content is shown (<c>show</c>) or removed (<c>hide</c>).</summary>
    public Dictionary<string, string> Blocks { get; init; } = [];

    /// <exception cref="WordPressFileException">
    /// The file is not a valid mapping; the message has the position and the valid values.
    /// </exception>
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
            // The framework's message ends with the position, which the message gives already.
            var reason = e.Message.IndexOf(" Path: ", StringComparison.Ordinal) is > 0 and var end ? e.Message[..end] : e.Message;
            throw new WordPressFileException(
                $"the mapping is wrong at {e.Path ?? "$"}, line {e.LineNumber + 1}: {reason}",
                (int)(e.LineNumber ?? 0) + 1,
                1,
                e
            );
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
            if (rule.Type is { } type && Slugs.FromSlug(type) != type)
                throw Wrong($"{at}.type", $"'{type}' is no slug");
            if (rule.Type is not null && rule.To != "article")
                throw Wrong($"{at}.type", "only articles have a type");
            foreach (var field in rule.Fields.Keys)
                Allow($"{at}.fields", FieldMembers.WithoutRole(field), WordPressMapping.FieldsOf(rule.To));
        }
        foreach (var (name, rule) in Taxonomies)
        {
            Allow($"taxonomies.{name}.to", rule.To, ["topic", "type", "expert", "nothing"]);
            Allow($"taxonomies.{name}.kind", rule.Kind ?? "issue", ["region", "country", "issue", "program"]);
        }
        foreach (
            var (at, rule) in Shortcodes
                .Select(rule => ($"shortcodes.{rule.Key}", rule.Value))
                .Concat(Blocks.Select(rule => ($"blocks.{rule.Key}", rule.Value)))
        )
            Allow(at, rule, [HiddenRules.Hide, HiddenRules.Show]);
        foreach (var name in Types.Keys.Where(name => Slugs.FromSlug(name) != name))
            throw Wrong($"types.{name}", $"'{name}' is no slug");
    }

    // The framework rejects null members of objects, but not null values in dictionaries.
    private static void NoNulls<T>(string at, Dictionary<string, T> rules)
        where T : class
    {
        foreach (var name in rules.Where(rule => rule.Value is null).Select(rule => rule.Key))
            throw Wrong($"{at}.{name}", "it is null");
    }

    private static void Allow(string at, string value, IReadOnlyList<string> allowed)
    {
        if (!allowed.Contains(value))
            throw Wrong(
                at,
                allowed.Count == 0 ? $"'{value}' cannot be given here" : $"'{value}' is not one of {string.Join(", ", allowed)}"
            );
    }

    private static WordPressFileException Wrong(string at, string reason) => new($"the mapping is wrong at {at}: {reason}");
}

/// <summary>The rule for the items of a post type.</summary>
/// <param name="To">The resource: article, event, expert, page or nothing.</param>
/// <param name="Type">Slug of the article type of items whose terms name none.</param>
/// <param name="Kind">The kind of experts: staff, fellow or contributor.</param>
internal sealed record PostTypeRule(string To, string? Type = null, string? Kind = null)
{
    /// <summary>Members read from custom fields: member → name of the field.</summary>
    public Dictionary<string, string> Fields { get; init; } = [];
}

/// <summary>The rule for the terms of a taxonomy.</summary>
/// <param name="To">The meaning of the terms: topic, type, expert or nothing.</param>
/// <param name="Kind">The kind of topics: region, country, issue or program.</param>
/// <param name="Role">The role of experts, such as author or featured.</param>
internal sealed record TaxonomyRule(string To, string? Kind = null, string? Role = null);

/// <summary>An article type.</summary>
/// <param name="Label">Its name, as in "Op-ed".</param>
/// <param name="PluralLabel">Its name in the plural.</param>
/// <param name="Terms">Names or slugs of categories and tags that mean this type.</param>
internal sealed record TypeRule(string Label, string PluralLabel, IReadOnlyList<string>? Terms = null);

using Api.Import.WordPress.Events;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Values;

namespace Api.Import.WordPress.Mapping;

/// <summary>Maps post types, taxonomies and terms of a site: by the rules of a mapping file, else by their names.</summary>
internal sealed class WordPressMapping(WordPressMappingFile file)
{
    private static readonly string[] EventFields =
    [
        "startsAt",
        "endsAt",
        "allDay",
        "timeZone",
        "status",
        "location",
        "mode",
        "registrationUrl",
        "recordingUrl",
    ];
    private static readonly string[] ExpertFields = ["givenName", "familyName", "title", "organization"];

    private static readonly Dictionary<string, PostTypeRule> Usual = new(StringComparer.Ordinal)
    {
        ["post"] = new("article"),
        ["page"] = new("page"),
        ["tribe_events"] = new("event"),
        ["mec-events"] = new("event"),
        ["event"] = new("event"),
        ["events"] = new("event"),
        ["expert"] = new("expert", Kind: "staff"),
        ["experts"] = new("expert", Kind: "staff"),
        ["staff"] = new("expert", Kind: "staff"),
        ["team"] = new("expert", Kind: "staff"),
        ["team_member"] = new("expert", Kind: "staff"),
        ["people"] = new("expert", Kind: "staff"),
        ["person"] = new("expert", Kind: "staff"),
        ["scholar"] = new("expert", Kind: "staff"),
        ["fellow"] = new("expert", Kind: "fellow"),
        ["fellows"] = new("expert", Kind: "fellow"),
        ["publication"] = new("article"),
        ["publications"] = new("article"),
    };

    // Taxonomies of WordPress and of common plugins whose terms are not subjects.
    private static readonly HashSet<string> Technical = new(StringComparer.Ordinal)
    {
        "nav_menu",
        "post_format",
        "link_category",
        "author",
        "language",
        "term_language",
        "post_translations",
        "term_translations",
        "wp_theme",
        "wp_template_part_area",
        "wp_pattern_category",
        "elementor_library_type",
        "elementor_library_category",
        "product_type",
        "product_visibility",
        "product_shipping_class",
        "action-group",
        "amp_validation_error",
        "following_users",
        "mec_location",
        "mec_organizer",
        "mec_sponsor",
        "mec_speaker",
    };

    /// <summary>The mapping without a mapping file.</summary>
    public static readonly WordPressMapping Default = new(new());

    private readonly WordPressTypes types = new(
        file.Types.Select(type => new WordPressType(type.Key, type.Value.Label, type.Value.PluralLabel, type.Value.Terms ?? []))
    );

    /// <summary>The custom fields to read, in all their spellings (<see cref="FieldNames.Spellings"/>).</summary>
    public IReadOnlySet<string> CustomFields { get; } =
        file
            .PostTypes.Values.Concat(Usual.Values)
            .SelectMany(rule => rule.Fields.Values)
            .SelectMany(FieldNames.Split)
            .SelectMany(FieldNames.Spellings)
            .Concat(WordPressEventFields.All)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The rules of the file for shortcodes and blocks that show their content to some readers only.</summary>
    public HiddenRules Hidden { get; } = new(file.Shortcodes, file.Blocks);

    /// <summary>The members of a resource that can come from custom fields.</summary>
    public static IReadOnlyList<string> FieldsOf(string resource) =>
        [
            .. resource switch
            {
                "event" => EventFields,
                "expert" => ExpertFields,
                _ => [],
            },
            .. FieldMembers.Of(resource),
        ];

    /// <summary>The rule for the items of a post type.</summary>
    public PostTypeRule Of(string postType) =>
        file.PostTypes.GetValueOrDefault(postType)
        ?? Usual.GetValueOrDefault(postType)
        ?? (types.Find(postType, "") is { } type ? new PostTypeRule("article", type.Slug) : new PostTypeRule("nothing"));

    /// <summary>True for a taxonomy whose terms are topics or types.</summary>
    public bool IsRead(string taxonomy) =>
        taxonomy.Length > 0
        && (file.Taxonomies.GetValueOrDefault(taxonomy) is { } rule ? rule.To is "topic" or "type" : !Technical.Contains(taxonomy));

    /// <summary>The role of the people a taxonomy names; null for any other.</summary>
    public string? RoleOf(string taxonomy) =>
        file.Taxonomies.GetValueOrDefault(taxonomy) switch
        {
            { To: "expert", Role: var role } => role ?? "author",
            null when taxonomy == "author" => "author",
            null when taxonomy == "mec_speaker" => "speaker",
            _ => null,
        };

    /// <summary>The kind of topic the terms of a taxonomy are.</summary>
    public string KindOf(string taxonomy) =>
        file.Taxonomies.GetValueOrDefault(taxonomy)?.Kind
        ?? taxonomy.ToLowerInvariant() switch
        {
            var t when t.Contains("region", StringComparison.Ordinal) => "region",
            var t when t.Contains("countr", StringComparison.Ordinal) => "country",
            var t when t.Contains("program", StringComparison.Ordinal) => "program",
            _ => "issue",
        };

    /// <summary>The article type with this slug or name; null when there is none.</summary>
    public WordPressType? FindType(string slug, string name) => types.Find(slug, name);

    /// <summary>The article type that a term means; null for a topic.</summary>
    public WordPressType? TypeOf(string taxonomy, string slug, string name) =>
        types.Find(slug, name)
        ?? (file.Taxonomies.GetValueOrDefault(taxonomy)?.To == "type" ? new WordPressType(slug, name, name, []) : null);

    /// <summary>The article type of items of a post type whose terms name none.</summary>
    public WordPressType TypeOf(string postType) => Of(postType).Type is { } slug ? types.Get(slug) : WordPressTypes.Default;
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Mapping;

namespace Api.Import.WordPress.Looking;

/// <summary>
/// Proposes a mapping file for the parts of a site that no mapping explains: to be reviewed by a person who knows the site, but usable as
/// it is.
/// </summary>
/// <param name="look">The survey of the site.</param>
/// <param name="given">The existing mapping file; its content stays as it is.</param>
internal sealed class MappingProposal(SiteLook look, WordPressMappingFile given)
{
    private static readonly JsonSerializerOptions Settings = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    // Post types internal to WordPress, themes and plugins.
    private static readonly string[] Technical =
    [
        "attachment",
        "nav_menu_item",
        "revision",
        "wp_",
        "customize_changeset",
        "oembed_cache",
        "user_request",
        "custom_css",
        "acf-",
        "elementor",
        "et_pb_layout",
        "et_",
        "fl-builder",
        "fl-theme",
        "oceanwp",
        "wpcf7",
        "wpforms",
        "ninja_",
        "nf_sub",
        "frm_",
        "forminator",
        "mailchimp",
        "mc4wp",
        "popup",
        "shop_",
        "product_variation",
        "scheduled-action",
        "jp_",
        "feedback",
        "guest-author",
        "ppma_",
        "amn_",
        "amp_",
        "rank_math",
        "polylang",
        "vc_",
        "fusion_",
        "avada_",
        "generate_",
        "gp_elements",
        "kadence_",
        "astra-",
        "spectra",
        "ct_template",
        "bricks_",
        "cookielaw",
        "redirect",
        "sfwd-transactions",
        "edd_",
        "tribe_venue",
        "tribe_organizer",
        "tribe-ea",
        "tribe_rsvp",
        "tribe_tpp",
        "mec_",
        "location",
        "event-recurring",
    ];

    private static readonly string[] People =
    [
        "expert",
        "people",
        "person",
        "team",
        "staff",
        "fellow",
        "scholar",
        "member",
        "speaker",
        "bio",
        "profile",
        "contributor",
        "author",
        "faculty",
        "trustee",
    ];

    private readonly WordPressMapping mapping = new(given);
    private readonly Dictionary<string, PostTypeRule> types = [];
    private readonly Dictionary<string, TypeRule> kinds = [];

    /// <summary>The file as text: the existing content, followed by the proposal.</summary>
    public string Write(string source)
    {
        foreach (var (name, type) in look.Types.Where(type => IsContent(type.Key)))
            if (!given.PostTypes.ContainsKey(name) && mapping.Of(name).To == "nothing")
                types[name] = Guess(name, type);
        foreach (var (name, type) in look.Types.Where(type => IsContent(type.Key)))
            AddFields(name, type);
        var file = given with
        {
            PostTypes = Merged(given.PostTypes, types),
            Taxonomies = Merged(
                given.Taxonomies,
                look.Taxonomies.Keys.Where(name => name is not ("category" or "post_tag") && mapping.IsRead(name) && name.Length > 0)
                    .ToDictionary(name => name, name => GuessTaxonomy(name))
            ),
            Types = Merged(given.Types, kinds),
        };
        var json = (JsonObject)JsonSerializer.SerializeToNode(file, Settings)!;
        Prune(json);
        var head = new List<string>
        {
            $"// Proposed for {OneLine(source)}. Look at each line, change what is wrong, then: import wordpress … --mapping THIS-FILE",
            "// Taxonomies and post types that stand here with \"nothing\" are left out.",
        };
        head.AddRange(
            types
                .Where(type => look.Types[type.Key].Titles.Count > 0)
                .Select(type =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"// {type.Key}: {look.Types[type.Key].Count} seen, such as “{OneLine(look.Types[type.Key].Titles[0])}”: {type.Value.To}"
                    )
                )
        );
        return string.Join('\n', head) + "\n" + json.ToJsonString(Settings) + "\n";
    }

    /// <summary>Post types and fields without any rule yet, for a check.</summary>
    public IReadOnlyDictionary<string, PostTypeRule> Proposed => types;

    public static bool IsContent(string type) =>
        !Technical.Any(own => type.StartsWith(own, StringComparison.Ordinal)) && !LimitedPosts.IsRule(type);

    private PostTypeRule Guess(string name, TypeLook type)
    {
        if (IsOfPeople(name))
            return new PostTypeRule("expert", Kind: name.Contains("fellow", StringComparison.OrdinalIgnoreCase) ? "fellow" : null);
        if (FieldGuess.Start(type) is { } start)
            return new PostTypeRule("event") { Fields = new() { ["startsAt"] = start } };
        if (name.Contains("page", StringComparison.OrdinalIgnoreCase))
            return new PostTypeRule("page");
        var slug = Slugs.FromText(name.Replace('_', '-'));
        if (slug.Length == 0)
            return new PostTypeRule("article");
        if (mapping.FindType(slug, name) is { } known)
            return new PostTypeRule("article", known.Slug);
        var label = char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ').Replace('-', ' ');
        kinds.TryAdd(slug, new TypeRule(label, label.EndsWith('s') ? label : label + "s"));
        return new PostTypeRule("article", slug);
    }

    // Whole words: a biography is about a person, biodiversity is not.
    private static bool IsOfPeople(string name) =>
        name.Split('_', '-')
            .Any(word =>
                People.Any(person =>
                    word.Equals(person, StringComparison.OrdinalIgnoreCase) || word.Equals(person + "s", StringComparison.OrdinalIgnoreCase)
                )
            );

    private static TaxonomyRule GuessTaxonomy(string name) =>
        name.Contains("format", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("type", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("types", StringComparison.OrdinalIgnoreCase)
            ? new("type")
        : IsOfPeople(name) && !name.Contains("categor", StringComparison.OrdinalIgnoreCase)
            ? new("expert", Role: name.Contains("author", StringComparison.OrdinalIgnoreCase) ? "author" : "featured")
        : new("topic", WordPressMapping.Default.KindOf(name));

    private void AddFields(string name, TypeLook type)
    {
        var rule = types.GetValueOrDefault(name) ?? given.PostTypes.GetValueOrDefault(name) ?? mapping.Of(name);
        if (rule.To == "nothing" || given.PostTypes.ContainsKey(name))
            return;
        var found = new Dictionary<string, List<string>>();
        foreach (var (field, samples) in type.Fields)
            if (
                FieldGuess.MemberOf(field, samples, rule.To, look, ResourceOf) is { } member
                && !rule.Fields.ContainsKey(member)
                && WordPressMapping.FieldsOf(rule.To).Contains(FieldMembers.WithoutRole(member))
                && !field.Contains(',', StringComparison.Ordinal)
            )
                (found.TryGetValue(member, out var names) ? names : found[member] = []).Add(field);
        if (found.Count == 0)
            return;
        var fields = new Dictionary<string, string>(rule.Fields);
        foreach (var (member, names) in found)
            fields[member] = FieldGuess.TakesMany(member) ? string.Join(", ", names) : names[0];
        types[name] = rule with { Fields = fields };
    }

    private string ResourceOf(string id) =>
        look.TypeOf.GetValueOrDefault(id) is { } type ? (types.GetValueOrDefault(type) ?? mapping.Of(type)).To : "";

    private static Dictionary<string, T> Merged<T>(Dictionary<string, T> given, Dictionary<string, T> proposed)
    {
        var merged = new Dictionary<string, T>(given);
        foreach (var (name, rule) in proposed)
            merged.TryAdd(name, rule);
        return merged;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Prune(JsonObject json)
    {
        foreach (var (name, value) in json.ToList())
            if (value is JsonObject { Count: 0 } or JsonArray { Count: 0 })
                json.Remove(name);
            else if (value is JsonObject below)
            {
                Prune(below);
            }
    }
}

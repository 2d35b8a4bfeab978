using System.Text.Json.Nodes;
using Api.Import.Lines.Values;

namespace Api.Import.WordPress.Mapping;

/// <summary>Finds the article type that a category or tag names: "Op-eds" is a kind of text, not a topic.</summary>
/// <param name="own">The site's own types, which precede the default ones.</param>
internal sealed class WordPressTypes(IEnumerable<WordPressType> own)
{
    /// <summary>The type of posts whose terms name none.</summary>
    public static readonly WordPressType Default = new("article", "Article", "Articles", []);

    private static readonly WordPressType[] Usual =
    [
        new("op-ed", "Op-ed", "Op-eds", ["opeds", "opinion", "opinions"]),
        new("in-the-media", "In the media", "In the media", ["inthenews", "mediaappearance", "mediaappearances", "mediacoverage"]),
        new("brief", "Brief", "Briefs", ["briefs", "policybrief", "policybriefs", "issuebrief", "issuebriefs"]),
        new("explainer", "Explainer", "Explainers", ["explainers"]),
        new("report", "Report", "Reports", ["reports"]),
        new("q-and-a", "Q&A", "Q&As", ["qa", "qas", "qandas"]),
        new("press-release", "Press release", "Press releases", ["pressreleases"]),
    ];

    private readonly Dictionary<string, WordPressType> bySlug = own.Concat(Usual)
        .DistinctBy(type => type.Slug)
        .ToDictionary(type => type.Slug, StringComparer.Ordinal);

    private readonly Dictionary<string, WordPressType> byName = own.Concat(Usual)
        .SelectMany(type => type.Terms.Append(type.Slug).Append(type.Label).Select(name => (Name: Bare(Slugs.FromText(name)), Type: type)))
        .DistinctBy(known => known.Name)
        .ToDictionary(known => known.Name, known => known.Type, StringComparer.Ordinal);

    /// <summary>The type a term stands for, by its name or slug; null for a topic.</summary>
    public WordPressType? Find(string slug, string name) =>
        byName.GetValueOrDefault(Bare(Slugs.FromText(name))) ?? byName.GetValueOrDefault(Bare(slug));

    /// <summary>The type with this slug; an unknown type is named after its slug.</summary>
    public WordPressType Get(string slug) => bySlug.GetValueOrDefault(slug) ?? new WordPressType(slug, slug, slug, []);

    private static string Bare(string slug) => slug.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}

/// <summary>A kind of article.</summary>
/// <param name="Slug">Its slug.</param>
/// <param name="Label">Its name.</param>
/// <param name="PluralLabel">Its name in the plural.</param>
/// <param name="Terms">Further names of terms that mean this type.</param>
internal sealed record WordPressType(string Slug, string Label, string PluralLabel, IReadOnlyList<string> Terms)
{
    public JsonObject ToLine() =>
        new()
        {
            ["resource"] = "articleType",
            ["slug"] = Slug,
            ["label"] = Label,
            ["pluralLabel"] = PluralLabel,
        };
}

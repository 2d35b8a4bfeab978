using System.Text.Json.Nodes;

namespace Api.Import.WordPress;

/// <summary>Finds the article type that a category or tag names: "Op-eds" is a kind of text, not a topic.</summary>
internal static class WordPressTypes
{
    /// <summary>The type of posts whose terms name none.</summary>
    public static readonly WordPressType Default = new("article", "Article", "Articles", []);

    private static readonly WordPressType[] Known =
    [
        new("op-ed", "Op-ed", "Op-eds", ["oped", "opeds", "opinion", "opinions"]),
        new("in-the-media", "In the media", "In the media", ["inthemedia", "inthenews", "mediaappearance", "mediaappearances", "mediacoverage"]),
        new("brief", "Brief", "Briefs", ["brief", "briefs", "policybrief", "policybriefs", "issuebrief", "issuebriefs"]),
        new("explainer", "Explainer", "Explainers", ["explainer", "explainers"]),
        new("report", "Report", "Reports", ["report", "reports"]),
        new("q-and-a", "Q&A", "Q&As", ["qa", "qas", "qanda", "qandas"]),
        new("press-release", "Press release", "Press releases", ["pressrelease", "pressreleases"]),
    ];

    private static readonly Dictionary<string, WordPressType> ByName =
        Known.SelectMany(type => type.Names.Select(name => (name, type))).ToDictionary(t => t.name, t => t.type, StringComparer.Ordinal);

    /// <summary>The type a term stands for, by its slug or name; null for a topic.</summary>
    public static WordPressType? Find(string slug, string name) => ByName.GetValueOrDefault(Bare(Slugs.FromText(name))) ?? ByName.GetValueOrDefault(Bare(slug));

    private static string Bare(string slug) => slug.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}

/// <summary>A kind of article.</summary>
internal sealed record WordPressType(string Slug, string Label, string PluralLabel, IReadOnlyList<string> Names)
{
    public JsonObject ToLine() => new() { ["resource"] = "articleType", ["slug"] = Slug, ["label"] = Label, ["pluralLabel"] = PluralLabel };
}

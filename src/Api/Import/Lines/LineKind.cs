using Api.Import.Staging;

namespace Api.Import.Lines;

/// <summary>A kind of line, one for each resource.</summary>
/// <param name="Resource">The value of the member <c>resource</c>.</param>
/// <param name="Read">Reads the members that only this kind has.</param>
/// <param name="Table">The table that stores them; null for redirects, which are not items.</param>
internal sealed record LineKind(string Resource, Func<LineDraft, object> Read, DetailTable? Table)
{
    /// <summary>All kinds, in an order in which they can be written: resources that others refer to come first.</summary>
    public static IReadOnlyList<LineKind> All { get; } =
    [
        new("articleType", ArticleTypeLine.Read, ArticleTypeLine.Table),
        new("topic", TopicLine.Read, TopicLine.Table),
        new("expert", ExpertLine.Read, ExpertLine.Table),
        new("article", ArticleLine.Read, ArticleLine.Table),
        new("event", EventLine.Read, EventLine.Table),
        new("menu", MenuLine.Read, MenuLine.Table),
        new("page", PageLine.Read, PageLine.Table),
        new("redirect", RedirectReader.Read, null),
    ];

    /// <summary>The kind of a resource; null when there is none.</summary>
    public static LineKind? Find(string resource) => All.FirstOrDefault(kind => kind.Resource == resource);
}

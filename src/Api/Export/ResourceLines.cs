namespace Api.Export;

/// <summary>The lines of one resource.</summary>
/// <param name="Name">As in the contract: <c>article</c>, <c>topic</c> …</param>
/// <param name="Sql">One row for each line, one column for each member; see <see cref="LineColumns"/>.</param>
internal sealed record ResourceLines(string Name, string Sql)
{
    /// <summary>The lines of all resources, in the order of an export.</summary>
    public static IReadOnlyList<ResourceLines> All { get; } =
    [
        new("articleType", StructureSql.ArticleTypes),
        new("topic", StructureSql.Topics),
        new("expert", WorkSql.Experts),
        new("article", WorkSql.Articles),
        new("event", WorkSql.Events),
        new("page", StructureSql.Pages),
        new("menu", StructureSql.Menus),
        new("redirect", StructureSql.Redirects),
    ];
}

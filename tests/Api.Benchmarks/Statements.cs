using Api.Articles;
using Api.Http;
using Api.Reading;

namespace Api.Benchmarks;

/// <summary>The statements that the API sends for what is measured, for <see cref="Pgbench"/>.</summary>
internal static class Statements
{
    private static readonly SiteCalendar Calendar = new(TimeZones.Find("UTC")!);
    private static readonly Parameter[] Declared = [.. ArticleFilter.Parameters, ArticleFilter.Sort, .. ListParameters.Paging];

    /// <summary>The first page of all articles, with its total.</summary>
    public static (string Script, IReadOnlyDictionary<string, int> Parameters) List
    {
        get
        {
            var query = Query.Parse("", "/v1/articles", Declared, Calendar, DateTime.UnixEpoch);
            var window = PageWindow.From(query, ArticleFilter.Sort);
            var sql = new ArticleListSql(new ArticleFilter { Keys = FilterKeys.Everything }, window, new Ladder(), SearchReach.Usual);
            var parameters = new Dictionary<string, int> { ["offset"] = (int)window.Offset, ["take"] = window.Take, ["rows"] = (int)window.Offset + window.Take };
            return (Pgbench.Together(sql.Page(ArticleRow.Columns), sql.Total(exact: false)), parameters);
        }
    }

    /// <summary>Any article. One in a hundred is a draft and finds nothing, to the advantage of this side.</summary>
    public static (string Script, IReadOnlyDictionary<string, int> Parameters) Item(int articles) =>
        ($"\\set n random(1, {articles})\n{ArticleRepository.FindSql.Replace("@slug", "'article-' || :n::text", StringComparison.Ordinal)};\n", new Dictionary<string, int>());

    /// <summary>A cursor into the list of all articles.</summary>
    public static string CursorAt(DateTime instant)
    {
        var query = Query.Parse("", "/v1/articles", Declared, Calendar, DateTime.UnixEpoch);
        return new Cursor(Position.At(instant, Guid.Empty), false, DateTime.UnixEpoch).Write(Cursor.Bind(query.Canonical, ArticleFilter.Sort.Default!));
    }
}

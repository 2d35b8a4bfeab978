using System.Globalization;
using Api.Articles;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Benchmarks;

/// <summary>
/// What is asked for. Requests for the same answer at the same time share the making of it, so where that is measured all differ; where the
/// statement has to be the same, by the host, which is part of the links in an answer.
/// </summary>
internal static class Asked
{
    private const int Many = 5_000;

    /// <summary>A card's members.</summary>
    public const string Fields = "fields=title,summary,publishedAt,type,experts.name,image,url";

    /// <summary>The list of 20 articles whose answers are compared.</summary>
    public const string List = "/v1/articles";

    /// <summary>The same list as cards.</summary>
    public const string Cards = "/v1/articles.cards.json";

    /// <summary>The first page of all articles, each time for another host.</summary>
    public static IEnumerable<Request> Lists =>
        Numbers.Select(n => new Request(List, $"h{n.ToString(CultureInfo.InvariantCulture)}.example.org"));

    /// <summary>The first page of cards of all articles, each time for another host.</summary>
    public static IEnumerable<Request> CardLists => Lists.Select(list => list with { Path = Cards });

    /// <summary>Pages in the middle of the list of all articles.</summary>
    public static IEnumerable<Request> Deep
    {
        get
        {
            // The corpus spreads evenly over 25 years.
            var middle = new DateTime(2013, 7, 1, 0, 0, 0, DateTimeKind.Utc);
            return Numbers.Select(n => new Request($"{List}?cursor={CursorAt(middle.AddHours(n - (Many / 2)))}"));
        }
    }

    /// <summary>Lists with one filter or two; in a small corpus a few ask for what nothing has, which is a 400.</summary>
    public static IEnumerable<Request> Filtered
    {
        get
        {
            var random = new Random(42);
            var shapes = Shapes.All.Where(shape => shape.Name is "any single filter" or "any pair of filters").ToList();
            return Numbers
                .Take(1_000)
                .Select(n => new Request(
                    $"{List}?{shapes[n % shapes.Count].Make(random)}",
                    $"h{n.ToString(CultureInfo.InvariantCulture)}.example.org"
                ));
        }
    }

    /// <summary>The same with a card's members of each item.</summary>
    public static IEnumerable<Request> WithFields(IEnumerable<Request> lists) =>
        lists.Select(list => list with { Path = $"{list.Path}&{Fields}" });

    /// <summary>Items.</summary>
    public static IEnumerable<Request> Items(IEnumerable<string> slugs) => slugs.Select(slug => new Request($"{List}/{slug}"));

    // Into the list of all articles.
    private static string CursorAt(DateTime instant)
    {
        var query = Query.Parse(
            "",
            List,
            [.. ArticleFilter.Parameters, ArticleFilter.Sort, .. ListParameters.Paging],
            new SiteCalendar(TimeZones.Find("UTC")!),
            DateTime.UnixEpoch
        );
        return new Cursor(Position.At(instant, Guid.Empty), false, DateTime.UnixEpoch).Write(
            Cursor.Bind(query.Canonical, ArticleFilter.Sort.Default!, "")
        );
    }

    private static IEnumerable<int> Numbers => Enumerable.Range(1, Many);
}

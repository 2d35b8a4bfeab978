using System.Diagnostics;
using System.Globalization;
using Api.Articles;
using Api.Data;
using Api.Http;
using Api.Http.Caching;
using Api.Reading;

namespace Api.Benchmarks;

/// <summary>How long a list of each kind takes within the process: look-up of values, page and default count.</summary>
internal static class Plans
{
    public static async Task<int> Run(int articles, int samples)
    {
        await using var corpus = await Corpus.Open(articles);
        var site = SiteSettings.From(corpus.Configuration);
        var calendar = new SiteCalendar(TimeZones.Find(site.TimeZone)!);
        await using var delivery = new DeliveryDatabase(corpus.Connections);
        using var references = new References(delivery, site);
        var keys = new FilterKeyReader(delivery);
        var repository = new ArticleRepository(delivery, references, site, calendar, new Ladder(), SearchReach.Usual);
        var links = new Links(site, "http://localhost");
        IReadOnlyList<Parameter> declared = [.. ArticleFilter.Parameters, ArticleFilter.Sort, .. ListParameters.Paging];
        var random = new Random(42);

        Console.WriteLine($"{"milliseconds, look-up of values, page and default count",-56} {"first page",21} {"deep cursor",21}");
        Console.WriteLine($"{"",-56} {"p50",6} {"p99",6} {"max",7} {"p50",6} {"p99",6} {"max",7}");
        foreach (var (name, make) in Shapes.All)
        {
            var queries = Enumerable.Range(0, samples).Select(_ => make(random)).ToList();
            var (first, deep) = (new List<double>(), new List<double>());
            // A server that has run for an hour: statements are prepared, pages of the tables in memory.
            foreach (var _ in queries) await Ask(make(random), deepAt: null);
            foreach (var text in queries) first.Add(await Ask(text, deepAt: null));
            foreach (var text in queries) deep.Add(await Ask(text, Shapes.Instant(random)));
            Console.WriteLine($"{name,-56} {Figures(first)} {Figures(deep)}   worst: {queries[first.IndexOf(first.Max())]}");
        }
        return 0;

        async Task<double> Ask(string text, DateTime? deepAt)
        {
            var clock = Stopwatch.GetTimestamp();
            var query = Query.Parse("?" + text, "/v1/articles", declared, calendar, DateTime.UnixEpoch);
            var window = PageWindow.From(query, ArticleFilter.Sort);
            if (deepAt is { } instant)
            {
                var position = window.Sort.EndsWith("title", StringComparison.Ordinal) ? Position.At(Shapes.Title(random), Guid.Empty) : Position.At(instant, Guid.Empty);
                window = window with { Cursor = new Cursor(position, false, DateTime.UnixEpoch) };
            }
            var filter = await ArticleFilter.Read(query, keys, default);
            if (query.Problem is { } problem) throw new InvalidOperationException($"{text}: {problem.Detail}");
            await repository.List(filter, window, false, links, new AnswerTags(), default);
            return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        }
    }

    private static string Figures(List<double> times)
    {
        times = [.. times.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2],6:0.0} {times[(int)(times.Count * 0.99)],6:0.0} {times[^1],7:0.0}");
    }
}

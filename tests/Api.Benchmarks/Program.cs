using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Api.Articles;
using Api.Benchmarks;
using Api.Commands;
using Api.Data;
using Api.Http;
using Api.Http.Caching;
using Api.Reading;
using Dapper;
using Microsoft.Extensions.Configuration;

// Usage: dotnet run -c Release --project tests/Api.Benchmarks [-- articles [samples]]
var articles = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var samples = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
var configuration = new ConfigurationBuilder()
    .AddInMemoryCollection([new("PostgreSql:DataFolder", Path.GetFullPath(Path.Combine(".data", $"benchmark-{articles}")))])
    .AddEnvironmentVariables()
    .Build();

await using var server = await ContentServer.Open(configuration, Directory.GetCurrentDirectory(), default);
await using var content = new ContentDatabase(server.Connections);
await using (var owner = await content.DataSource.OpenConnectionAsync())
{
    if (await owner.ExecuteScalarAsync<string?>("select to_regclass('content.listing')::text") is null) await server.Prepare(true, default);
    if (await owner.ExecuteScalarAsync<int>("select count(*) from (select from content.articles limit 1) a") == 0)
    {
        Console.WriteLine($"making {articles} articles; this takes some minutes");
        using var corpus = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("corpus.sql")!);
        await owner.ExecuteAsync(await corpus.ReadToEndAsync());
        await owner.ExecuteAsync($"call corpus({articles})", commandTimeout: 0);
        await owner.ExecuteAsync("vacuum analyze", commandTimeout: 0);
    }
    Console.WriteLine($"{await owner.ExecuteScalarAsync<int>("select articles from content.keys where kind = 'all'")} visible articles, "
        + await owner.ExecuteScalarAsync<string>("select version()"));
}

var site = SiteSettings.From(configuration);
var calendar = new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone));
await using var delivery = new DeliveryDatabase(server.Connections);
using var references = new References(delivery, site);
var keys = new FilterKeyReader(delivery);
var repository = new ArticleRepository(delivery, references, site, calendar, new Ladder());
var links = new Links(site, "http://localhost");
IReadOnlyList<Parameter> declared = [.. ArticleFilter.Parameters, ArticleFilter.Sort, .. ListParameters.Paging];
var random = new Random(42);

Console.WriteLine($"{"milliseconds, look-up of values, page and default count",-56} {"first page",21} {"deep cursor",21}");
Console.WriteLine($"{"",-56} {"p50",6} {"p99",6} {"max",7} {"p50",6} {"p99",6} {"max",7}");
foreach (var (name, make) in Shapes.All)
{
    var queries = Enumerable.Range(0, samples).Select(_ => make(random)).ToList();
    var (first, deep) = (new List<double>(), new List<(double Time, string Query)>());
    foreach (var text in queries.Take(10)) await Ask(text, deepAt: null);
    foreach (var text in queries) first.Add(await Ask(text, deepAt: null));
    foreach (var text in queries) deep.Add((await Ask(text, Shapes.Instant(random)), text));
    var deepTimes = deep.Select(one => one.Time).ToList();
    Console.WriteLine($"{name,-56} {Figures(first)} {Figures(deepTimes)}   worst: {queries[first.IndexOf(first.Max())]}");
}

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

static string Figures(List<double> times)
{
    times = [.. times.Order()];
    return string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2],6:0.0} {times[(int)(times.Count * 0.99)],6:0.0} {times[^1],7:0.0}");
}

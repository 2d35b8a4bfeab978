using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Requests;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Support;

/// <summary>
/// The largest requests that every operation takes, and content that makes the largest headers of them: slugs of 200 bytes that become 600
/// in an address, an article with as many topics and experts as it may have, lists of a hundred items.
/// </summary>
internal static class LargestRequests
{
    /// <summary>Topics and experts of the largest article.</summary>
    public const int Most = 100;

    /// <summary>The slug that every kind of item has, as long as one may be.</summary>
    public static readonly string Slug = LongSlug(0);

    private const int LongestTarget = 8_000;

    /// <summary>A slug of 200 bytes.</summary>
    public static string LongSlug(int number) => string.Create(CultureInfo.InvariantCulture, $"{new string('極', 65)}{number:00000}");

    /// <summary>
    /// Lines of the import format. Each kind of item has <see cref="Slug"/>, one that moved there from <c>LongSlug(90000)</c>, and one that
    /// is gone, at <c>LongSlug(90001)</c>.
    /// </summary>
    public static IEnumerable<string> Content()
    {
        yield return Some.ArticleType(new { slug = Slug, previousSlugs = new[] { Moved } });
        yield return Some.ArticleType(new { slug = "brief" });
        for (var n = 1; n < 60; n++)
            yield return Some.ArticleType(new { slug = Ascii("type", n) });
        for (var n = 0; n < Most; n++)
        {
            yield return Some.Topic(
                new
                {
                    slug = LongSlug(n),
                    previousSlugs = n == 0 ? new[] { Moved } : [],
                    parent = n is > 0 and < 25 ? LongSlug(n - 1) : null,
                }
            );
            yield return Some.Expert(
                new
                {
                    slug = LongSlug(n),
                    previousSlugs = n == 0 ? new[] { Moved } : [],
                    program = LongSlug(n),
                }
            );
        }
        for (var n = 0; n < 50; n++)
        {
            yield return Some.Topic(new { slug = Ascii("topic", n) });
            yield return Some.Expert(new { slug = Ascii("expert", n), familyName = new string('極', 66) });
        }
        var (topics, experts) = (
            Enumerable.Range(0, Most).Select(LongSlug).ToArray(),
            Enumerable.Range(0, Most).Select(n => new { slug = LongSlug(n), role = "author" }).ToArray()
        );
        for (var n = 0; n < 130; n++)
        {
            var title = $"{new string('極', 300)} {n}";
            var largest = n < 3;
            yield return Some.Article(
                new
                {
                    slug = LongSlug(n),
                    previousSlugs = n == 0 ? new[] { Moved } : [],
                    type = Slug,
                    title,
                    language = "en-Latn-GB",
                    topics = largest ? topics : [Slug, Ascii("topic", n % 50)],
                    experts = largest ? experts : [new { slug = Slug, role = "author" }],
                    source = new
                    {
                        slug = n == 0 ? Slug : LongSlug(n % 40),
                        name = $"Outlet {n % 40}",
                        url = "https://news.example.org/x",
                    },
                }
            );
            yield return Some.Event(
                new
                {
                    slug = LongSlug(n),
                    previousSlugs = n == 0 ? new[] { Moved } : [],
                    title,
                    topics = largest ? topics : [Slug],
                    experts = largest ? experts : [new { slug = Slug, role = "author" }],
                }
            );
            yield return Some.Page(
                new
                {
                    slug = LongSlug(n),
                    previousSlugs = n == 0 ? new[] { Moved } : [],
                    title,
                }
            );
        }
        yield return Some.Menu(
            new
            {
                slug = Slug,
                previousSlugs = new[] { Moved },
                items = Enumerable
                    .Range(0, 100)
                    .Select(n => new { label = $"Entry {n}", target = new { article = LongSlug(n) } })
                    .ToArray(),
            }
        );
        for (var n = 0; n < 110; n++)
            yield return Some.Redirect($"/{new string('極', 600)}/{n}", $"articles/{LongSlug(n)}");
        foreach (
            var line in new[]
            {
                Some.Topic(Gone),
                Some.Expert(Gone),
                Some.Article(Gone),
                Some.Event(Gone),
                Some.Page(Gone),
                Some.Menu(Gone),
            }
        )
            yield return line;
    }

    /// <summary>The same items, once they have been seen: those that are gone.</summary>
    public static IEnumerable<string> Withdrawals() =>
        Content()
            .Where(line => line.Contains(LongSlug(90001), StringComparison.Ordinal))
            .Select(line =>
                line.Replace("\"publicationStatus\":\"published\"", "\"publicationStatus\":\"draft\"", StringComparison.Ordinal)
            );

    /// <summary>
    /// Asks every operation for all it takes: each parameter by itself as large as it may be, and as many together as go together.
    /// </summary>
    /// <param name="services">Of the API, with <see cref="Content"/> in it.</param>
    /// <param name="ask">Sends a request for a path with its query; gives the status, and the link to the next page.</param>
    /// <returns>The requests that were answered 200 or 301, of each operation one or more: those that cannot be made larger.</returns>
    public static async Task<IReadOnlyList<string>> Find(IServiceProvider services, Func<string, Task<(int Status, string? Next)>> ask)
    {
        var largest = new List<string>();
        foreach (var endpoint in Operations(services))
        {
            // Texts to search for last, as a search takes the most time: they are only in those requests that are large already, and in
            // those that begin with them.
            var parameters = (endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters ?? [])
                .OrderBy(parameter => parameter.Kind is ParameterKind.Search)
                .ToList();
            foreach (var path in Paths(endpoint))
            {
                var required = parameters
                    .Where(parameter => parameter.Required)
                    .Select(parameter => $"{parameter.Name}={Values(parameter).Last()}")
                    .ToList();
                // Each as large as it may be, and then what there is room for as well.
                foreach (var first in parameters.Append<Parameter?>(null))
                {
                    var query = required.ToList();
                    foreach (var parameter in parameters.Prepend(first).OfType<Parameter>())
                    {
                        foreach (var value in Values(parameter))
                        {
                            List<string> more =
                            [
                                .. query.Where(pair => !pair.StartsWith($"{parameter.Name}=", StringComparison.Ordinal)),
                                $"{parameter.Name}={value}",
                            ];
                            if (more.Count == query.Count && !parameter.Required)
                                break;
                            if (Target(path, more).Length > LongestTarget || (await ask(Target(path, more))).Status is not (200 or 301))
                                continue;
                            query = more;
                            break;
                        }
                    }
                    var (status, next) = await ask(Target(path, query));
                    if (status is not (200 or 301))
                        continue;
                    largest.Add(Target(path, query));
                    if (next is not null && next.Length <= LongestTarget && (await ask(next)).Status == 200)
                        largest.Add(next);
                }
            }
        }
        return [.. largest.Distinct()];
    }

    /// <summary>
    /// What is answered with a problem, at length: values that are nearly right, in lists of what is allowed, on addresses as long as they
    /// may be.
    /// </summary>
    public static IEnumerable<string> Mistakes(IServiceProvider services)
    {
        foreach (var endpoint in Operations(services))
        {
            var path = Paths(endpoint).First();
            yield return $"{path}?{new string('x', LongestTarget - path.Length - 3)}=1";
            yield return $"{path}?no-such-parameter={new string('x', 2 * LongestTarget)}";
            foreach (var parameter in endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters ?? [])
            {
                yield return $"{path}?{parameter.Name}=";
                yield return $"{path}?{parameter.Name}={Escaped("極" + Slug[1..])}";
                yield return $"{path}?{parameter.Name}={Escaped(LongSlug(90001))}";
                yield return $"{path}?{parameter.Name}={new string('x', LongestTarget - path.Length - parameter.Name.Length - 3)}";
            }
            foreach (var gone in new[] { LongSlug(90001), LongSlug(90002), new string('極', 800), "%00" })
                if (endpoint.RoutePattern.GetParameter("slug") is not null)
                    yield return Path(endpoint, gone);
        }
        yield return "/" + new string('x', LongestTarget - 1);
        yield return $"/v1/{Escaped(new string('極', 800))}";
    }

    /// <summary>The endpoints that are operations of the OpenAPI document, and sitemaps, but for streams.</summary>
    public static IEnumerable<RouteEndpoint> Operations(IServiceProvider services) =>
        services
            .GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<AnswerShape>() is not null && endpoint.Metadata.GetMetadata<StreamedAnswer>() is null
            );

    private static string Moved => LongSlug(90000);

    private static object Gone => new { slug = LongSlug(90001), publicationStatus = "published" };

    private static string Ascii(string prefix, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-{new string('x', 70)}-{number}");

    private static string Target(string path, IEnumerable<string> query) =>
        string.Join('&', query) is { Length: > 0 } text ? $"{path}?{text}" : path;

    private static IEnumerable<string> Paths(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.GetParameter("slug") is null ? [Path(endpoint, "")] : [Path(endpoint, Slug), Path(endpoint, Moved)];

    private static string Path(RouteEndpoint endpoint, string slug) =>
        "/"
        + endpoint
            .RoutePattern.RawText!.Trim('/')
            .Replace("{slug}", Escaped(slug), StringComparison.Ordinal)
            .Replace("{name}", "article", StringComparison.Ordinal);

    // The largest first; those after it have more room for other parameters beside them.
    private static IEnumerable<string> Values(Parameter parameter) =>
        parameter.Kind switch
        {
            ParameterKind.Slug or ParameterKind.Slugs => Slugs(parameter),
            ParameterKind.Choice => parameter.Allowed.OrderByDescending(value => value.Length),
            ParameterKind.Choices => [string.Join(',', parameter.Allowed), .. parameter.Allowed],
            ParameterKind.Flag => ["false"],
            ParameterKind.Number => [Math.Min(parameter.Max, parameter.Once ? 1 : 100).ToString(CultureInfo.InvariantCulture)],
            ParameterKind.Date => ["2000-01-01T00%3A00%3A00.000000%2B00%3A00", "2000-01-01"],
            ParameterKind.Year => ["2024"],
            ParameterKind.Language => ["en-Latn-GB", "en"],
            ParameterKind.Search => [Escaped(string.Join(' ', Enumerable.Repeat(new string('極', 11), 16))), Escaped("極極")],
            ParameterKind.Fields => [Fields(parameter)],
            ParameterKind.Text => parameter.Name == "path" ? [Escaped($"/{new string('極', 600)}/1")] : ["0"],
            _ => [],
        };

    private static IEnumerable<string> Slugs(Parameter parameter)
    {
        if (parameter.Name == "role")
            return ["author"];
        if (parameter.Name == "kind")
            return ["issue,staff", "issue", "staff"];
        return
        [
            string.Join(',', Enumerable.Range(0, 12).Select(n => Escaped(LongSlug(n)))),
            .. new[] { "topic", "expert", "type" }.Select(prefix =>
                string.Join(',', Enumerable.Range(1, 49).Select(n => Ascii(prefix, n)))
            ),
            string.Join(',', Enumerable.Range(0, 3).Select(n => Escaped(LongSlug(n)))),
            Escaped(Slug),
        ];
    }

    // As many members as may be named, those with the longest names.
    private static string Fields(Parameter parameter)
    {
        var text = new StringBuilder();
        foreach (var path in MembersOf(parameter.Contract!, "", 3).OrderByDescending(path => path.Length).Take(parameter.MaxItems))
        {
            if (text.Length + path.Length + 1 <= parameter.MaxTotal)
                text.Append(text.Length == 0 ? "" : ",").Append(path);
        }
        return text.ToString();
    }

    private static IEnumerable<string> MembersOf(Type type, string prefix, int depth)
    {
        var info = ApiJson.Settings.GetTypeInfo(type);
        if (info.Kind == JsonTypeInfoKind.Enumerable)
            info = ApiJson.Settings.GetTypeInfo(info.ElementType!);
        if (info.Kind != JsonTypeInfoKind.Object || depth == 0)
            return [];
        return info.Properties.SelectMany(member =>
            MembersOf(member.PropertyType, $"{prefix}{member.Name}.", depth - 1).Prepend(prefix + member.Name)
        );
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}

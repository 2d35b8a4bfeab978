using System.Globalization;
using Api.Http.Parameters;
using Api.Http.Requests;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Support;

/// <summary>
/// Every address of every endpoint: with every parameter, each with every value that means something to the content, and filters in one
/// order after the other.
/// </summary>
internal sealed record Addresses
{
    /// <summary>Slugs that items have, had, or never had.</summary>
    public required IReadOnlyList<string> Slugs { get; init; }

    /// <summary>More of them, asked for without parameters.</summary>
    public IReadOnlyList<string> MoreSlugs { get; init; } = [];

    /// <summary>What filters are to find: slugs, roles, kinds.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    public IReadOnlyList<string> Languages { get; init; } = ["en"];

    /// <summary>Paths of the old site.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>What is searched for.</summary>
    public IReadOnlyList<string> Searches { get; init; } = [];

    /// <summary>Each filter in an order as well, in turn, rather than by itself only.</summary>
    public bool Crossed { get; init; } = true;

    public IEnumerable<string> Of(IServiceProvider services)
    {
        foreach (var endpoint in services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<AnswerShape>() is null || endpoint.Metadata.GetMetadata<StreamedAnswer>() is not null)
                continue;
            var pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            var parameters = (endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters ?? [])
                .Where(parameter => !parameter.NeedsKey)
                .ToList();
            // What is required is there in each address, the first of its values beside others.
            var required = parameters.FirstOrDefault(parameter => parameter.Required);
            var given = required is null ? [""] : Of(required).Select(value => $"?{required.Name}={Uri.EscapeDataString(value)}").ToList();
            var single = parameters
                .Where(parameter => !parameter.Required)
                .SelectMany(parameter => Of(parameter).Select(value => $"{parameter.Name}={Uri.EscapeDataString(value)}"))
                .ToList();
            // A format is written from what JSON is written from, so a tenth of it tells.
            if (endpoint.Metadata.GetMetadata<OtherFormat>() is not null)
                single = [.. single.Where((_, n) => n % 10 == 0)];
            var filters = single.Where(pair => !pair.StartsWith("sort=", StringComparison.Ordinal)).ToList();
            var sorts = Crossed ? single.Except(filters).ToList() : [];
            // Another format is the same handler's: it is written of the same items.
            if (endpoint.Metadata.GetMetadata<OtherFormat>() is not null)
            {
                foreach (var path in Paths(pattern, Slugs))
                    yield return path + given[0];
                continue;
            }
            foreach (var path in Paths(pattern, Slugs))
            {
                foreach (var one in given)
                    yield return path + one;
                var start = required is null ? path + "?" : $"{path}{given[0]}&";
                foreach (var one in single)
                    yield return start + one;
                for (var n = 0; n < filters.Count && sorts.Count > 0; n++)
                    yield return $"{start}{filters[n]}&{sorts[n % sorts.Count]}";
            }
            foreach (var path in Paths(pattern, MoreSlugs))
                yield return path;
        }
    }

    private static IEnumerable<string> Paths(string pattern, IReadOnlyList<string> slugs) =>
        pattern.Contains("{slug}", StringComparison.Ordinal)
            ? slugs.Select(slug => pattern.Replace("{slug}", Uri.EscapeDataString(slug), StringComparison.Ordinal))
            : [pattern];

    /// <summary>Values of a parameter.</summary>
    public IEnumerable<string> Of(Parameter parameter) =>
        parameter.Kind switch
        {
            ParameterKind.Slug or ParameterKind.Slugs => [.. parameter.Allowed, .. Values],
            ParameterKind.Choice or ParameterKind.Choices => [.. parameter.Allowed, string.Join(',', parameter.Allowed)],
            ParameterKind.Flag => ["true", "false"],
            ParameterKind.Number =>
            [
                Math.Max(parameter.Min, 1).ToString(CultureInfo.InvariantCulture),
                Math.Min(parameter.Max, 2).ToString(CultureInfo.InvariantCulture),
            ],
            ParameterKind.Date => ["2015-05-05"],
            ParameterKind.Instant => [DemoFixture.Now.AddDays(30).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)],
            ParameterKind.Year => ["2014"],
            ParameterKind.Language => Languages,
            ParameterKind.Search => Searches.Count > 0 ? Searches : [parameter.Example ?? "x"],
            ParameterKind.Text => [.. Texts, parameter.Example ?? "x"],
            _ => [],
        };
}

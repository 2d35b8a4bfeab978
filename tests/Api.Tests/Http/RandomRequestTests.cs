using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Api.Http.Errors;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Http;

/// <summary>
/// Any parameters of any endpoint at once, and where the links of the answers lead: each is answered, and says what is wrong if it is no
/// success.
/// </summary>
public class RandomRequestTests(DemoFixture api) : IClassFixture<DemoFixture>
{
    private static readonly int Requests = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_RANDOM_REQUESTS") ?? "2000",
        CultureInfo.InvariantCulture
    );
    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_RANDOM_SEED") ?? "5",
        CultureInfo.InvariantCulture
    );

    private readonly Random random = new(Seed);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_request_has_an_answer()
    {
        var slugs = await Slugs();
        string?[] keys = [null, null, await SomeKey.Preview(api.ContentDatabase), await SomeKey.Early(api.ContentDatabase, "china")];
        var values = new Addresses
        {
            Slugs = [],
            Values = [.. slugs.SelectMany(collection => collection.Value), "author", "staff", "never-there"],
            Languages = ["en", "fr", "xx"],
            Texts = ["/about"],
            Searches = ["china", "a", "the world", "\"sea lanes\" -china", "chnia", "zqxv"],
        };
        var endpoints = api
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<AnswerShape>() is not null
                && endpoint.Metadata.GetMetadata<FileAnswer>() is null
                && endpoint.Metadata.GetMetadata<StreamedAnswer>() is null
            )
            .ToList();
        var articles = endpoints.Single(endpoint => endpoint.RoutePattern.RawText?.Trim('/') == "v1/articles");
        var whole = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<OtherFormat>() is null).ToList();
        var (asked, successes) = (0, 0);
        while (asked < Requests)
        {
            // Every second one asks a list of articles: nothing else takes so much at once. Of the others most are JSON, from which other
            // formats are written.
            var endpoint = random.Next(2) == 0 ? articles : Any(random.Next(4) == 0 ? endpoints : whole);
            var own =
                slugs.GetValueOrDefault(endpoint.RoutePattern.RawText!.Trim('/').Split('/', '.').ElementAtOrDefault(1) ?? "")
                ?? slugs["articles"];
            var path =
                "/"
                + endpoint.RoutePattern.RawText!.Trim('/').Replace("{slug}", Any(own), StringComparison.Ordinal)
                + Query(endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters ?? [], values, slugs, own);
            var key = Any(keys);
            for (var step = 0; path is not null && step < 3; step++, asked++)
            {
                var (isSuccess, next) = await Ask(path, key);
                if (isSuccess)
                    successes++;
                path = next;
            }
        }
        // Neither all mistakes nor none.
        Assert.InRange(successes, asked / 10, asked * 19 / 20);
    }

    private async Task<(bool IsSuccess, string? Next)> Ask(string path, string? key)
    {
        using var request = SomeKey.Request(path, key);
        using var answer = await api.Client.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)answer.StatusCode < 500, $"{path} answered {(int)answer.StatusCode}: {text}");
        if (answer.StatusCode is HttpStatusCode.MovedPermanently)
            return (true, Local(answer.Headers.Location!.ToString()));
        if (answer.Content.Headers.ContentType?.MediaType is not ("application/json" or Problem.MediaType))
            return (answer.IsSuccessStatusCode, null);
        var json = JsonNode.Parse(text, documentOptions: new() { MaxDepth = 256 })!;
        if (!answer.IsSuccessStatusCode)
        {
            Assert.True(json["code"] is not null && json["detail"]?.GetValue<string>() is { Length: > 0 }, $"{path} answered {text}");
            return (false, null);
        }
        if (json is not JsonObject { } envelope || envelope["page"] is not JsonObject page || envelope["data"] is not JsonArray data)
            return (true, null);
        Assert.True(data.Count <= page["limit"]!.GetValue<int>(), $"{path} holds {data.Count}");
        if (page["total"]?.GetValue<int>() is { } total)
            Assert.True(data.Count <= total, $"{path} holds {data.Count} of {total}");
        var links = new[] { "next", "prev", "previous", "last", "first" }
            .Select(name => envelope["links"]?[name]?.GetValue<string>())
            .OfType<string>()
            .ToList();
        return (true, links.Count == 0 ? null : Local(Any(links)));
    }

    private string Query(IReadOnlyList<Parameter> parameters, Addresses values, Dictionary<string, List<string>> slugs, List<string> own)
    {
        var chosen = parameters
            .Where(parameter =>
                random.Next(parameters.Count)
                < (parameter.View || parameter.Required || parameter.Kind is ParameterKind.Search ? parameters.Count / 2 : 1)
            )
            .ToDictionary(parameter => parameter.Name, Value);
        // What is in the order given has to be given.
        if (chosen.GetValueOrDefault("sort") == "given")
            chosen["slug"] = string.Join(',', own.OrderBy(_ => random.Next()).Take(4));
        return string.Join('&', chosen.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}")) is { Length: > 0 } query
            ? "?" + query
            : "";

        string Value(Parameter parameter)
        {
            // Now and then any slug: most mistakes are values of another kind.
            var some =
                parameter.Kind is ParameterKind.Fields ? [.. FieldSelection.NamesOf(parameter.Contract!)]
                : random.Next(10) > 0
                && slugs.Keys.FirstOrDefault(collection =>
                    collection.EndsWith(
                        parameter
                            .Name.Replace("exclude", "", StringComparison.Ordinal)
                            .Replace("All", "", StringComparison.Ordinal)
                            .ToLowerInvariant() + "s",
                        StringComparison.Ordinal
                    )
                )
                    is { } collection
                    ? slugs[collection]
                : parameter.Name is "slug" or "exclude" ? own
                : values.Of(parameter).ToList();
            if (some.Count == 0 || random.Next(20) == 0)
                return parameter.Example ?? "x";
            return parameter.IsList && random.Next(2) == 0 ? $"{Any(some)},{Any(some)}" : Any(some);
        }
    }

    private T Any<T>(IEnumerable<T> all) => all.ElementAt(random.Next(all.Count()));

    private static string Local(string url) =>
        url.StartsWith(DemoFixture.PublicUrl, StringComparison.Ordinal) ? url[DemoFixture.PublicUrl.Length..] : url;

    private async Task<Dictionary<string, List<string>>> Slugs()
    {
        var slugs = new Dictionary<string, List<string>>();
        foreach (var collection in new[] { "articles", "article-types", "topics", "experts", "events", "pages", "menus" })
            slugs[collection] =
            [
                .. (await api.GetJson($"/v1/{collection}"))["data"]!
                    .AsArray()
                    .Take(8)
                    .Select(item => (item!["slug"] ?? item["topic"]?["slug"])!.GetValue<string>()),
            ];
        return slugs;
    }
}

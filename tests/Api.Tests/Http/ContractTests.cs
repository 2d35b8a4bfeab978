using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Data;
using Api.Http.Errors;
using Api.Http.OpenApi;
using Api.Tests.Support;

namespace Api.Tests.Http;

/// <summary>
/// What is committed under <c>openapi/</c> is what is served. <c>openapi/record</c> writes it anew.
/// </summary>
public class ContractTests(DemoFixture api) : IClassFixture<DemoFixture>
{
    private static readonly bool Recording = Environment.GetEnvironmentVariable("RECORD") == "1";
    private static readonly string Folder = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "openapi");
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_committed_documents_are_those_that_are_served()
    {
        foreach (var definition in Definition.All)
            await Keep(
                $"{definition.Name}.json",
                await api.Client.GetStringAsync(new Uri(definition.Path, UriKind.Relative), TestContext.Current.CancellationToken)
            );
    }

    [Fact]
    public async Task Every_example_is_what_the_demo_content_answers()
    {
        foreach (var (path, operation) in await Operations())
        {
            var answer = await api.GetJson(Address(path, operation, filledIn: true, limit: 1));
            Steady(answer);
            await Keep(Path.Combine("examples", $"{operation["operationId"]}.json"), answer.ToJsonString(Readable) + "\n");
        }
    }

    [Fact]
    public async Task What_swagger_ui_fills_in_has_an_answer()
    {
        foreach (var (path, operation) in await Operations())
        {
            var answer = await api.GetJson(Address(path, operation, filledIn: true));
            if (answer["data"] is JsonArray data)
                Assert.True(data.Count > 0, $"{operation["operationId"]} shows nothing");
        }
        foreach (var (path, operation) in await Operations(inJson: false))
        {
            using var answer = await api.Client.GetAsync(
                new Uri(Address(path, operation, filledIn: true), UriKind.Relative),
                // A stream has no end.
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken
            );
            Assert.True(answer.IsSuccessStatusCode, $"{operation["operationId"]} answers {answer.StatusCode}");
            Assert.Equal(
                operation["responses"]!["200"]!["content"]!.AsObject().Single().Key,
                answer.Content.Headers.ContentType!.MediaType
            );
            if (answer.Headers.TryGetValues("X-Total-Count", out var total))
                Assert.True(int.Parse(total.Single(), CultureInfo.InvariantCulture) > 0, $"{operation["operationId"]} shows nothing");
        }
    }

    [Fact]
    public async Task Instants_are_in_UTC_and_say_so()
    {
        var instants = 0;
        foreach (var (path, operation) in await Operations())
        {
            var text = (await api.GetJson(Address(path, operation, filledIn: true, limit: 20))).ToJsonString();
            foreach (var instant in Regex.Matches(text, "\"\\d{4}-\\d\\d-\\d\\dT[^\"]*\"").Select(match => match.Value))
            {
                instants++;
                Assert.EndsWith("Z\"", instant, StringComparison.Ordinal);
            }
        }
        Assert.True(instants > 100, $"only {instants} instants");
    }

    [Fact]
    public async Task Every_example_of_a_parameter_finds_something()
    {
        var empty = new List<string>();
        foreach (var (path, operation) in await Operations())
        {
            foreach (
                var parameter in (operation["parameters"]?.AsArray() ?? []).Where(parameter =>
                    parameter!["schema"]!["examples"] is not null
                )
            )
            {
                var address = Address(path, operation, filledIn: false);
                var value = parameter!["schema"]!["examples"]![0]!;
                var text = value is JsonArray list ? string.Join(',', list.Select(item => item!.ToString())) : value.ToString();
                address +=
                    $"{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{parameter["name"]}={Uri.EscapeDataString(text)}";
                var answer = await api.GetJson(address);
                if (answer["data"] is JsonArray { Count: 0 })
                    empty.Add(address);
            }
        }
        Assert.Empty(empty);
    }

    [Fact]
    public async Task What_the_page_of_a_problem_shows_is_true()
    {
        foreach (var kind in ProblemKind.All)
        {
            if (ProblemTrial.Of(kind).Fails is { } fails)
            {
                using var answer = await api.Client.GetAsync(new Uri(fails, UriKind.Relative), TestContext.Current.CancellationToken);
                var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
                Assert.Equal((kind.Code, kind.Status), (problem["code"]?.GetValue<string>(), (int)answer.StatusCode));
            }
            if (ProblemTrial.Of(kind).Works is { } works)
                await api.GetJson(works);
        }
    }

    // Numbers of changes and their instants are others each time the content is loaded.
    private static void Steady(JsonNode answer)
    {
        if (answer["data"] is JsonObject data && data.ContainsKey("sequence"))
            data["sequence"] = 200;
        if (answer["data"] is not JsonArray changes || answer["page"]?["more"] is null)
            return;
        foreach (var change in changes)
            (change!["sequence"], change["at"]) = (12, "2026-06-01T12:00:00Z");
        answer["page"]!["next"] = "12.b7J2xKqA";
        answer["links"]!["next"] = Regex.Replace(answer["links"]!["next"]!.GetValue<string>(), @"since=.*", "since=12.b7J2xKqA");
    }

    private static async Task Keep(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        if (Recording)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        }
        Assert.True(File.Exists(path), $"openapi/{file} is not recorded yet: run openapi/record");
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), text);
    }

    private async Task<List<(string Path, JsonNode Operation)>> Operations(bool inJson = true)
    {
        var paths = new List<(string Path, JsonNode Operation)>();
        foreach (var definition in Definition.All)
            paths.AddRange((await api.GetJson(definition.Path))["paths"]!.AsObject().Select(path => (path.Key, path.Value!["get"]!)));
        return [.. paths.Where(path => path.Operation["responses"]!["200"]!["content"]!["application/json"] is null != inJson)];
    }

    // The slug of the path and what is required; with filledIn also what Swagger UI fills in.
    private static string Address(string path, JsonNode operation, bool filledIn, int? limit = null)
    {
        var query = new List<string>();
        foreach (var parameter in (operation["parameters"]?.AsArray() ?? []).Select(parameter => parameter!))
        {
            var name = parameter["name"]!.GetValue<string>();
            if (parameter["in"]!.GetValue<string>() == "path")
                path = path.Replace(
                    $"{{{name}}}",
                    Uri.EscapeDataString(
                        parameter["example"]?.ToString() ?? throw new InvalidOperationException($"{path} has no example of {name}")
                    ),
                    StringComparison.Ordinal
                );
            else if (name == "limit" && limit is not null)
                query.Add($"limit={limit}");
            else if (parameter["example"] is { } example && (filledIn || parameter["required"]?.GetValue<bool>() == true))
                query.Add(
                    $"{name}={Uri.EscapeDataString(example is JsonArray list ? string.Join(',', list.Select(value => value!.ToString())) : example.ToString())}"
                );
        }
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }
}

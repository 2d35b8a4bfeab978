using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Http;

public class OpenApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Always = ["200", "400", "406", "414", "500", "503"];

    [Fact]
    public async Task The_document_is_of_version_3_1_and_needs_no_key()
    {
        var document = await api.GetJson("/openapi/v1.json");
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("/", document["servers"]![0]!["url"]!.GetValue<string>());
        Assert.Equal("[{}]", document["security"]!.ToJsonString());
    }

    [Fact]
    public async Task Every_operation_says_what_it_is()
    {
        var operations = await Operations();
        Assert.Contains("ListArticles", operations.Select(operation => operation["operationId"]!.GetValue<string>()));
        Assert.All(operations, operation =>
        {
            Assert.NotEmpty(operation["summary"]!.GetValue<string>());
            Assert.NotEmpty(operation["tags"]!.AsArray());
            Assert.All(operation["parameters"]?.AsArray() ?? [], parameter => Assert.NotEmpty(parameter!["description"]!.GetValue<string>()));
            foreach (var status in Always) Assert.NotNull(operation["responses"]![status]);
        });
    }

    [Fact]
    public async Task Lists_of_values_are_written_with_commas()
    {
        var topic = (await Operations()).SelectMany(operation => operation["parameters"]?.AsArray() ?? []).First(parameter => parameter!["name"]!.GetValue<string>() == "topic")!;
        Assert.False(topic["explode"]!.GetValue<bool>());
        Assert.Equal("array", topic["schema"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Items_always_have_texts_and_lists_may_leave_them_out()
    {
        var schemas = (await api.GetJson("/openapi/v1.json"))["components"]!["schemas"]!;
        Assert.Contains("bodyHtml", Required(schemas["Article"]!));
        Assert.DoesNotContain("bodyHtml", Required(schemas["ArticleSummary"]!));
        Assert.Contains("title", Required(schemas["ArticleSummary"]!));
        Assert.Equal("string", schemas["Article"]!["properties"]!["bodyHtml"]!["type"]!.GetValue<string>());
        Assert.Equal("#/components/schemas/ArticleSummary", schemas["ArticlePage"]!["properties"]!["data"]!["items"]!["$ref"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_what_may_be_null_is_nullable()
    {
        var article = (await api.GetJson("/openapi/v1.json"))["components"]!["schemas"]!["Article"]!["properties"]!;
        Assert.Equal("string", article["title"]!["type"]!.GetValue<string>());
        Assert.Equal(["null", "string"], article["subtitle"]!["type"]!.AsArray().Select(type => type!.GetValue<string>()).Order());
        Assert.Equal(2, article["source"]!["oneOf"]!.AsArray().Count);
        Assert.Equal("article", article["resource"]!["const"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_problem_has_an_example()
    {
        var responses = (await api.GetJson("/openapi/v1.json"))["components"]!["responses"]!;
        var codes = responses.AsObject().SelectMany(response => response.Value!["content"]!["application/problem+json"]!["examples"]!.AsObject().Select(example => example.Key)).ToList();
        Assert.Contains("unknown-parameter", codes);
        Assert.Contains("service-unavailable", codes);
    }

    [Fact]
    public async Task Swagger_ui_is_served_from_here()
    {
        using var answer = await api.Client.GetAsync(new Uri("/swagger/index.html", UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("swagger-ui", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    private async Task<List<JsonNode>> Operations() =>
        [.. (await api.GetJson("/openapi/v1.json"))["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!)];

    private static IEnumerable<string> Required(JsonNode schema) => schema["required"]!.AsArray().Select(name => name!.GetValue<string>());
}

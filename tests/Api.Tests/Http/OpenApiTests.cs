using System.Text.Json.Nodes;
using Api.Http.OpenApi;
using Api.Http.Requests;
using Api.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Http;

public class OpenApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Always = ["200", "400", "406", "414", "500", "503"];

    public static TheoryData<string> Documents => [.. Definition.All.Select(definition => definition.Path)];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_document_is_of_version_3_1_1_and_needs_no_key(string path)
    {
        var document = await api.GetJson(path);
        // 3.1.2 is refused by clients that know the versions by name.
        Assert.Equal("3.1.1", document["openapi"]!.GetValue<string>());
        Assert.Equal(
            [api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), "/"],
            document["servers"]!.AsArray().Select(server => server!["url"]!.GetValue<string>())
        );
        Assert.Equal("[{},{\"key\":[]}]", document["security"]!.ToJsonString());
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["key"]!["scheme"]!.GetValue<string>());
        Assert.All(document["tags"]!.AsArray(), tag => Assert.NotEmpty(tag!["description"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Every_operation_is_in_exactly_one_document()
    {
        var endpoints = api
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Where(endpoint =>
                endpoint.Metadata.GetMetadata<AnswerShape>() is not null
                && endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null
            );
        var names = (await Operations()).Select(operation => operation["operationId"]!.GetValue<string>()).Order();
        Assert.Equal(endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName).Order(), names);
    }

    [Fact]
    public async Task The_first_document_has_no_other_formats()
    {
        var operations = (await Operations(Definition.Content)).Select(operation => operation["operationId"]!.GetValue<string>()).ToList();
        Assert.InRange(operations.Count, 20, 40);
        Assert.Contains("ListChanges", operations);
        Assert.Contains("GetSnapshot", operations);
        Assert.DoesNotContain("ListArticlesRss", operations);
        Assert.Contains(
            "ListArticlesRss",
            (await Operations(Definition.Formats)).Select(operation => operation["operationId"]!.GetValue<string>())
        );
    }

    [Fact]
    public async Task Every_operation_says_what_it_is()
    {
        Assert.All(
            await Operations(),
            operation =>
            {
                var summary = operation["summary"]!.GetValue<string>();
                Assert.InRange(summary.Length, 5, 80);
                // A line in a list, in which nothing is rendered.
                Assert.DoesNotMatch(@"[`*_<>\[\]#\n]|\.$", summary);
                Assert.True(operation["description"]!.GetValue<string>().Length > 20, summary);
                Assert.NotEmpty(operation["tags"]!.AsArray());
                Assert.All(
                    operation["parameters"]?.AsArray() ?? [],
                    parameter => Assert.NotEmpty(parameter!["description"]!.GetValue<string>())
                );
                foreach (var status in Always)
                    Assert.NotNull(operation["responses"]![status]);
            }
        );
    }

    [Fact]
    public async Task Lists_of_values_are_written_with_commas()
    {
        var lists = (await Operations())
            .SelectMany(operation => operation["parameters"]?.AsArray() ?? [])
            .Where(parameter => parameter!["schema"]!["type"]!.GetValue<string>() == "array")
            .ToList();
        Assert.Contains("topic", lists.Select(list => list!["name"]!.GetValue<string>()));
        Assert.All(
            lists,
            list => Assert.Equal(("form", false), (list!["style"]?.GetValue<string>() ?? "form", list["explode"]!.GetValue<bool>()))
        );
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task An_enum_says_nothing_else(string path)
    {
        var enums = Nodes(await api.GetJson(path)).OfType<JsonObject>().Where(node => node["enum"] is JsonArray).ToList();
        Assert.NotEmpty(enums);
        Assert.All(enums, schema => Assert.DoesNotContain(schema, member => member.Key is "minLength" or "maxLength" or "pattern"));
    }

    [Fact]
    public async Task Items_always_have_texts_and_lists_may_leave_them_out()
    {
        var schemas = (await api.GetJson("/openapi/v1.json"))["components"]!["schemas"]!;
        Assert.Contains("bodyHtml", Required(schemas["Article"]!));
        Assert.DoesNotContain("bodyHtml", Required(schemas["ArticleSummary"]!));
        Assert.Contains("title", Required(schemas["ArticleSummary"]!));
        Assert.Equal("string", schemas["Article"]!["properties"]!["bodyHtml"]!["type"]!.GetValue<string>());
        Assert.Equal(
            "#/components/schemas/ArticleSummary",
            schemas["ArticlePage"]!["properties"]!["data"]!["items"]!["$ref"]!.GetValue<string>()
        );
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

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Every_problem_has_an_example_and_its_detail_is_the_message(string path)
    {
        var components = (await api.GetJson(path))["components"]!;
        var codes = components["responses"]!
            .AsObject()
            .SelectMany(response =>
                response.Value!["content"]!["application/problem+json"]!["examples"]!.AsObject().Select(example => example.Key)
            )
            .ToList();
        Assert.Contains("unknown-parameter", codes);
        Assert.Contains("service-unavailable", codes);
        // What exceptions of clients made by Kiota say.
        Assert.True(components["schemas"]!["Problem"]!["properties"]!["detail"]!["x-ms-primary-error-message"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_index_and_the_home_page_lead_to_both_documents()
    {
        var documents = (await api.GetJson("/v1"))["data"]!["documents"]!;
        Assert.EndsWith("/openapi/v1.json", documents["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith("/openapi/v1.formats.json", documents["openapiFormats"]!.GetValue<string>(), StringComparison.Ordinal);
        var home = await api.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.All(Definition.All, definition => Assert.Contains($"href=\"{definition.Path}\"", home, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Swagger_ui_is_served_from_here()
    {
        using var answer = await api.Client.GetAsync(
            new Uri("/swagger/index.html", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("swagger-ui", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    private async Task<List<JsonNode>> Operations() => [.. await Operations(Definition.Content), .. await Operations(Definition.Formats)];

    private async Task<List<JsonNode>> Operations(Definition definition) =>
        [
            .. (await api.GetJson(definition.Path))["paths"]!
                .AsObject()
                .SelectMany(path => path.Value!.AsObject())
                .Select(operation => operation.Value!),
        ];

    private static IEnumerable<JsonNode> Nodes(JsonNode node) =>
        (
            node switch
            {
                JsonObject members => members.Select(member => member.Value),
                JsonArray items => items,
                _ => [],
            }
        )
            .OfType<JsonNode>()
            .SelectMany(Nodes)
            .Prepend(node);

    private static IEnumerable<string> Required(JsonNode schema) => schema["required"]!.AsArray().Select(name => name!.GetValue<string>());
}

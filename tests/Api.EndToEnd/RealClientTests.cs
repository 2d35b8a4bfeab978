using Api.EndToEnd.Support;

namespace Api.EndToEnd;

/// <summary>What people in a browser and linters make of the demo content. One after the other, as each wants a processor.</summary>
public class RealClientTests(DemoSite site, NodeTools node) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task Every_operation_in_swagger_ui_answers_what_it_fills_in() => await Browse("browser/swagger.mjs");

    [Fact]
    public async Task The_pages_for_people_are_whole_and_their_links_lead_somewhere() => await Browse("browser/pages.mjs");

    [Fact]
    public async Task A_page_of_another_origin_may_send_any_header_and_read_every_answer() => await Browse("browser/cors.mjs");

    [Theory]
    [InlineData("v1")]
    [InlineData("v1.formats")]
    public async Task Linters_find_nothing_in_a_document(string name)
    {
        var document = $"{site.Address}/openapi/{name}.json";
        await node.Run("node_modules/@redocly/cli/bin/cli.js", "lint", "--config", "redocly.yaml", document);
        await node.Run(
            "node_modules/@stoplight/spectral-cli/dist/index.js",
            "lint",
            "--ruleset",
            "spectral.yaml",
            "--fail-severity",
            "hint",
            document
        );
    }

    private Task<string> Browse(string script) => node.Run(script, site.Address);
}

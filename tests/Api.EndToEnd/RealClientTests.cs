using Api.EndToEnd.Support;

namespace Api.EndToEnd;

/// <summary>What people in a browser, tools and generated clients make of the demo content. One after the other, as each wants a processor.</summary>
public class RealClientTests(DemoSite site, NodeTools node) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task Every_operation_in_swagger_ui_answers_what_it_fills_in() => await Browse("browser/swagger.mjs");

    [Fact]
    public async Task The_pages_for_people_are_whole_and_their_links_lead_somewhere() => await Browse("browser/pages.mjs");

    [Fact]
    public async Task A_linter_finds_no_errors_in_the_document() =>
        await node.Run("node_modules/@redocly/cli/bin/cli.js", "lint", "--config", "redocly.yaml", $"{site.Address}/openapi/v1.json");

    [Fact]
    public async Task A_generated_typescript_client_compiles_and_gets_what_its_types_say()
    {
        await node.Run("node_modules/openapi-typescript/bin/cli.js", $"{site.Address}/openapi/v1.json", "--output", "obj/client/v1.ts");
        await node.Run("node_modules/typescript/bin/tsc", "--project", "client");
        await node.Run("obj/client/client/main.js", site.Address);
    }

    private Task Browse(string script) => node.Run(script, site.Address);
}

using Api.EndToEnd.Support;

namespace Api.EndToEnd;

/// <summary>
/// TypeScript clients made from nothing but the OpenAPI document: generated, compiled strictly, and run against the demo content. What each
/// wants is in docs/clients.md.
/// </summary>
public class TypeScriptClientTests(DemoSite site, NodeTools node) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task Openapi_fetch_with_types_of_openapi_typescript() =>
        await Holds(
            "openapi-fetch",
            "openapi-typescript/bin/cli.js",
            "obj/client/openapi-fetch.json",
            "--output",
            "obj/client/openapi-fetch/api.ts"
        );

    [Fact]
    public async Task Hey_api() =>
        await Holds(
            "hey-api",
            "@hey-api/openapi-ts/bin/run.js",
            "--input",
            "obj/client/hey-api.json",
            "--output",
            "obj/client/hey-api",
            "--client",
            "@hey-api/client-fetch",
            "--no-log-file"
        );

    [Fact]
    public async Task Orval() => await Holds("orval", "orval/dist/bin/orval.mjs", "--config", "client/orval/orval.config.cjs");

    [Fact]
    public async Task Oazapfts() =>
        await Holds("oazapfts", "oazapfts/dist/cli.js", "obj/client/oazapfts.json", "obj/client/oazapfts/api.ts");

    [Fact]
    public async Task Rtk_query() => await Holds("rtk-query", "@rtk-query/codegen-openapi/lib/bin/cli.mjs", "client/rtk-query/config.cjs");

    [Fact]
    public async Task Zodios() =>
        await Holds(
            "zodios",
            "openapi-zod-client/bin.js",
            "obj/client/zodios.json",
            "--output",
            "obj/client/zodios/api.ts",
            "--media-type-expr",
            "/json/.test(mediaType)"
        );

    private async Task Holds(string client, string generator, params string[] arguments)
    {
        await node.Download($"{site.Address}/openapi/v1.json", $"obj/client/{client}.json");
        // Some generators make the folder they write into, and some do not.
        Directory.CreateDirectory(node.PathOf($"obj/client/{client}"));
        await node.Run($"node_modules/{generator}", arguments);
        await node.Run("node_modules/typescript/bin/tsc", "--project", $"client/{client}");
        await node.Run(
            "node_modules/esbuild/bin/esbuild",
            $"client/{client}/main.ts",
            "--bundle",
            "--platform=node",
            "--format=esm",
            "--packages=external",
            $"--outfile=obj/client/{client}/main.mjs"
        );
        await node.Run($"obj/client/{client}/main.mjs", site.Address);
    }
}

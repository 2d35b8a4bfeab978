using Api.EndToEnd.Support;

namespace Api.EndToEnd;

/// <summary>
/// The TypeScript client in <c>openapi/typescript</c>: its generated files, its own tests, the versions of TypeScript that read it.
/// </summary>
public class TypeScriptPackageTests(DemoSite site, NodeTools node) : IClassFixture<DemoSite>
{
    private readonly NodePackage client = NodePackage.Client(node);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Address => site.Address;

    /// <remarks>When it fails: <c>npm run generate</c> in that folder.</remarks>
    [Fact]
    public async Task Types_and_javascript_are_those_of_the_contract_and_the_sources()
    {
        await client.Install();
        var made = node.PathOf("obj/client/typescript");
        if (Directory.Exists(made))
            Directory.Delete(made, recursive: true);
        await client.Run("node_modules/openapi-typescript/bin/cli.js", ["../v1.json", "--output", $"{made}/schema.d.ts"]);
        await client.Run("node_modules/typescript/bin/tsc", ["--project", "tsconfig.json", "--outDir", $"{made}/dist"]);
        Assert.Equal(await Files(made), await Files(client.Folder));
    }

    [Fact]
    public async Task Its_own_tests_pass()
    {
        await client.Install();
        var tests = Directory.EnumerateFiles(Path.Combine(client.Folder, "test"), "*.test.mjs").Order();
        var printed = await client.Run("--test", ["--test-reporter=tap", .. tests], environment: ("CONTENT_API", Address));
        Assert.Matches(@"(?m)^# pass [1-9]\d+$", printed.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("typescript-5.4")]
    [InlineData("typescript-5.5")]
    [InlineData("typescript-5.6")]
    [InlineData("typescript-5.7")]
    [InlineData("typescript-5.8")]
    [InlineData("typescript")]
    [InlineData("typescript-6.0")]
    [InlineData("typescript-7.0")]
    public async Task Its_sources_and_strict_programs_compile_with(string typescript)
    {
        await client.Install();
        await client.Run($"node_modules/{typescript}/bin/tsc", ["--project", "tsconfig.check.json"]);
    }

    [Fact]
    public async Task A_packed_client_needs_only_openapi_fetch()
    {
        var folder = Path.Combine(node.PathOf("obj/client"), "packed");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        await node.Execute("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], Cancel, client.Folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{ "private": true, "type": "module" }""", Cancel);
        await node.Execute(
            "npm",
            ["install", "--ignore-scripts", "--no-audit", "--no-fund", "./content-api-client-0.0.0.tgz"],
            Cancel,
            folder
        );
        Assert.Equal(
            ["content-api-client", "openapi-fetch", "openapi-typescript-helpers"],
            Directory.EnumerateDirectories(Path.Combine(folder, "node_modules")).Select(one => Path.GetFileName(one)!).Order()
        );
        const string Program = """
            import { createApi, list } from "content-api-client";
            const { page } = await list(createApi({ baseUrl: process.argv[2] }), "/v1/articles", { topic: ["china"], limit: 1 });
            console.log(page.total);
            """;
        await File.WriteAllTextAsync(Path.Combine(folder, "main.mjs"), Program, Cancel);
        Assert.Equal("7\n", await node.Execute("node", ["main.mjs", Address], Cancel, folder));
    }

    [Fact]
    public async Task The_example_for_node_lists_walks_and_reads()
    {
        var example = new NodePackage(node, "openapi/typescript/examples/node");
        await example.Install();
        await example.Run("node_modules/typescript/bin/tsc");
        Assert.Equal(
            """
            7 articles on China, the newest:
              2026-11-11 Three Dates in a Calendar (By Ada Moreau)
              2025-02-11 Chokepoints in Plain Sight: Straits, Cables & the Price of Waiting (By Ada Moreau and 林雨晴)
              2023-04-20 A longer view (Featuring Ada Moreau)
            All of them together: 2077 words.
            a-longer-view: A longer view, and 6 related
            the-long-view-on-china: moved to /articles/a-longer-view
            tariff-tables-for-fifty-ports: gone, The article 'tariff-tables-for-fifty-ports' has been withdrawn (retracted). Delete copies of it.
            there-is-none: notFound, There is no article 'there-is-none'.
            topic: 'topic' has no value 'chnia': did you mean 'china'?

            """,
            await example.Run("main.js", [Address])
        );
    }

    private static async Task<SortedDictionary<string, string>> Files(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "dist")).Append(Path.Combine(folder, "schema.d.ts")))
            files[Path.GetRelativePath(folder, file)] = await File.ReadAllTextAsync(file, Cancel);
        return files;
    }
}

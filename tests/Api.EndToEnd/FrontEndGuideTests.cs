using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Data;
using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd;

/// <summary>
/// The snippets of docs/front-ends.md compile in strict mode and print the text below them. <c>RECORD=1</c> records that text again.
/// </summary>
public sealed partial class FrontEndGuideTests(DemoSite site, NodeTools node) : IClassFixture<DemoSite>
{
    private static readonly string Guide = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "front-ends.md");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_snippet_prints_what_the_guide_says()
    {
        var example = new NodePackage(node, "openapi/typescript/examples/node");
        await example.Install();
        var folder = Path.Combine(example.Folder, "guide");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var written = await File.ReadAllTextAsync(Guide, Cancel);
        var snippets = Snippet().Matches(written).ToList();
        Assert.True(snippets.Count >= 9, $"{snippets.Count} snippets");
        for (var n = 0; n < snippets.Count; n++)
            await File.WriteAllTextAsync(
                Path.Combine(folder, n == 0 ? "api.ts" : $"snippet-{n}.ts"),
                snippets[n].Groups["code"].Value,
                Cancel
            );
        var compiler = new { extends = "../tsconfig.json", files = Directory.GetFiles(folder).Select(file => Path.GetFileName(file)) };
        await File.WriteAllTextAsync(Path.Combine(folder, "tsconfig.json"), JsonSerializer.Serialize(compiler), Cancel);
        await example.Run("node_modules/typescript/bin/tsc", ["--project", "guide"]);
        var answered = written;
        for (var n = 1; n < snippets.Count; n++)
        {
            var printed = await example.Run($"guide/snippet-{n}.js", environment: ("CONTENT_API", site.Address));
            Assert.NotEmpty(printed.Trim());
            if (Recorded.Recording)
                answered = answered.Replace(
                    snippets[n].Value,
                    $"```ts\n{snippets[n].Groups["code"].Value}```\n\n```text\n{printed.TrimEnd()}\n```\n",
                    StringComparison.Ordinal
                );
            else
                Assert.Equal(snippets[n].Groups["printed"].Value.TrimEnd(), printed.TrimEnd());
        }
        if (Recorded.Recording)
            await File.WriteAllTextAsync(Guide, answered, Cancel);
    }

    [GeneratedRegex(@"^```ts\n(?<code>.*?)^```\n(\n```text\n(?<printed>.*?)^```\n)?", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();
}

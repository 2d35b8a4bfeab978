using System.Buffers.Binary;
using Api.Data;
using Api.EndToEnd.Support;
using Api.Tests.Support;

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

    /// <remarks>With <c>RECORD=1</c> it is taken anew. Browsers draw text differently, so its pixels are not compared.</remarks>
    [Fact]
    public async Task The_picture_of_the_readme_is_a_png_of_the_window()
    {
        var file = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "images", "swagger-ui.png");
        if (Recorded.Recording)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await node.Run("browser/picture.mjs", site.Address, file);
        }
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8], bytes[..8]);
        // The header begins with width and height (PNG 1.2, §11.2.2).
        Assert.Equal(
            (1200, 1000),
            (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)))
        );
        Assert.InRange(bytes.Length, 1, 150 * 1024);
    }

    private Task<string> Browse(string script) => node.Run(script, site.Address);
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Data;
using Api.Tests.Support;

namespace Api.Tests.Related;

/// <summary>The requests of docs/front-ends.md that make a page each.</summary>
public sealed partial class PageTableTests(DemoFixture api) : IClassFixture<DemoFixture>
{
    private const int MostBytes = 20 * 1024;

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task One_request_makes_a_page_and_has_at_most_20_KB_without_the_text()
    {
        var guide = await File.ReadAllTextAsync(
            Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "front-ends.md"),
            TestContext.Current.CancellationToken
        );
        var pages = Row().Matches(guide);
        Assert.Equal(8, pages.Count);
        foreach (Match page in pages)
        {
            var address = page.Groups["address"].Value;
            var answer = await api.GetJson(address);
            foreach (var name in new[] { "bodyHtml", "bodyText", "bioHtml" })
                (answer["data"] as System.Text.Json.Nodes.JsonObject)?.Remove(name);
            foreach (var name in address.Split("include=")[1].Split(','))
                Assert.True(answer["included"]![name] is not null, $"{address} includes no {name}");
            var bytes = Encoding.UTF8.GetByteCount(answer.ToJsonString(Unescaped));
            Assert.True(bytes <= MostBytes, $"{address} has {bytes} bytes");
        }
    }

    [GeneratedRegex(@"^\| [^|]+ \| `(?<address>/v1/[^`]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

using System.Globalization;
using System.Text;
using Api.Tests.Support;

namespace Api.Tests.Search;

/// <summary>Texts with more words, and more places of a word, than other search engines count.</summary>
public sealed class LongTextFixture(TestServer server) : ApiFixture(server)
{
    public static readonly int[] Lengths = [16_000, 17_000, 25_000, 35_000, 120_000];

    protected override Task Seed() =>
        Import([
            Some.ArticleType(new { slug = "brief" }),
            .. Lengths.Select(length =>
                Some.Article(
                    new
                    {
                        slug = $"long-{length}",
                        title = "Long",
                        summary = "",
                        bodyHtml = $"<p>{Words(length)} quaternary harbourmaster</p><p>{Words(300)} a co-operative estuary.</p>",
                    }
                )
            ),
            .. Lengths
                .Where(length => length < 30_000)
                .Select(length =>
                    Some.Article(
                        new
                        {
                            slug = $"signs-{length}",
                            title = "长",
                            summary = "",
                            language = "zh",
                            bodyHtml = $"<p>{Signs(length)}红树林</p>",
                        }
                    )
                ),
            Some.Article(
                new
                {
                    slug = "often",
                    title = "Often",
                    summary = "",
                    bodyHtml = $"<p>{string.Join(' ', Enumerable.Repeat("tidal basin", 254))} tidal dredger. Here is one more tidal pumphouse.</p>",
                }
            ),
            // 90,000 different words.
            Some.Article(
                new
                {
                    slug = "too-many",
                    title = "Many",
                    summary = "",
                    bodyHtml = $"<p>forewordly {string.Join(' ', Enumerable.Range(0, 90_000).Select(Different))} afterwordly</p>",
                }
            ),
        ]);

    /// <summary>Words of a vocabulary in which each comes as often as in prose: the second half as often as the first.</summary>
    private static string Words(int count)
    {
        var random = new Random(7);
        return string.Join(' ', Enumerable.Range(0, count).Select(_ => Different((int)(3_000 * Math.Pow(random.NextDouble(), 3)))));
    }

    private static string Signs(int count)
    {
        var random = new Random(7);
        var text = new StringBuilder(count);
        for (var n = 0; n < count; n++)
            text.Append("港口贸易政策研究海洋安全合作发展国家经济增长"[random.Next(22)]);
        return text.ToString();
    }

    private static string Different(int n)
    {
        var word = new StringBuilder();
        for (var left = n + 20; left > 0; left /= 20)
            word.Append("bdfgklmnprstvzbdfgkl"[left % 20]).Append("aeiou"[left % 5]);
        return string.Create(CultureInfo.InvariantCulture, $"{word}x");
    }
}

public class LongTextTests(LongTextFixture api) : IClassFixture<LongTextFixture>
{
    [Theory]
    [InlineData("quaternary harbourmaster")]
    [InlineData("\"quaternary harbourmaster\"")]
    [InlineData("\"co-operative estuary\"")]
    [InlineData("cooperative estuary")]
    public async Task What_stands_at_the_end_of_a_long_text_is_found(string words) =>
        Assert.Equal(LongTextFixture.Lengths.Select(length => $"long-{length}").Order(), (await Found(words)).Order());

    [Fact]
    public async Task Chinese_at_the_end_of_a_long_text_is_found() =>
        Assert.Equal(["signs-16000", "signs-17000", "signs-25000"], (await Found("红树林")).Order());

    [Fact]
    public async Task Words_that_are_no_neighbours_are_no_sequence()
    {
        Assert.Empty(await Found("\"harbourmaster quaternary\""));
        Assert.Empty(await Found("\"quaternary estuary\""));
    }

    [Theory]
    [InlineData("forewordly", "too-many")]
    [InlineData("afterwordly", "too-many")]
    [InlineData("\"tidal dredger\"", "often")]
    [InlineData("\"tidal pumphouse\"", "often")]
    [InlineData("tidal pumphouse", "often")]
    public async Task Neither_many_words_nor_many_places_of_one_are_too_many(string words, string slug) =>
        Assert.Equal([slug], await Found(words));

    private async Task<IReadOnlyList<string>> Found(string words) =>
        [
            .. (await api.GetJson($"/v1/articles?limit=100&q={Uri.EscapeDataString(words)}"))["data"]!
                .AsArray()
                .Select(article => article!["slug"]!.GetValue<string>()),
        ];
}

using System.Globalization;
using System.Text;
using Api.Formats;
using Api.Tests.Support;
using CsvHelper;

namespace Api.Tests.Formats;

/// <summary>Lists as lines and as tables.</summary>
public class TableTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task Lines_are_the_items_of_the_json_to_the_byte()
    {
        await Seed("lines", 3);
        foreach (var query in new[] { "", "&include=body", "&fields=title,experts.name" })
        {
            var json = await api.Client.GetStringAsync(
                new Uri($"/v1/articles?topic=lines{query}", UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            var lines = await Get($"/v1/articles.ndjson?topic=lines{query}");
            Assert.EndsWith("\n", lines, StringComparison.Ordinal);
            Assert.StartsWith($"{{\"data\":[{lines.TrimEnd('\n').Replace('\n', ',')}],", json, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_table_has_a_header_row_and_joins_lists()
    {
        await Seed("table", 2);
        using var csv = new CsvReader(new StringReader(await Get("/v1/articles.csv?topic=table&sort=title")), CultureInfo.InvariantCulture);
        await csv.ReadAsync();
        csv.ReadHeader();
        Assert.Equal("slug", csv.HeaderRecord![0]);
        await csv.ReadAsync();
        Assert.Equal("table-1", csv.GetField("slug"));
        Assert.Equal("Q&A <1>: “café”, שלום", csv.GetField("title"));
        Assert.Equal("2024-05-06T14:30:00Z", csv.GetField("publishedAt"));
        Assert.Equal("table;table-too", csv.GetField("topics"));
        Assert.Equal("'=HYPERLINK(\"https://example.org\")", csv.GetField("summary"));
        Assert.Equal("CC-BY-ND-4.0", csv.GetField("license"));
        Assert.StartsWith(
            "“<a href=\"https://www.example.org/articles/table-1\">Q&amp;A &lt;1&gt;: “caf&#233;”, שלום</a>”, Harbor Institute. Originally published at <a",
            csv.GetField("attributionHtml"),
            StringComparison.Ordinal
        );
        Assert.Equal("2024-05-07T09:00:00Z It was 3 < 4.", csv.GetField("corrections"));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@x")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("\nx")]
    public void No_cell_is_a_formula(string text)
    {
        var table = Encoding.UTF8.GetString(TableWriter.Write([text], [new CsvColumn<string>("slug", value => value)]).Span);
        Assert.Equal($"'{text}", table[6..].Trim('\r', '\n', '"'));
    }

    [Theory]
    [InlineData("Ports;=1+2", "\"Ports;=1+2\"")]
    [InlineData("a\t=1", "\"a\t=1\"")]
    [InlineData("a|b", "\"a|b\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("a ", "\"a \"")]
    [InlineData("a", "a")]
    public void What_separates_cells_to_some_reader_stands_in_quotes(string text, string cell)
    {
        Assert.Equal(
            $"slug,title\r\n{cell},x\r\n",
            Encoding.UTF8.GetString(TableWriter.Write([text], [new CsvColumn<string>("slug", value => value), new("title", _ => "x")]).Span)
        );
        foreach (var delimiter in new[] { ";", "\t", "|" })
        {
            // Whichever a spreadsheet takes for the separator, the cell stays in one piece.
            using var csv = new CsvReader(
                new StringReader($"{cell}{delimiter}x\r\n"),
                new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture)
                {
                    Delimiter = delimiter,
                    HasHeaderRecord = false,
                }
            );
            csv.Read();
            Assert.Equal((text, "x"), (csv.GetField(0), csv.GetField(1)));
        }
    }

    [Fact]
    public async Task Lists_of_slugs_stand_in_quotes()
    {
        await Seed("quoted", 2);
        Assert.Contains(",\"quoted;quoted-too\",", await Get("/v1/articles.csv?topic=quoted"), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_no_failure() =>
        Assert.Equal(
            "slug\r\na�\r\n",
            Encoding.UTF8.GetString(TableWriter.Write(["a\ud800"], [new CsvColumn<string>("slug", value => value)]).Span)
        );

    [Theory]
    [InlineData("/v1/articles.ndjson", "application/x-ndjson")]
    [InlineData("/v1/articles.csv", "text/csv")]
    [InlineData("/v1/events.ndjson", "application/x-ndjson")]
    [InlineData("/v1/events.csv", "text/csv")]
    [InlineData("/v1/experts.csv", "text/csv")]
    [InlineData("/v1/topics.ndjson", "application/x-ndjson")]
    [InlineData("/v1/article-types.csv", "text/csv")]
    [InlineData("/v1/pages.csv", "text/csv")]
    [InlineData("/v1/redirects.csv", "text/csv")]
    [InlineData("/v1/search.csv?q=text", "text/csv")]
    public async Task Every_list_has_lines_and_a_table_with_the_links_and_total_of_its_own(string address, string type)
    {
        using var answer = await api.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.Contains("X-Total-Count"));
        Assert.Contains(
            $"<{api.Client.BaseAddress}{address.TrimStart('/')}>; rel=\"self\"",
            answer.Headers.GetValues("Link").Single(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/v1/articles.csv?fields=title", "fields")]
    [InlineData("/v1/articles.csv?include=body", "include")]
    [InlineData("/v1/articles.ndjson?facets=type", "facets")]
    [InlineData("/v1/articles.ndjson?limit=0", "limit")]
    [InlineData("/v1/topics.csv?view=tree", "view")]
    public async Task What_has_no_place_in_a_format_is_no_parameter_there(string address, string parameter) =>
        Assert.Equal(parameter, (await api.GetJson(address, System.Net.HttpStatusCode.BadRequest))["parameter"]!.GetValue<string>());

    private async Task<string> Get(string address) =>
        await api.Client.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

    private async Task Seed(string name, int articles) =>
        await api.Import([
            Some.ArticleType(new { slug = "brief" }),
            Some.Topic(new { slug = name }),
            Some.Topic(new { slug = $"{name}-too" }),
            Some.Expert(new { slug = $"{name}-ada" }),
            .. Enumerable
                .Range(1, articles)
                .Select(n =>
                    Some.Article(
                        new
                        {
                            slug = $"{name}-{n}",
                            title = $"Q&A <{n}>: “café”, שלום",
                            summary = "=HYPERLINK(\"https://example.org\")",
                            topics = new[] { name, $"{name}-too" },
                            experts = n > 1 ? new[] { $"{name}-ada" } : [],
                            corrections = new[] { new { at = "2024-05-07T09:00:00Z", textHtml = "It was <em>3 &lt; 4</em>." } },
                        }
                    )
                ),
        ]);
}

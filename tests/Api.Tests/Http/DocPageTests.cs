using System.Net;
using System.Text.RegularExpressions;
using Api.Http.OpenApi;
using Api.Http.Pages;
using Api.Tests.Support;

namespace Api.Tests.Http;

/// <summary>The documents that the API serves at <c>/docs</c>.</summary>
public sealed partial class DocPageTests(DemoFixture api) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_link_in_a_document_leads_to_a_heading_or_a_page_that_is_there()
    {
        Assert.Contains("front-ends", DocPages.Names);
        var links = 0;
        foreach (var name in DocPages.Names)
        {
            var page = await Page($"/docs/{name}");
            foreach (Match link in Link().Matches(page))
            {
                await Leads($"/docs/{name}", WebUtility.HtmlDecode(link.Groups[1].Value));
                links++;
            }
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        }
        Assert.True(links > 40, $"{links} links");
    }

    [Fact]
    public async Task Every_link_in_the_openapi_documents_leads_somewhere()
    {
        var links = Definition.All.SelectMany(definition => MarkdownLink().Matches(definition.Description)).ToList();
        Assert.True(links.Count >= 8, $"{links.Count} links");
        foreach (var link in links)
            await Leads("/swagger/index.html", link.Groups[1].Value);
    }

    [Fact]
    public async Task Tables_code_and_anchors_are_rendered()
    {
        var page = await Page("/docs/front-ends");
        Assert.Contains("<table>", page, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"one-request-for-each-page\">", page, StringComparison.Ordinal);
        Assert.Contains("<code class=\"language-ts\">", page, StringComparison.Ordinal);
        Assert.Contains("<title>Front ends · ", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/nothing")]
    [InlineData("/docs/front-ends.md")]
    [InlineData("/docs/..%2Fclients")]
    public async Task Another_name_is_a_problem(string address) =>
        await api.GetProblem(address, HttpStatusCode.NotFound, "unknown-route", null);

    private async Task Leads(string from, string link)
    {
        if (link.StartsWith("https://", StringComparison.Ordinal))
            return;
        var target = new Uri(new Uri(api.Client.BaseAddress!, from), link);
        var page = await Page(target.AbsolutePath);
        if (target.Fragment.Length > 1)
            Assert.True(
                page.Contains($"id=\"{Uri.UnescapeDataString(target.Fragment[1..])}\"", StringComparison.Ordinal),
                $"{from} links to {link}"
            );
    }

    private async Task<string> Page(string address)
    {
        using var answer = await api.Client.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        Assert.True(
            answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.MovedPermanently,
            $"{address} answers {(int)answer.StatusCode}"
        );
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    [GeneratedRegex("<a href=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex(@"\]\(([^)]*)\)")]
    private static partial Regex MarkdownLink();
}

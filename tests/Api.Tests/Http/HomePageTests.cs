using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Api.Http.Errors;
using Api.Http.Pages;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Http;

/// <summary>The pages for people, as HTML; tests/Api.EndToEnd opens them in a browser.</summary>
public class HomePageTests(DemoFixture api) : IClassFixture<DemoFixture>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    public static TheoryData<string> Lists => [.. TriedList.Names];

    [Fact]
    public async Task The_newest_articles_and_the_next_events_are_those_of_the_lists()
    {
        var page = await Page("/");
        var articles = await Titles("/v1/articles?limit=3");
        var events = await Titles("/v1/events?limit=2&when=upcoming");
        Assert.Equal([.. articles, .. events], page.QuerySelectorAll(".newest h3").Select(title => title.TextContent));
    }

    [Fact]
    public async Task Cards_are_not_counted_as_a_format_beside_JSON() =>
        Assert.Contains(
            "as paginated JSON and in 9 other formats",
            (await Page("/")).QuerySelector(".lead")!.TextContent,
            StringComparison.Ordinal
        );

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_form_has_a_control_for_each_parameter_and_each_format_of_its_list(string list)
    {
        var form = (await Page($"/?list={list}")).QuerySelector("form.builder")!;
        var endpoint = api.Services.GetRequiredService<EndpointDataSource>().Find($"/v1/{list}", Format.Json)!;
        var declared = endpoint.Metadata.GetMetadata<ParameterSet>()!.Parameters.Where(parameter => !parameter.Once && !parameter.NeedsKey);
        Assert.Equal(
            declared.Select(parameter => parameter.Name).Append(TriedList.Suffix).Order(),
            form.QuerySelectorAll("input[name], select[name]").Select(control => control.GetAttribute("name")!).Distinct().Order()
        );
        Assert.Equal(
            endpoint.Metadata.GetMetadata<FormatSet>()!.Formats.Select(other => other.Format.Suffix).Prepend(""),
            form.QuerySelectorAll($"select[name={TriedList.Suffix}] option").Select(option => option.GetAttribute("value")!)
        );
    }

    [Fact]
    public async Task Filters_offer_the_values_that_exist_with_their_counts()
    {
        var page = await Page("/");
        var facets = (await api.GetJson("/v1/articles?limit=0&facets=type,topic"))["facets"]!;
        foreach (var name in new[] { "type", "topic" })
        {
            Assert.Equal(
                facets[name]!.AsArray().Select(value => $"{value!["value"]} {value["label"]} {value["count"]}"),
                page.QuerySelectorAll($"input[name={name}]").Select(box => $"{box.GetAttribute("value")} {box.ParentElement!.TextContent}")
            );
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_page_loads_at_most_60_KB_and_nothing_from_elsewhere(string list)
    {
        var page = await Page($"/?list={list}");
        var loaded = page.QuerySelectorAll("link[rel=stylesheet], script, img, iframe, source, object, embed")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!)
            .ToList();
        Assert.Equal([PageFile.Style.Path, PageFile.HomeScript.Path], loaded);
        var size = 0;
        foreach (var address in loaded.Append($"/?list={list}"))
            size += (await api.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative), Cancel)).Length;
        Assert.InRange(size, 1, 60 * 1024);
        Assert.DoesNotContain(
            page.All,
            element => element.HasAttribute("style") || element.Attributes.Any(one => one.Name.StartsWith("on", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_file_is_kept_for_a_year_at_its_own_address_only()
    {
        using var current = await Get(PageFile.Style.Path);
        Assert.Equal("public, max-age=31536000, immutable", current.Headers.CacheControl!.ToString());
        Assert.Equal("text/css", current.Content.Headers.ContentType!.MediaType);
        using var earlier = await Get($"/assets/0123456789ab/{PageFile.Style.Name}");
        Assert.Equal((HttpStatusCode.OK, "no-cache"), (earlier.StatusCode, earlier.Headers.CacheControl!.ToString()));
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(PageFile.Style.Path, UriKind.Relative));
        again.Headers.IfNoneMatch.Add(current.Headers.ETag!);
        using var unchanged = await api.Client.SendAsync(again, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Only_files_of_this_host_may_run()
    {
        using var answer = await Get("/");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("/try/articles?q=&type=&topic=china&topic=asia&limit=5&suffix=", "/v1/articles?topic=china,asia&limit=5")]
    [InlineData("/try/articles?fields=title&limit=5&topic=china&suffix=.csv", "/v1/articles.csv?topic=china&limit=5")]
    [InlineData("/try/articles?publishedFrom=2024-01-01T00:00:00Z&suffix=.none", "/v1/articles?publishedFrom=2024-01-01T00:00:00Z")]
    [InlineData("/try/search?q=%22sea+lanes%22%27&other=1", "/v1/search?q=%22sea%20lanes%22%27")]
    public async Task A_form_without_the_script_leads_to_the_address(string sent, string expected)
    {
        using var answer = await Get(sent);
        Assert.Equal((HttpStatusCode.SeeOther, expected), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        using var there = await Get(expected);
        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
    }

    [Fact]
    public async Task A_form_of_no_list_is_a_problem()
    {
        using var answer = await Get("/try/menus?limit=5");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_form_holds_what_the_address_of_the_page_says()
    {
        var page = await Page("/?list=articles&topic=china,nowhere&q=%3Cscript%3E%22&suffix=.rss&slug=a-longer-view");
        Assert.Equal("<script>\"", page.QuerySelector("input[name=q]")!.GetAttribute("value"));
        Assert.True(page.QuerySelector("input[name=topic][value=china]")!.HasAttribute("checked"));
        Assert.Equal("nowhere", page.QuerySelector("input[name=topic]:not([type=checkbox])")!.GetAttribute("value"));
        Assert.True(page.QuerySelector("details.more")!.HasAttribute("open"));
        Assert.Equal(
            $"{DemoFixture.PublicUrl}/v1/articles.rss?topic=china,nowhere&slug=a-longer-view&q=%3Cscript%3E%22",
            page.QuerySelector("#address")!.TextContent
        );
    }

    [Fact]
    public async Task Every_link_of_a_page_answers()
    {
        var addresses = new HashSet<string>();
        foreach (var path in TriedList.Names.Select(list => $"/?list={list}").Append(FormatsPage.Path).Append("/problems"))
            addresses.UnionWith(
                (await Page(path)).QuerySelectorAll("a[href], link[rel=alternate]").Select(link => link.GetAttribute("href")!)
            );
        Assert.InRange(addresses.Count, 100, 1_000);
        foreach (var address in addresses.Where(address => !address.StartsWith("https://www.example.org", StringComparison.Ordinal)))
        {
            using var answer = await Get(address.Replace(DemoFixture.PublicUrl, "", StringComparison.Ordinal));
            // Swagger UI redirects to its page.
            Assert.True((int)answer.StatusCode is 200 or 301, $"{address} answered {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_table_of_formats_has_a_link_for_each_format_of_each_list_and_item()
    {
        var page = await Page(FormatsPage.Path);
        var offered = api
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<OtherFormat>() is null)
            .Select(endpoint => endpoint.Metadata.GetMetadata<FormatSet>())
            .OfType<FormatSet>()
            .ToList();
        Assert.Equal(offered.Count, page.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(offered.Sum(set => 1 + set.Formats.Count), page.QuerySelectorAll("tbody td a").Length);
    }

    [Fact]
    public async Task The_page_of_a_problem_has_a_link_that_causes_it_or_says_why_none_can()
    {
        foreach (var kind in ProblemKind.All)
        {
            var trial = ProblemTrial.Of(kind);
            Assert.True(trial.Fails is null != trial.Why is null, kind.Code);
            var page = await Page($"/problems/{kind.Code}");
            if (trial.Fails is { } fails)
                Assert.Equal(fails, page.QuerySelector("pre a")!.GetAttribute("href"));
            else
                Assert.Contains(page.QuerySelectorAll("main p"), paragraph => paragraph.TextContent == trial.Why);
        }
    }

    private async Task<IDocument> Page(string path)
    {
        using var answer = await Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancel));
    }

    private Task<HttpResponseMessage> Get(string path) => api.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    private async Task<IEnumerable<string>> Titles(string path) =>
        (await api.GetJson(path))["data"]!.AsArray().Select(item => item!["title"]!.GetValue<string>());
}

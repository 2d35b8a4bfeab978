using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Http;

/// <summary>The pages for people without the demo content, behind a proxy with a path of its own.</summary>
public class EmptySiteTests(EmptySiteTests.Site api) : IClassFixture<EmptySiteTests.Site>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_examples_of_problems_that_need_the_demo_content_say_so()
    {
        foreach (var kind in ProblemKind.All)
        {
            var trial = ProblemTrial.Of(kind);
            var shown = (await Page($"/problems/{kind.Code}")).QuerySelectorAll("main pre");
            Assert.Equal(new[] { trial.Fails, trial.Works }.Count(one => one is not null), shown.Length);
            if (trial.Fails is { } fails)
                Assert.True(await Code(fails) == kind.Code != NeedsDemo(shown[0]), fails);
            if (trial.Works is { } works)
                Assert.True(await Code(works) is null != NeedsDemo(shown[^1]), works);
        }

        static bool NeedsDemo(IElement example) => example.NextElementSibling?.TextContent == "With the demo content.";
    }

    [Fact]
    public async Task Events_are_shown_where_there_are_no_articles()
    {
        await api.Import(Some.Event(new { title = "Alone" }));
        var newest = (await Page("/")).QuerySelector(".newest")!;
        Assert.Equal(["Latest events"], newest.QuerySelectorAll("h2").Select(heading => heading.TextContent));
        Assert.Equal(["Alone"], newest.QuerySelectorAll("h3").Select(title => title.TextContent));
    }

    [Fact]
    public async Task An_answer_made_for_a_page_is_stored_for_clients()
    {
        const string Target = "/v1/experts?limit=100&fields=name";
        var cache = api.Services.GetRequiredService<AnswerCache>();
        var host = api.Client.BaseAddress!.Authority;
        await Page("/?list=events");
        Assert.NotNull(cache.Find(new Address("http", host, Site.Prefix, Target)));
        Assert.Null(cache.Find(new Address("http", host, Site.Prefix, "")));
        using var answer = await Get(Target);
        Assert.Equal("content-api; hit", answer.Headers.GetValues("Cache-Status").Single());
    }

    private async Task<IDocument> Page(string path)
    {
        using var answer = await Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancel));
    }

    // Null when the request works.
    private async Task<string?> Code(string path)
    {
        using var answer = await Get(path);
        return answer.IsSuccessStatusCode
            ? null
            : JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["code"]!.GetValue<string>();
    }

    private async Task<HttpResponseMessage> Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("X-Forwarded-Prefix", Site.Prefix);
        return await api.Client.SendAsync(request, Cancel);
    }

    public sealed class Site(TestServer server) : ApiFixture(server)
    {
        public const string Prefix = "/content";

        protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Proxy:Trusted"] = "true";
    }
}

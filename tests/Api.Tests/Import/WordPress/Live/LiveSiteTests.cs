using System.Diagnostics;
using System.Text.Json.Nodes;
using Api.Import.WordPress;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Values;
using Microsoft.AspNetCore.Http;

namespace Api.Tests.Import.WordPress.Live;

public sealed class LiveSiteTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("live").FullName;

    [Fact]
    public async Task Pages_of_everything_are_fetched_once_and_become_lines()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 25);
        using var site = await Fetch(wordpress);
        var lines = Lines(site);
        Assert.Equal(
            Enumerable.Range(1, 25).Select(id => $"post-{id}"),
            lines.Where(l => (string?)l["resource"] == "article").Select(l => (string?)l["slug"])
        );
        Assert.Equal(3, wordpress.AskedFor("posts").Count());
        Assert.All(wordpress.AskedFor("posts"), request => Assert.Contains("orderby=id&order=asc", request, StringComparison.Ordinal));

        var first = lines.First(l => (string?)l["resource"] == "article");
        Assert.Equal("Post 1 & more", (string?)first["title"]);
        Assert.Equal("<p>Text of\n1.</p>", (string?)first["bodyHtml"]);
        Assert.Equal("", (string?)first["summary"]);
        Assert.Equal("fr-FR", (string?)first["language"]);
        Assert.Equal("ada-moreau", (string?)first["experts"]![0]!["slug"]);
        Assert.Equal("trade", (string?)first["topics"]![0]);
        Assert.Equal("world", (string?)lines.Single(l => (string?)l["slug"] == "trade")["parent"]);
        Assert.DoesNotContain(wordpress.Requests, request => request.Contains("comments", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plain_permalinks_have_their_api_in_the_query()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 12, permalinks: false);
        using var site = await Fetch(wordpress);
        Assert.Equal(12, Lines(site).Count(l => (string?)l["resource"] == "article"));
    }

    [Fact]
    public async Task A_pause_that_is_asked_for_is_kept()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 25);
        var refused = 0;
        wordpress.Before = context =>
            IsPage(context, 2) && Interlocked.Increment(ref refused) == 1
                ? Refuse(context, StatusCodes.Status429TooManyRequests, "1")
                : Task.FromResult(false);
        var time = Stopwatch.StartNew();
        using var site = await Fetch(wordpress);
        Assert.True(time.Elapsed >= TimeSpan.FromSeconds(0.9), $"It took {time.Elapsed}.");
        Assert.Equal(25, Lines(site).Count(l => (string?)l["resource"] == "article"));
    }

    [Fact]
    public async Task A_pause_that_is_too_long_ends_the_run()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 5);
        wordpress.Before = context =>
            IsPage(context, 1) ? Refuse(context, StatusCodes.Status503ServiceUnavailable, "3600") : Task.FromResult(false);
        var problem = await Assert.ThrowsAsync<LiveException>(() => Fetch(wordpress));
        Assert.Contains("answered 503 and asks to come back in 60 minutes", problem.Message, StringComparison.Ordinal);
        Assert.Contains("/wp/v2/posts", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_broken_connection_only_what_is_missing_is_asked_for()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 45);
        wordpress.Before = async context =>
        {
            if (!IsPage(context, 4))
                return false;
            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync("[{\"id\"");
            context.Abort();
            return true;
        };
        var problem = await Assert.ThrowsAsync<LiveException>(() => Fetch(wordpress, concurrency: 1));
        Assert.Contains("5 times in a row", problem.Message, StringComparison.Ordinal);

        wordpress.Before = _ => Task.FromResult(false);
        wordpress.Requests.Clear();
        using var site = await Fetch(wordpress, concurrency: 1);
        Assert.Equal(
            ["page=4", "page=5"],
            wordpress.AskedFor("posts").Select(request => request[request.LastIndexOf("page=", StringComparison.Ordinal)..])
        );
        Assert.Empty(wordpress.AskedFor("categories"));
        Assert.Equal(45, Lines(site).Count(l => (string?)l["resource"] == "article"));
        Assert.Contains(site.Contents.Notes, note => note.Contains("--fresh", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_complete_is_not_asked_for_again_until_it_was_imported()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 5);
        (await Fetch(wordpress)).Dispose();
        wordpress.Requests.Clear();
        using (var again = await Fetch(wordpress))
        {
            Assert.Empty(wordpress.Requests);
            Assert.Equal(5, Lines(again).Count(l => (string?)l["resource"] == "article"));
            again.Remove();
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task One_that_goes_away_while_the_pages_are_read_hides_no_other()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 35);
        wordpress.Before = context =>
        {
            if (IsPage(context, 2))
                wordpress.Posts.RemoveAll(post => (int)post["id"]! == 3);
            return Task.FromResult(false);
        };
        using var site = await Fetch(wordpress, concurrency: 1);
        Assert.Equal(
            Enumerable.Range(1, 35).Where(id => id != 3).Select(id => $"post-{id}"),
            Lines(site).Where(l => (string?)l["resource"] == "article").Select(l => (string?)l["slug"])
        );
    }

    [Theory]
    [InlineData("text/html", "<p>Please log in.</p>", "something other than JSON (text/html)")]
    [InlineData("application/json", "[{\"id\": 1", "something other than JSON")]
    [InlineData("application/json", "{\"id\": 1}", "something other than a list")]
    [InlineData("application/json", "[{\"id\": 1, \"title\": {\"rendered\": \"\\ud800\"}}]", "texts that are no Unicode")]
    public async Task An_answer_that_is_no_page_is_an_error_with_its_address(string type, string body, string reason)
    {
        await using var wordpress = await PretendWordPress.Start(posts: 5);
        wordpress.Before = context => IsPage(context, 1) ? Send(context, type, body) : Task.FromResult(false);
        var problem = await Assert.ThrowsAsync<LiveException>(() => Fetch(wordpress));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.Contains($"{wordpress.Address}wp-json/wp/v2/posts", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_end_is_refused()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 5);
        wordpress.Before = context =>
            IsPage(context, 1) ? Send(context, "application/json", "[" + new string(' ', 300_000)) : Task.FromResult(false);
        var problem = await Assert.ThrowsAsync<LiveException>(() => Fetch(wordpress, maxAnswer: 200_000));
        Assert.Contains("answers with more than 200,000 bytes", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/wp-json/")]
    [InlineData("http://127.0.0.1:1/")]
    public async Task A_redirect_to_another_host_is_refused(string target)
    {
        await using var wordpress = await PretendWordPress.Start(posts: 5);
        wordpress.Before = context =>
        {
            context.Response.Redirect(target);
            return Task.FromResult(true);
        };
        var problem = await Assert.ThrowsAsync<LiveException>(() => Fetch(wordpress));
        Assert.Contains("leads to another host", problem.Message, StringComparison.Ordinal);
        Assert.Single(wordpress.Requests);
    }

    [Fact]
    public async Task A_redirect_on_the_same_host_is_followed()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 5);
        wordpress.Before = context =>
        {
            if (context.Request.Query.ContainsKey("again") || !IsPage(context, 1))
                return Task.FromResult(false);
            context.Response.Redirect($"{context.Request.Path}{context.Request.QueryString}&again=1");
            return Task.FromResult(true);
        };
        using var site = await Fetch(wordpress);
        Assert.Equal(5, Lines(site).Count(l => (string?)l["resource"] == "article"));
    }

    [Fact]
    public async Task What_the_site_hides_is_noted_and_left_out()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 5);
        wordpress.Before = context =>
            context.Request.Path.Value!.EndsWith("/users", StringComparison.Ordinal) ? Refuse(context, 401, null) : Task.FromResult(false);
        using var site = await Fetch(wordpress);
        Assert.Contains(site.Contents.Notes, note => note.StartsWith("authors left out", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines(site), l => (string?)l["resource"] == "expert");
    }

    [Fact]
    public async Task What_is_counted_but_not_shown_is_noted()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 15);
        wordpress.Posts[3]["hidden"] = true;
        using var site = await Fetch(wordpress);
        Assert.Contains("posts: the site shows 14 of 15 to visitors", site.Contents.Notes);
    }

    [Fact]
    public async Task A_text_behind_a_password_stays_private()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        wordpress.Posts[0]["content"] = new JsonObject { ["rendered"] = "", ["protected"] = true };
        using var site = await Fetch(wordpress);
        Assert.Equal("private", (string?)Lines(site).Single(l => (string?)l["resource"] == "article")["publicationStatus"]);
    }

    [Fact]
    public async Task Hidden_blocks_of_a_text_as_written_stay_out()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        wordpress.Posts[0]["content"] = new JsonObject
        {
            ["raw"] =
                "<!-- wp:group {\"metadata\":{\"blockVisibility\":false}} --><p>Hidden.</p><!-- /wp:group --><!-- wp:paragraph --><p>Shown.</p><!-- /wp:paragraph -->",
        };
        using var site = await Fetch(wordpress);
        Assert.Equal("<p>Shown.</p>", (string?)Lines(site).Single(l => (string?)l["resource"] == "article")["bodyHtml"]);
    }

    [Theory]
    [InlineData("<p>Shown to all. Hidden in a group. Not on phones.</p>", "")]
    [InlineData("<p>Shown to all. Not on phones.</p>", "")]
    [InlineData("<p>Ports cost more than fuel.</p>", "Ports cost more than fuel.")]
    public async Task An_excerpt_that_WordPress_made_is_none_even_with_the_text_of_hidden_groups(string excerpt, string summary)
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        wordpress.Posts[0]["content"] = new JsonObject
        {
            ["rendered"] = "<p>Shown to all.</p><p class=\"wp-block-hidden-mobile\">Not on phones.</p>",
        };
        wordpress.Posts[0]["excerpt"] = new JsonObject { ["rendered"] = excerpt };
        wordpress.Posts[0]["yoast_head_json"] = new JsonObject { ["description"] = PlainText.Of(excerpt)[..20] };
        using var site = await Fetch(wordpress);
        var article = Lines(site).Single(l => (string?)l["resource"] == "article");
        Assert.Equal((summary, summary.Length == 0), ((string?)article["summary"], article["seo"] is null));
    }

    [Theory]
    [InlineData("_jetpack_newsletter_access", "\"subscribers\"", "private")]
    [InlineData("_jetpack_newsletter_access", "\"\"", "published")]
    [InlineData("_members_access_role", "[\"editor\"]", "private")]
    [InlineData("_members_access_role", "[]", "published")]
    [InlineData("passster_activate_protection", "true", "private")]
    [InlineData("passster_activate_protection", "false", "published")]
    public async Task What_a_plugin_keeps_for_some_is_not_shown(string field, string value, string status)
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        wordpress.Posts[0]["meta"] = new JsonObject { [field] = JsonNode.Parse(value) };
        using var site = await Fetch(wordpress);
        Assert.Equal(status, (string?)Lines(site).Single(l => (string?)l["resource"] == "article")["publicationStatus"]);
    }

    [Fact]
    public async Task A_password_is_not_sent_in_the_clear()
    {
        var problem = await Assert.ThrowsAsync<LiveException>(() =>
            LiveSite.Fetch(
                new LiveOptions
                {
                    Site = new Uri("http://site.example"),
                    Folder = folder,
                    User = "ada",
                    Password = "secret",
                },
                TimeProvider.System,
                null,
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("use https", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_at_once_are_refused()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        using var site = await Fetch(wordpress);
        var problem = await Assert.ThrowsAsync<LiveException>(() => Fetch(wordpress));
        Assert.Contains("another import", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_something_else_is_no_site()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        wordpress.Before = context => Send(context, "text/html", "<p>Hello.</p>");
        var problem = await Assert.ThrowsAsync<LiveException>(() => Fetch(wordpress));
        Assert.Contains("shows no WordPress API", problem.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<LiveSite> Fetch(PretendWordPress wordpress, int concurrency = 2, int maxAnswer = 10_000_000) =>
        LiveSite.Fetch(
            new LiveOptions
            {
                Site = wordpress.Address,
                Folder = folder,
                PerPage = 10,
                Concurrency = concurrency,
                MaxAnswer = maxAnswer,
                Backoff = TimeSpan.FromMilliseconds(1),
            },
            TimeProvider.System,
            null,
            TestContext.Current.CancellationToken
        );

    private static List<JsonObject> Lines(LiveSite site) =>
        [
            .. WordPressExport
                .Read(_ => site.Read(), WordPressMapping.Default, TestContext.Current.CancellationToken)
                .Lines(TestContext.Current.CancellationToken)
                .Select(l => l.Value),
        ];

    private static bool IsPage(HttpContext context, int page) =>
        context.Request.Path.Value!.EndsWith("/wp/v2/posts", StringComparison.Ordinal) && context.Request.Query["page"] == $"{page}";

    private static Task<bool> Refuse(HttpContext context, int status, string? retryAfter)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.FromResult(true);
    }

    private static async Task<bool> Send(HttpContext context, string type, string body)
    {
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
        return true;
    }
}

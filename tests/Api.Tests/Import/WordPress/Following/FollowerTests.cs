using System.Globalization;
using System.Text.Json.Nodes;
using Api.Data;
using Api.Http.Site;
using Api.Import;
using Api.Import.WordPress.Following;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Mapping;
using Api.Tests.Import.WordPress.Live;
using Api.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Api.Tests.Import.WordPress.Following;

/// <summary>What a site that behaves badly does to what is here. The real one is in <c>tests/Api.EndToEnd/Following</c>.</summary>
public sealed class FollowerTests(TestServer server) : IAsyncLifetime
{
    private readonly List<string> told = [];
    private Connections connections = null!;
    private ContentDatabase content = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connections = await server.Clone();
        content = new ContentDatabase(connections);
    }

    public async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        await server.Drop(connections);
    }

    [Fact]
    public async Task What_is_new_changes_and_goes_is_so_here()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 30);
        await Once(wordpress);
        Assert.Equal(30, await Public());

        wordpress.Posts[2]["title"] = new JsonObject { ["rendered"] = "Another title" };
        wordpress.Posts.RemoveAt(7);
        wordpress.Posts.Add(PretendWordPress.Post(31));
        await Once(wordpress);
        Assert.Equal(30, await Public());
        Assert.Equal(
            "Another title",
            await Get<string>("select title from content.articles join content.items using (item_id) where slug = 'post-3'")
        );
        Assert.Equal("deleted", await Get<string>("select publication_status from content.items where public_slug = 'post-8'"));
        Assert.Contains(told, sentence => sentence.EndsWith(", 1 removed.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_time_nothing_is_fetched_whole_or_written()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 30);
        await Once(wordpress);
        wordpress.Requests.Clear();
        var sequence = await Get<long>("select max(sequence) from content.changes");
        await Once(wordpress);
        Assert.DoesNotContain(wordpress.Requests, request => request.Contains("include=", StringComparison.Ordinal));
        Assert.Equal(sequence, await Get<long>("select max(sequence) from content.changes"));
    }

    [Fact]
    public async Task What_one_look_does_not_find_stays_if_the_next_finds_it()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 30);
        await Once(wordpress);
        var sequence = await Get<long>("select max(sequence) from content.changes");
        var looks = 0;
        wordpress.Posts[4]["hidden"] = true;
        wordpress.Before = context =>
        {
            if (IsLook(context) && ++looks == 2)
                wordpress.Posts[4].Remove("hidden");
            return Task.FromResult(false);
        };
        await Once(wordpress);
        Assert.Equal(2, looks);
        Assert.Equal(30, await Public());
        Assert.Equal(sequence, await Get<long>("select max(sequence) from content.changes"));
    }

    [Fact]
    public async Task Much_that_seems_gone_stays_until_somebody_says_that_it_is_meant()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 60);
        await Once(wordpress);
        wordpress.Posts.RemoveRange(10, 21);
        var problem = await Assert.ThrowsAsync<SetupException>(() => Once(wordpress));
        Assert.Contains("--accept-removals", problem.Message, StringComparison.Ordinal);
        Assert.Equal(60, await Public());
        await Assert.ThrowsAsync<SetupException>(() => Once(wordpress));
        Assert.Equal(60, await Public());
        await Once(wordpress, accept: true);
        Assert.Equal(39, await Public());
    }

    [Fact]
    public async Task Twenty_may_go_however_few_there_are()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 30);
        await Once(wordpress);
        wordpress.Posts.RemoveRange(0, 20);
        await Once(wordpress);
        Assert.Equal(10, await Public());
    }

    [Theory]
    [InlineData(200, "text/html", "<p>Maintenance.</p>")]
    [InlineData(200, "application/json", "{}")]
    [InlineData(200, "application/json", "[{\"id\": 1, \"slu")]
    [InlineData(403, "application/json", "{\"code\":\"rest_forbidden\"}")]
    [InlineData(404, "text/html", "")]
    [InlineData(500, "text/html", "")]
    public async Task A_broken_answer_takes_nothing_away(int status, string type, string body)
    {
        await using var wordpress = await PretendWordPress.Start(posts: 5);
        await Once(wordpress);
        foreach (var collection in new[] { "posts", "categories", "users" })
        {
            wordpress.Before = async context =>
            {
                if (!context.Request.Path.Value!.EndsWith($"/wp/v2/{collection}", StringComparison.Ordinal))
                    return false;
                context.Response.StatusCode = status;
                context.Response.ContentType = type;
                await context.Response.WriteAsync(body);
                return true;
            };
            await Assert.ThrowsAsync<SetupException>(() => Once(wordpress));
        }
        Assert.Equal(5, await Public());
        wordpress.Before = _ => Task.FromResult(false);
        await Once(wordpress);
        Assert.Equal(5, await Public());
    }

    [Fact]
    public async Task The_site_is_asked_by_its_own_clock()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 3);
        var there = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
        wordpress.Before = context =>
        {
            context.Response.Headers.Date = there.ToString("R", CultureInfo.InvariantCulture);
            return Task.FromResult(false);
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var following = Make(wordpress, new FollowSettings(TimeSpan.FromSeconds(1), Once: false, AcceptRemovals: false)).Run(stop.Token);
        for (
            var waited = 0;
            !wordpress.Requests.Any(request =>
                request.Contains("modified_after=2031-05-06T06%3A58%3A09Z", StringComparison.Ordinal)
                || request.Contains("modified_after=2031-05-06T06:58:09Z", StringComparison.Ordinal)
            );
            waited++
        )
        {
            Assert.True(waited < 300, string.Join('\n', wordpress.Requests.TakeLast(20)));
            await Task.Delay(100, Cancel);
        }
        await stop.CancelAsync();
        await following;
    }

    [Fact]
    public async Task What_was_imported_before_and_has_been_deleted_since_goes()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 6);
        await Once(wordpress);
        foreach (var table in new[] { "followed_site", "followed_parts", "followed_lines" })
            await Execute($"delete from content.{table}");
        wordpress.Posts.RemoveAt(2);
        await Once(wordpress);
        Assert.Equal(5, await Public());
    }

    [Fact]
    public async Task What_was_brought_in_otherwise_stays()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 3);
        using (
            var file = new MemoryStream(
                System.Text.Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        Some.ArticleType(new { slug = "by-hand-type" }),
                        Some.Article(new { slug = "by-hand", type = "by-hand-type" })
                    )
                )
            )
        )
            Assert.True((await Importer().Run(NdjsonReader.Read(file, Cancel), new(), Cancel)).Succeeded);
        await Once(wordpress);
        await Once(wordpress);
        Assert.Equal(4, await Public());
    }

    [Fact]
    public async Task What_an_export_knew_and_the_site_does_not_show_is_kept()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 2);
        await Once(wordpress);
        await Execute(
            """
            update content.articles set primary_topic_id = (select item_id from content.items where resource = 'topic' and slug = 'trade') where item_id = (select item_id from content.items where slug = 'post-1');
            update content.experts set given_name = 'Ada', family_name = 'Moreau';
            """
        );
        wordpress.Posts[0]["title"] = new JsonObject { ["rendered"] = "Another title" };
        await Execute("delete from content.followed_lines");
        await Once(wordpress);
        Assert.Equal(
            "Another title",
            await Get<string>("select title from content.articles join content.items using (item_id) where slug = 'post-1'")
        );
        Assert.Equal(
            "trade",
            await Get<string>(
                "select t.slug from content.articles a join content.items i using (item_id) join content.items t on t.item_id = a.primary_topic_id where i.slug = 'post-1'"
            )
        );
        Assert.Equal("Ada Moreau", await Get<string>("select given_name || ' ' || family_name from content.experts"));
    }

    [Fact]
    public async Task An_address_that_changes_hands_leads_to_its_new_owner()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 2);
        await Once(wordpress);
        // The line of the address reads the same: "/post-1/" to articles/post-1.
        (wordpress.Posts[0]["slug"], wordpress.Posts[0]["link"]) = ("post-2", "https://site.example/post-2/");
        (wordpress.Posts[1]["slug"], wordpress.Posts[1]["link"]) = ("post-1", "https://site.example/post-1/");
        await Once(wordpress);
        Assert.Equal(
            "Post 2 & more",
            await Get<string>(
                "select a.title from content.redirects r join content.articles a on a.item_id = r.target_id where r.path = '/post-1/'"
            )
        );
    }

    [Fact]
    public async Task Guests_of_Co_Authors_Plus_have_biographies_and_stand_in_their_order()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 2);
        var (biography, order) = ("Vera writes.", new[] { "vera-stone", "ada" });
        wordpress.Posts[0]["coauthors"] = new JsonArray(11, 12);
        wordpress.Before = async context =>
        {
            JsonNode? answer = context.Request.Path.Value switch
            {
                "/wp-json/" => new JsonObject
                {
                    ["name"] = "A site",
                    ["home"] = "https://site.example",
                    ["namespaces"] = new JsonArray("wp/v2", "coauthors/v1"),
                },
                "/wp-json/wp/v2/types" => new JsonObject
                {
                    ["post"] = new JsonObject
                    {
                        ["slug"] = "post",
                        ["rest_base"] = "posts",
                        ["taxonomies"] = new JsonArray("category", "author"),
                    },
                },
                "/wp-json/wp/v2/taxonomies" => new JsonObject
                {
                    ["category"] = new JsonObject { ["rest_base"] = "categories" },
                    ["author"] = new JsonObject { ["rest_base"] = "coauthors" },
                },
                "/wp-json/wp/v2/coauthors" => new JsonArray(Term(11, "ada"), Term(12, "vera-stone")),
                "/wp-json/coauthors/v1/coauthors" => new JsonArray([.. order.Select(name => new JsonObject { ["user_nicename"] = name })]),
                "/wp-json/coauthors/v1/coauthors/ada" => new JsonObject
                {
                    ["display_name"] = "Ada Moreau",
                    ["description"] = new JsonObject { ["rendered"] = "" },
                },
                "/wp-json/coauthors/v1/coauthors/vera-stone" => new JsonObject
                {
                    ["display_name"] = "Vera Stone",
                    ["description"] = new JsonObject { ["rendered"] = biography },
                    ["email"] = "vera@site.example",
                },
                _ => null,
            };
            if (answer is null)
                return false;
            context.Response.Headers["X-WP-Total"] = "2";
            context.Response.Headers["X-WP-TotalPages"] = "1";
            await context.Response.WriteAsync(answer.ToJsonString(), Cancel);
            return true;
        };
        await Once(wordpress);
        Assert.Equal("Vera Stone, Ada Moreau", await People());
        Assert.Equal("<p>Vera writes.</p>", await Get<string>("select bio_html from content.experts where name = 'Vera Stone'"));

        biography = "Vera edits.";
        (order[0], order[1]) = (order[1], order[0]);
        wordpress.Posts[0]["modified_gmt"] = "2024-01-02T03:04:06";
        await Once(wordpress);
        Assert.Equal("Ada Moreau, Vera Stone", await People());
        Assert.Equal("<p>Vera edits.</p>", await Get<string>("select bio_html from content.experts where name = 'Vera Stone'"));
        Assert.False(await Get<bool>("select exists (select from content.followed_parts where head like '%@site.example%')"));

        static JsonObject Term(int id, string name) =>
            new()
            {
                ["id"] = id,
                ["slug"] = $"cap-{name}",
                ["name"] = name,
                ["parent"] = 0,
            };

        Task<string> People() =>
            Get<string>(
                """
                select string_agg(e.name, ', ' order by l.position) from content.article_experts l join content.experts e on e.item_id = l.expert_id join content.items i on i.item_id = l.article_id where i.slug = 'post-1'
                """
            );
    }

    [Fact]
    public async Task An_event_that_moves_is_moved_here_by_a_quick_look()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        var shown = PretendWordPress.Post(51);
        shown["slug"] = "forum";
        var starts = "2026-09-10 18:30:00";
        wordpress.Before = async context =>
        {
            var query = context.Request.Query;
            JsonNode? answer = context.Request.Path.Value switch
            {
                "/wp-json/" => new JsonObject
                {
                    ["name"] = "A site",
                    ["home"] = "https://site.example",
                    ["namespaces"] = new JsonArray("wp/v2", "tribe/events/v1"),
                },
                "/wp-json/wp/v2/types" => new JsonObject
                {
                    ["post"] = new JsonObject { ["slug"] = "post", ["rest_base"] = "posts" },
                    ["tribe_events"] = new JsonObject { ["slug"] = "tribe_events", ["rest_base"] = "tribe_events" },
                },
                "/wp-json/wp/v2/tribe_events" => new JsonArray(shown.DeepClone()),
                "/wp-json/tribe/events/v1/events" when query["include"].FirstOrDefault() is null or "51" => new JsonObject
                {
                    ["events"] = new JsonArray(
                        new JsonObject
                        {
                            ["id"] = 51,
                            ["status"] = "publish",
                            ["start_date"] = starts,
                            ["timezone"] = "Europe/Berlin",
                            ["url"] = "https://site.example/event/forum/",
                        }
                    ),
                },
                _ => null,
            };
            if (answer is null)
                return false;
            context.Response.Headers["X-WP-Total"] = "1";
            context.Response.Headers["X-WP-TotalPages"] = "1";
            await context.Response.WriteAsync(answer.ToJsonString(), Cancel);
            return true;
        };
        await Once(wordpress);
        Assert.Equal("2026-09-10 16:30", await StartsAt());

        (starts, shown["modified_gmt"]) = ("2026-10-01 09:00:00", "2024-01-02T03:04:06");
        await Quick(wordpress);
        Assert.Equal("2026-10-01 07:00", await StartsAt());

        Task<string> StartsAt() => Get<string>("select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from content.events");
    }

    [Fact]
    public async Task One_change_on_a_large_site_changes_nothing_else()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 3);
        wordpress.Posts[1]["author"] = 0;
        await Once(wordpress);
        var before = await Get<long>("select max(sequence) from content.changes");
        wordpress.Posts[1]["title"] = new JsonObject { ["rendered"] = "Another title" };
        wordpress.Posts[1]["modified_gmt"] = "2024-01-02T03:04:06";
        await Quick(wordpress);
        Assert.Equal(
            "Another title",
            await Get<string>("select title from content.articles join content.items using (item_id) where slug = 'post-2'")
        );
        Assert.Equal(
            "article post-2",
            await Get<string>(
                $"select string_agg(i.resource || ' ' || i.slug, ', ') from content.changes c join content.items i using (item_id) where c.sequence > {before}"
            )
        );
        Assert.Equal("published", await Get<string>("select publication_status from content.items where slug = 'ada-moreau'"));
    }

    [Fact]
    public async Task Users_whom_PublishPress_Authors_describes_are_one_person_and_what_they_say_is_followed()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 2);
        wordpress.Posts[0]["authors"] = new JsonArray(
            Person("ada", "Ada Moreau", 7, "Ada writes."),
            Person("vera-stone", "Vera Stone", 0, "Vera writes.")
        );
        await Once(wordpress);
        Assert.Equal(
            "Ada Moreau, Vera Stone",
            await Get<string>(
                "select string_agg(name, ', ' order by name) from content.experts join content.items using (item_id) where publication_status = 'published'"
            )
        );
        Assert.Equal(
            "/author/ada/",
            await Get<string>(
                "select string_agg(path, ' ' order by path) from content.redirects where path like '/author/%' and path not like '%vera%'"
            )
        );
        // Neither the item nor its time of change says so.
        wordpress.Posts[0]["authors"] = new JsonArray(
            Person("ada", "Ada Moreau", 7, "Ada writes."),
            Person("vera-stone", "Vera Stone", 0, "Vera edits.")
        );
        await Once(wordpress);
        Assert.Equal("<p>Vera edits.</p>", await Get<string>("select bio_html from content.experts where name = 'Vera Stone'"));

        static JsonObject Person(string slug, string name, int user, string biography) =>
            new()
            {
                ["slug"] = slug,
                ["display_name"] = name,
                ["user_id"] = user,
                ["is_guest"] = user == 0 ? 1 : 0,
                ["description"] = biography,
                ["avatar_url"] = "",
            };
    }

    // What a look for changes brings in on a site of more than 1,000 parts: only what has changed itself.
    private async Task Quick(PretendWordPress wordpress)
    {
        var options = Options(wordpress);
        using var client = new LiveClient(options, TimeProvider.System);
        var site = await LiveApi.Discover(client, options.Site, Cancel);
        var parts = new FollowedParts(content.DataSource);
        await new FollowLook(
            client,
            site,
            await LiveCollections.Announced(client, site, options, LiveNames.Open, Cancel),
            parts,
            options
        ).Quick(null, Cancel);
        await using (var lease = await Lease.TryTake(content.DataSource, "follow wordpress", Cancel))
            await new FollowImport(
                content,
                Importer(),
                parts,
                WordPressMapping.Default,
                lease!,
                asVisitor: true,
                acceptRemovals: false
            ).Run(await FollowedSite.Read(content.DataSource, Cancel), all: false, Cancel);
    }

    [Fact]
    public async Task What_could_not_be_removed_is_tried_again_after_the_next_look()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 3);
        await Once(wordpress);
        await using var connection = await content.DataSource.OpenConnectionAsync(Cancel);
        var made = (
            await connection.QueryAsync<long>(
                "select key from content.followed_lines where slug is distinct from 'post-2' or resource <> 'article'"
            )
        ).ToHashSet();
        var looks = await Get<long>("select looks from content.followed_site");
        await Removals.Note(connection, made, [], Cancel);
        Assert.Empty(await Removals.Find(connection, made, new HashSet<Guid>(), looks, false, Cancel));
        var removal = Assert.Single(await Removals.Find(connection, made, new HashSet<Guid>(), looks + 1, false, Cancel));
        Assert.Equal(await Get<Guid>("select id from content.items where slug = 'post-2'"), removal.Item);
        await Removals.Note(connection, made, [removal], Cancel);
        Assert.Empty(await Removals.Find(connection, made, new HashSet<Guid>(), looks + 1, false, Cancel));
    }

    [Fact]
    public async Task One_database_follows_one_site()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        await using var other = await PretendWordPress.Start(posts: 1);
        await Once(wordpress);
        var problem = await Assert.ThrowsAsync<SetupException>(() => Once(other));
        Assert.Contains("follows http://127.0.0.1", problem.Message, StringComparison.Ordinal);
    }

    private static bool IsLook(HttpContext context) =>
        context.Request.Path.Value!.EndsWith("/wp/v2/posts", StringComparison.Ordinal)
        && context.Request.Query["orderby"] == "id"
        && context.Request.Query["page"] == "1";

    private Task Once(PretendWordPress wordpress, bool accept = false) =>
        Make(wordpress, new FollowSettings(TimeSpan.FromSeconds(60), Once: true, accept)).Run(Cancel);

    private Follower Make(PretendWordPress wordpress, FollowSettings settings) =>
        new(content, Importer(), Options(wordpress), WordPressMapping.Default, settings) { Tell = told.Add };

    private static LiveOptions Options(PretendWordPress wordpress) =>
        new()
        {
            Site = wordpress.Address,
            Folder = "",
            Backoff = TimeSpan.FromMilliseconds(1),
            CustomFields = WordPressMapping.Default.CustomFields,
        };

    private Importer Importer() => new(content, SiteSettings.From(new ConfigurationBuilder().Build()), TimeProvider.System);

    private Task<long> Public() =>
        Get<long>("select count(*) from content.items where resource = 'article' and publication_status = 'published'");

    private async Task<T> Get<T>(string sql)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(Cancel);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    private async Task Execute(string sql)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync(sql);
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Api.Data.Delivery;
using Api.Preview;
using Api.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Preview;

/// <summary>What previews show, and to whom.</summary>
public class PreviewTests(PreviewContent api) : IClassFixture<PreviewContent>
{
    // What a cache or a client would compare, keep or drop an answer by.
    private static readonly string[] Forbidden =
    [
        "ETag",
        "Last-Modified",
        "Content-Sequence",
        "Surrogate-Key",
        "CDN-Cache-Control",
        "Cache-Status",
        "Age",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("article", "articles")]
    [InlineData("event", "events")]
    public async Task Each_view_shows_its_items(string resource, string collection)
    {
        string[] open = ["open", "expiring"];
        string[] later = ["scheduled", "embargoed", "embargoed-elsewhere"];
        await Shows("", null, open);
        await Shows("?preview=drafts&limit=50", api.Preview, [.. open, "draft", .. later]);
        await Shows($"?at={PreviewContent.In(0)}", api.Preview, open);
        await Shows($"?at={PreviewContent.In(-0.03)}", api.Preview, open);
        await Shows($"?at={PreviewContent.In(1.5)}", api.Preview, [.. open, "scheduled"]);
        await Shows($"?at={PreviewContent.In(2.5)}", api.Preview, [.. open, "scheduled", "embargoed-elsewhere"]);
        await Shows($"?at={PreviewContent.In(3.5)}", api.Preview, [.. open, .. later]);
        await Shows($"?at={PreviewContent.In(6)}", api.Preview, ["open", .. later]);
        await Shows($"?preview=drafts&at={PreviewContent.In(6)}", api.Preview, ["open", "draft", .. later]);
        await Shows("?preview=early", api.Early, [.. open, "embargoed"]);
        // Below that topic are drafts of topics, which the others are on.
        await Shows("?preview=early", api.EarlyElsewhere, [.. open, "embargoed", "embargoed-elsewhere"]);

        async Task Shows(string query, string? key, string[] names)
        {
            var expected = names.Select(name => $"{resource}-{name}").Order(StringComparer.Ordinal);
            Assert.Equal(expected, (await api.Slugs($"/v1/{collection}{query}", key)).Order(StringComparer.Ordinal));
            Assert.Equal(expected, (await api.Slugs($"/v1/{collection}.cards.json{query}", key)).Order(StringComparer.Ordinal));
            Assert.Equal(names.Length, (await api.Json($"/v1/{collection}{query}", key))["page"]!["total"]!.GetValue<int>());
            // An item is there exactly where the list shows it.
            foreach (var name in new[] { "open", "expiring", "draft", "private", "expired" }.Concat(later))
            {
                using var item = await api.Ask(
                    $"/v1/{collection}/{resource}-{name}{query.Replace("&limit=50", "", StringComparison.Ordinal)}",
                    key
                );
                Assert.True(names.Contains(name) == (item.StatusCode == HttpStatusCode.OK), $"{name}{query}: {item.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData("/v1/articles/article-draft?preview=drafts", "draft", false)]
    [InlineData("/v1/articles/article-scheduled?preview=drafts", "scheduled", true)]
    [InlineData("/v1/articles/article-embargoed?preview=drafts", "embargoed", true)]
    [InlineData("/v1/articles/article-open?preview=drafts", "published", false)]
    [InlineData("/v1/events/event-embargoed?preview=drafts", "embargoed", true)]
    [InlineData("/v1/topics/planned?preview=drafts", "draft", null)]
    [InlineData("/v1/experts/new?preview=drafts", "draft", null)]
    [InlineData("/v1/pages/plan?preview=drafts", "draft", null)]
    public async Task An_item_says_what_it_is(string path, string status, bool? hasEmbargo)
    {
        var item = (await api.Json(path, api.Preview))["data"]!;
        Assert.Equal(status, item["publicationStatus"]!.GetValue<string>());
        if (hasEmbargo is { } has)
            Assert.Equal(has, item["embargoUntil"] is not null);
        if (item["resource"]!.GetValue<string>() == "article" && status == "draft")
            Assert.Equal(item["updatedAt"]!.GetValue<string>(), item["publishedAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task Names_are_those_of_the_view()
    {
        string[] Names(JsonNode item, string member) => [.. item[member]!.AsArray().Select(one => one!["slug"]!.GetValue<string>())];
        var drafts = (await api.Json("/v1/articles/article-open?preview=drafts", api.Preview))["data"]!;
        Assert.Equal(["china", "planned", "coming"], Names(drafts, "topics"));
        Assert.Equal(["ada", "new"], Names(drafts, "experts"));
        var later = (await api.Json($"/v1/articles/article-open?at={PreviewContent.In(6)}", api.Preview))["data"]!;
        Assert.Equal(["china", "coming"], Names(later, "topics"));
        Assert.Equal(["ada"], Names(later, "experts"));
        var early = (await api.Json("/v1/articles/article-embargoed?preview=early", api.Early))["data"]!;
        Assert.Equal(["china"], Names(early, "topics"));
        Assert.Equal(["ada"], Names(early, "experts"));

        Assert.Equal(["asia", "china", "coming", "europe", "planned"], await api.Slugs("/v1/topics?preview=drafts", api.Preview));
        Assert.Equal(["asia", "china", "europe"], await api.Slugs("/v1/topics?preview=early", api.Early));
        Assert.Equal(["ada", "new"], await api.Slugs("/v1/experts?preview=drafts", api.Preview));
        Assert.Equal(["about", "plan"], await api.Slugs("/v1/pages?preview=drafts", api.Preview));
        Assert.Equal(["about"], await api.Slugs("/v1/pages", api.Preview));
        // Counts inside items are those of the public.
        var topic = (await api.Json("/v1/topics/china?preview=drafts", api.Preview))["data"]!;
        Assert.Equal(2, topic["articleCount"]!.GetValue<int>());
        Assert.Equal(0, (await api.Json("/v1/topics/planned?preview=drafts", api.Preview))["data"]!["articleCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Filters_and_facets_count_what_the_view_shows()
    {
        async Task<Dictionary<string, int>> Facet(string query, string key) =>
            (await api.Json($"/v1/articles?facets=topic&limit=0{query}", key))["facets"]!["topic"]!
                .AsArray()
                .ToDictionary(value => value!["value"]!.GetValue<string>(), value => value!["count"]!.GetValue<int>());
        Assert.Equal(
            new()
            {
                ["asia"] = 5,
                ["china"] = 5,
                ["europe"] = 6,
                ["planned"] = 5,
                ["coming"] = 5,
            },
            await Facet("&preview=drafts", api.Preview)
        );
        // The topic that is planned is still a draft then.
        Assert.Equal(
            new()
            {
                ["asia"] = 3,
                ["china"] = 3,
                ["europe"] = 4,
                ["coming"] = 3,
            },
            await Facet($"&at={PreviewContent.In(6)}", api.Preview)
        );
        Assert.Equal(new() { ["asia"] = 3, ["china"] = 3 }, await Facet("&preview=early", api.Early));
        Assert.Equal(5, (await api.Slugs("/v1/articles?topic=planned&preview=drafts", api.Preview)).Length);
        Assert.Equal(5, (await api.Slugs("/v1/articles?expert=new&role=author&preview=drafts", api.Preview)).Length);
        Assert.Equal(3, (await api.Slugs($"/v1/events?topic=coming&at={PreviewContent.In(6)}", api.Preview)).Length);
        foreach (var (query, key) in new[] { ("preview=early", api.Early), ($"at={PreviewContent.In(1)}", api.Preview) })
        {
            using var unknown = await api.Ask($"/v1/articles?topic=planned&{query}", key);
            Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        }
    }

    [Fact]
    public async Task Menus_pages_and_addresses_lead_to_drafts()
    {
        string[] Labels(JsonNode menu) => [.. menu["data"]!["items"]!.AsArray().Select(entry => entry!["label"]!.GetValue<string>())];
        Assert.Equal(["About", "Plan"], Labels(await api.Json("/v1/menus/main?preview=drafts", api.Preview)));
        Assert.Equal(["About"], Labels(await api.Json("/v1/menus/main?preview=early", api.Early)));
        Assert.Equal(["About"], Labels(await api.Json("/v1/menus/main", api.Preview)));
        foreach (var path in new[] { "/old-plan", "/plan", "/articles/article-draft" })
        {
            using var hidden = await api.Ask($"/v1/resolve?path={path}", api.Preview);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            using var early = await api.Ask($"/v1/resolve?path={path}&preview=early", api.Early);
            Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
            Assert.NotNull((await api.Json($"/v1/resolve?path={path}&preview=drafts", api.Preview))["data"]!["slug"]);
        }
        Assert.NotNull((await api.Json("/v1/resolve?path=/articles/article-embargoed&preview=early", api.Early))["data"]!["slug"]);
    }

    [Fact]
    public async Task What_is_shown_beside_an_item_is_of_the_view_and_public_for_early_access()
    {
        var drafts = (await api.Json("/v1/topics/china?include=articles,experts&preview=drafts", api.Preview))["included"]!;
        Assert.Contains("draft", drafts["articles"]!.AsArray().Select(card => card!["publicationStatus"]!.GetValue<string>()));
        Assert.Equal(2, drafts["experts"]!.AsArray().Count);
        var early = (await api.Json("/v1/topics/china?include=articles,experts&preview=early", api.Early))["included"]!;
        Assert.All(early["articles"]!.AsArray(), card => Assert.Equal("published", card!["publicationStatus"]!.GetValue<string>()));
        Assert.Single(early["experts"]!.AsArray());
        // What is related to an item under embargo is public.
        var beside = (await api.Json("/v1/articles/article-embargoed?include=related&preview=early", api.Early))["included"]!["related"]!;
        Assert.NotEmpty(beside.AsArray());
        Assert.All(beside.AsArray(), card => Assert.Equal("published", card!["publicationStatus"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("/v1/articles?preview=drafts", "drafts")]
    [InlineData("/v1/articles.ndjson?preview=drafts", "drafts")]
    [InlineData("/v1/articles/article-draft?preview=drafts", "drafts")]
    [InlineData("/v1/articles/never-there?preview=drafts", "drafts")]
    [InlineData("/v1/article-types?preview=drafts", "drafts")]
    [InlineData("/v1/articles?q=text&preview=drafts", "public")]
    [InlineData("/v1/search?q=text&preview=drafts", "public")]
    [InlineData("/v1/suggest?q=art&preview=drafts", "public")]
    [InlineData("/v1/articles?at=MOMENT", "at=MOMENT")]
    [InlineData("/v1/events?at=MOMENT&preview=drafts", "drafts, at=MOMENT")]
    public async Task Nothing_can_keep_a_preview_and_the_answer_says_what_it_shows(string path, string shown)
    {
        var moment = PreviewContent.In(10);
        using var answer = await api.Ask(path.Replace("MOMENT", moment, StringComparison.Ordinal), api.Preview);
        Assert.Equal(shown.Replace("MOMENT", moment, StringComparison.Ordinal), Header(answer, "Content-Preview"));
        Assert.Equal("private, no-store", Header(answer, "Cache-Control"));
        Assert.Equal("Accept-Encoding", Header(answer, "Vary"));
        foreach (var name in Forbidden)
            Assert.Null(Header(answer, name));
        // It is no answer to a request without a key.
        using var open = await api.Ask(path.Replace("MOMENT", moment, StringComparison.Ordinal), null);
        Assert.Equal(HttpStatusCode.Unauthorized, open.StatusCode);
    }

    [Fact]
    public async Task A_search_is_the_public_one()
    {
        foreach (var path in new[] { "/v1/articles?q=text", "/v1/search?q=text", "/v1/suggest?q=art" })
        {
            var open = await api.Json(path, null);
            var preview = await api.Json($"{path}&preview=drafts", api.Preview);
            Assert.Equal(open["data"]?.ToJsonString(), preview["data"]?.ToJsonString());
            Assert.Equal(open["suggestions"]?.ToJsonString(), preview["suggestions"]?.ToJsonString());
        }
    }

    [Theory]
    [InlineData("/v1/articles?preview=drafts", null, "key-required")]
    [InlineData("/v1/articles?at=yesterday", null, "key-required")]
    [InlineData("/v1/articles?nonsense=1&%70review=drafts", null, "key-required")]
    [InlineData("/v1/articles/never-there?preview=early", null, "key-required")]
    [InlineData("/v1/articles?preview=drafts&nonsense=1", "early", "unknown-parameter")]
    [InlineData("/v1/articles?preview=all", "early", "unknown-value")]
    [InlineData("/v1/articles?preview=drafts", "early", "insufficient-scope")]
    [InlineData("/v1/articles?at=MOMENT", "early", "insufficient-scope")]
    [InlineData("/v1/articles/article-draft?preview=drafts", "early", "insufficient-scope")]
    [InlineData("/v1/articles/never-there?preview=drafts", "early", "insufficient-scope")]
    [InlineData("/v1/articles?preview=early", "preview", "insufficient-scope")]
    [InlineData("/v1/articles?at=2026-12-01", "preview", "invalid-parameter")]
    [InlineData("/v1/articles?at=2019-12-01T00:00:00Z", "preview", "out-of-range")]
    [InlineData("/v1/articles?at=2090-12-01T00:00:00Z", "preview", "out-of-range")]
    [InlineData("/v1/articles?at=MOMENT&preview=early", "early", "conflicting-parameters")]
    [InlineData("/v1/articles?preview=drafts&minSequence=1", "preview", "conflicting-parameters")]
    [InlineData("/v1/articles?preview=drafts&preview=drafts", "preview", "repeated-parameter")]
    [InlineData("/v1/articles.rss?preview=drafts", "preview", "unknown-parameter")]
    [InlineData("/v1/articles/article-draft.bib?preview=drafts", "preview", "unknown-parameter")]
    [InlineData("/v1/events.ics?preview=drafts", "preview", "unknown-parameter")]
    [InlineData("/v1/changes?preview=drafts", "preview", "unknown-parameter")]
    [InlineData("/v1/redirects?at=MOMENT", "preview", "unknown-parameter")]
    public async Task A_request_that_may_not_see_a_preview_is_told_why(string path, string? scope, string code)
    {
        var key = scope switch
        {
            "early" => api.Early,
            "preview" => api.Preview,
            _ => null,
        };
        using var answer = await api.Ask(path.Replace("MOMENT", PreviewContent.In(10), StringComparison.Ordinal), key);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal(code, problem["code"]!.GetValue<string>());
        Assert.Equal(problem["status"]!.GetValue<int>(), (int)answer.StatusCode);
        Assert.Contains("no-store", Header(answer, "Cache-Control"), StringComparison.Ordinal);
        if (code == "key-required")
            Assert.Equal("Bearer realm=\"content-api\"", Header(answer, "WWW-Authenticate"));
        if (code == "insufficient-scope")
            Assert.Equal(
                [path.Contains("early", StringComparison.Ordinal) ? "early" : "preview"],
                problem["allowed"]!.AsArray().Select(one => one!.GetValue<string>())
            );
    }

    [Fact]
    public async Task Pages_of_a_preview_lead_to_each_other_and_to_no_other_list()
    {
        var moment = PreviewContent.In(2.5);
        var query = $"/v1/articles?limit=2&preview=drafts&at={Uri.EscapeDataString(moment)}";
        List<string> seen = [];
        var first = await api.Json(query, api.Preview);
        for (var page = first; ; )
        {
            seen.AddRange(page["data"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>()));
            foreach (var (_, link) in page["links"]!.AsObject())
            {
                Assert.DoesNotContain("cak_", link?.GetValue<string>() ?? "", StringComparison.Ordinal);
                Assert.Contains("preview=drafts&at=", link?.GetValue<string>() ?? "preview=drafts&at=", StringComparison.Ordinal);
            }
            if (page["links"]!["next"]?.GetValue<string>() is not { } next)
                break;
            page = await api.Json(next, api.Preview);
        }
        Assert.Equal(6, seen.Count);
        Assert.Equal(seen.Order(), seen.Distinct().Order());
        var cursor = Uri.EscapeDataString(first["page"]!["next"]!.GetValue<string>());
        // The same instant in another zone.
        var other = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(2));
        var zoned = Uri.EscapeDataString(other.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        Assert.Equal(2, (await api.Slugs($"/v1/articles?limit=2&preview=drafts&at={zoned}&cursor={cursor}", api.Preview)).Length);

        var early = (await api.Json("/v1/articles?limit=1&preview=early", api.Early))["links"]!["next"]!.GetValue<string>();
        Assert.Single(await api.Slugs(early, api.Early));
        using var ofOthers = await api.Ask(early, api.EarlyElsewhere);
        Assert.Contains("\"foreign-cursor\"", await ofOthers.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        foreach (var elsewhere in new[] { "", "&preview=drafts", $"&at={Uri.EscapeDataString(PreviewContent.In(2.5))}" })
        {
            using var foreign = await api.Ask($"/v1/articles?limit=2{elsewhere}&cursor={cursor}", api.Preview);
            Assert.Contains("\"foreign-cursor\"", await foreign.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_saved_is_seen_at_once_and_makes_no_change_of_the_public_content()
    {
        var slug = Some.Slug("saved");
        var before = (await api.Json("/v1", null))["data"]?["sequence"]?.ToJsonString();
        string[] Of(string[] slugs) => [.. slugs.Where(one => one.StartsWith(slug, StringComparison.Ordinal))];
        Assert.Empty(Of(await api.Slugs("/v1/articles?preview=drafts&limit=50", api.Preview)));
        await api.Import(
            Some.Article(
                new
                {
                    slug,
                    publicationStatus = "draft",
                    language = "sv",
                    topics = new[] { "europe" },
                }
            )
        );
        Assert.Equal([slug], Of(await api.Slugs("/v1/articles?preview=drafts&limit=50", api.Preview)));
        // A language that no public article has.
        Assert.Equal([slug], await api.Slugs("/v1/articles?preview=drafts&language=sv", api.Preview));
        using var unknown = await api.Ask("/v1/articles?language=sv", api.Preview);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        await api.Import(
            Some.Article(
                new
                {
                    slug,
                    publicationStatus = "private",
                    language = "sv",
                }
            )
        );
        Assert.Empty(Of(await api.Slugs("/v1/articles?preview=drafts&limit=50", api.Preview)));
        Assert.Equal(before, (await api.Json("/v1", null))["data"]?["sequence"]?.ToJsonString());
    }

    [Fact]
    public async Task A_draft_that_expires_leaves_the_lists_without_a_commit()
    {
        var slug = Some.Slug("fleeting");
        var end = TimeProvider.System.GetUtcNow().AddSeconds(4);
        await api.Import(
            Some.Article(
                new
                {
                    slug,
                    publicationStatus = "draft",
                    expiresAt = end,
                }
            )
        );
        Assert.Contains(slug, await api.Slugs("/v1/articles?preview=drafts&limit=50", api.Preview));
        Assert.Contains(slug, await api.Slugs($"/v1/articles?preview=drafts&at={PreviewContent.In(0)}&limit=50", api.Preview));
        await Eventually.Is(async () => !(await api.Slugs("/v1/articles?preview=drafts&limit=50", api.Preview)).Contains(slug));
        Assert.True(TimeProvider.System.GetUtcNow() >= end);
        Assert.DoesNotContain(slug, await api.Slugs($"/v1/articles?preview=drafts&at={PreviewContent.In(0)}&limit=50", api.Preview));
    }

    [Fact]
    public async Task An_item_that_an_early_key_may_not_see_answers_as_one_that_never_was()
    {
        foreach (var (collection, resource) in new[] { ("articles", "article"), ("events", "event") })
        foreach (var name in new[] { "embargoed-elsewhere", "draft", "scheduled", "private" })
        {
            var (hidden, never) = ($"{resource}-{name}", $"{resource}-never");
            using var asked = await api.Ask($"/v1/{collection}/{hidden}?preview=early", api.Early);
            using var other = await api.Ask($"/v1/{collection}/{never}?preview=early", api.Early);
            Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
            Assert.Equal(
                Stable(await other.Content.ReadAsStringAsync(Cancel)),
                Stable((await asked.Content.ReadAsStringAsync(Cancel)).Replace(hidden, never, StringComparison.Ordinal))
            );
        }

        static string Stable(string problem) => problem[..problem.IndexOf("\"traceId\"", StringComparison.Ordinal)];
    }

    [Theory]
    [InlineData("drafts", "draft,scheduled,embargoed,embargoed-elsewhere")]
    [InlineData("at", "")]
    [InlineData("early", "embargoed")]
    public async Task No_view_of_the_database_has_more_than_its_readers_may_see(string shows, string names)
    {
        var shown = names.Split(',', StringSplitOptions.RemoveEmptyEntries);
        await using var owner = await api.Database.OpenConnectionAsync(Cancel);
        var topic = await owner.QuerySingleAsync<int>("select item_id from content.items where slug = 'asia'");
        var views = await owner.QueryAsync<string>(
            "select relname::text from pg_class where relnamespace = 'preview'::regnamespace and relkind = 'v'"
        );
        await using var login = new DeliveryDatabase(new DeliveryHosts([api.Connections.Preview!]));
        var queries = new PreviewQueries(login, new PreviewView(shows, null, $"{{{topic}}}"));
        foreach (var view in views)
        {
            var text = await queries.QueryFirst<string>($"select string_agg(v::text, ' ') from delivery.{view} v", null, Cancel) ?? "";
            foreach (
                var name in new[] { "draft", "scheduled", "embargoed", "embargoed-elsewhere", "private", "retracted", "expired" }.Except(
                    shown
                )
            )
                Assert.DoesNotMatch($"(article|event)-{name}[^-]", text);
            foreach (var slug in new[] { "planned", "plan" }.Where(_ => shows != "drafts"))
                Assert.DoesNotMatch($"[(,]{slug}[,)]", text);
        }
    }

    [Fact]
    public async Task The_lists_are_dropped_when_nobody_asks_and_read_again()
    {
        var previews = api.Services.GetRequiredService<Previews>();
        await api.Slugs("/v1/articles?preview=drafts", api.Preview);
        Assert.True(previews.Index!.IsThere);
        previews.Drop();
        Assert.False(previews.Index!.IsThere);
        Assert.Contains("article-draft", await api.Slugs("/v1/articles?preview=drafts", api.Preview));
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
}

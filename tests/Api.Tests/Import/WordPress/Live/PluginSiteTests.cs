using System.Text.Json.Nodes;
using Api.Import.WordPress;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Values;
using Microsoft.AspNetCore.Http;

namespace Api.Tests.Import.WordPress.Live;

/// <summary>
/// Sites with plugins. The answers have the shape that WordPress 7.1 gave with The Events Calendar 6.17.2, Co-Authors Plus 4.0.2,
/// PublishPress Authors 4.7.1, Polylang 3.8.5 and Yoast SEO 28.4.
/// </summary>
public sealed class PluginSiteTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("live-plugins").FullName;

    [Fact]
    public async Task Events_that_WordPress_shows_without_dates_have_those_that_the_plugin_tells()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        JsonObject[] events = [Item(51, "forum", "/event/forum/"), Item(52, "off", "/event/off/"), Item(53, "locked", "/event/locked/")];
        events[0]["content"] = new JsonObject { ["rendered"] = "<p>As written.</p>", ["protected"] = false };
        events[1]["meta"] = new JsonObject { ["_tribe_events_status"] = "canceled", ["_tribe_events_status_reason"] = "Storm" };
        events[2]["content"] = new JsonObject { ["rendered"] = "", ["protected"] = true };
        var hall = new JsonObject
        {
            ["id"] = 50,
            ["status"] = "publish",
            ["url"] = "https://site.example/venue/hall/",
            ["venue"] = "Old Customs House",
            ["slug"] = "hall",
            ["address"] = "Hafenstr. 1",
            ["city"] = "Hamburg",
            ["zip"] = "20457",
            ["country"] = "Germany",
        };
        var venue = Item(50, "hall", "/venue/hall/");
        venue["title"] = new JsonObject { ["rendered"] = "Old Customs House" };
        var told = new JsonArray(Told(51, hall), Told(52, new JsonArray()), Told(53, new JsonArray()), Told(54, new JsonArray()));
        Answer(
            wordpress,
            new()
            {
                ["/wp-json/"] = Root("tribe/events/v1", "tec/v1"),
                ["/wp-json/wp/v2/types"] = Types("post", "tribe_venue", "tribe_events"),
                ["/wp-json/wp/v2/tribe_venue"] = new JsonArray(venue),
                ["/wp-json/tribe/events/v1/events"] = new JsonObject { ["events"] = told },
            },
            context =>
                context.Request.Path == "/wp-json/wp/v2/tribe_events"
                    // What is over is left out, unless a query names a date of events.
                    ? new JsonArray(context.Request.Query["search"] == "-_EventStartDate" ? [.. events.Select(one => one.DeepClone())] : [])
                    : null
        );
        var lines = await Lines(wordpress);
        var forum = Find(lines, "forum");
        Assert.Equal(
            ("2026-09-10T16:30:00Z", "Europe/Berlin", "Old Customs House, Hafenstr. 1, 20457 Hamburg, Germany"),
            ((string?)forum["startsAt"], (string?)forum["timeZone"], (string?)forum["location"])
        );
        Assert.Contains("As written.", (string?)forum["bodyHtml"], StringComparison.Ordinal);
        Assert.Equal(
            ("cancelled", "private"),
            ((string?)Find(lines, "off")["status"], (string?)Find(lines, "locked")["publicationStatus"])
        );
        // One that WordPress does not show comes as the plugin tells it.
        Assert.Contains("By the plugin.", (string?)Find(lines, "event-54")["bodyHtml"], StringComparison.Ordinal);
        Assert.Equal(4, lines.Count(line => (string?)line["resource"] == "event"));

        static JsonObject Told(int id, JsonNode venue) =>
            new()
            {
                ["id"] = id,
                ["author"] = "7",
                ["status"] = "publish",
                ["date"] = "2024-01-02 03:04:05",
                ["date_utc"] = "2024-01-02 03:04:05",
                ["url"] = $"https://site.example/event/event-{id}/",
                ["slug"] = $"event-{id}",
                ["title"] = "Told",
                ["description"] = "<p>By the plugin.</p>",
                ["all_day"] = false,
                ["start_date"] = "2026-09-10 18:30:00",
                ["end_date"] = "2026-09-10 20:00:00",
                ["utc_start_date"] = "2026-09-10 16:30:00",
                ["utc_end_date"] = "2026-09-10 18:00:00",
                ["timezone"] = "Europe/Berlin",
                ["venue"] = venue,
            };
    }

    [Fact]
    public async Task A_site_that_does_not_show_the_events_of_Events_Manager_is_noted()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        const string Left = "Events left out: Events Manager does not show them by the REST API. Import a file.";
        Answer(wordpress, new() { ["/wp-json/"] = Root("events-manager/v1") });
        Assert.Contains(Left, await Notes(wordpress));
        Answer(
            wordpress,
            new()
            {
                ["/wp-json/"] = Root("events-manager/v1"),
                ["/wp-json/wp/v2/types"] = Types("post", "event"),
                ["/wp-json/wp/v2/event"] = new JsonArray(),
            }
        );
        Assert.DoesNotContain(Left, await Notes(wordpress));
    }

    [Fact]
    public async Task Guests_in_any_script_and_those_who_are_users_as_well_are_described()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 2);
        (wordpress.Posts[0]["coauthors"], wordpress.Posts[1]["coauthors"]) = (new JsonArray(5), new JsonArray(8));
        Answer(
            wordpress,
            new()
            {
                ["/wp-json/"] = Root("coauthors/v1"),
                ["/wp-json/wp/v2/types"] = Types("post", "guest-author"),
                ["/wp-json/wp/v2/taxonomies"] = new JsonObject
                {
                    ["author"] = new JsonObject { ["slug"] = "author", ["rest_base"] = "coauthors" },
                },
                ["/wp-json/wp/v2/coauthors"] = new JsonArray(
                    Term(2, "cap-ada", "ada"),
                    Term(5, "cap-%e7%8e%8b%e5%b0%8f%e6%98%8e", "王小明"),
                    Term(6, "cap-rene-l", "rene.l"),
                    Term(8, "cap-ada-guest", "ada-guest")
                ),
                // Of guests WordPress shows numbers and names in addresses, which are not those to sign in with.
                ["/wp-json/wp/v2/guest-author"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = 9,
                        ["slug"] = "cap-rene-l",
                        ["status"] = "draft",
                    }
                ),
                ["/wp-json/coauthors/v1/coauthors/rene-l"] = Person(9, "rene-l", "René L."),
                ["/wp-json/coauthors/v1/coauthors/ada"] = Person(10, "ada-guest", "Ada M."),
                ["/wp-json/coauthors/v1/coauthors/ada-guest"] = Person(10, "ada-guest", "Ada M."),
            },
            context =>
                context.Request.Path.Value switch
                {
                    "/wp-json/wp/v2/posts" when context.Request.Query["coauthors"] == "5" => new JsonArray(wordpress.Posts[0].DeepClone()),
                    "/wp-json/coauthors/v1/coauthors" when context.Request.Query["post_id"] == "1" => new JsonArray(
                        Person(8, "%e7%8e%8b%e5%b0%8f%e6%98%8e", "王小明", "研究者。")
                    ),
                    _ => null,
                }
        );
        var lines = await Lines(wordpress);
        Assert.Equal(
            ["Ada M.", "René L.", "王小明"],
            lines.Where(line => (string?)line["resource"] == "expert").Select(line => (string)line["name"]!).Order(StringComparer.Ordinal)
        );
        Assert.Equal("<p>研究者。</p>", (string?)Find(lines, "王小明")["bioHtml"]);
        Assert.Equal(
            ("ada-m", WordPressIdOf("ada")),
            ((string?)Find(lines, "post-2")["experts"]![0]!["slug"], (string?)Find(lines, "ada-m")["id"])
        );

        static JsonObject Term(int id, string slug, string name) =>
            new()
            {
                ["id"] = id,
                ["slug"] = slug,
                ["name"] = name,
                ["parent"] = 0,
            };
        static JsonObject Person(int id, string nicename, string name, string biography = "") =>
            new()
            {
                ["id"] = id,
                ["user_nicename"] = nicename,
                ["display_name"] = name,
                ["featured_media"] = 0,
                ["description"] = new JsonObject { ["raw"] = biography },
            };
        static string WordPressIdOf(string login) => new WordPressIds("https://site.example").Author(login).ToString();
    }

    [Fact]
    public async Task A_picture_of_PublishPress_Authors_is_that_of_the_media_library()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        const string Uploads = "https://site.example/wp-content/uploads/2026/05";
        wordpress.Posts[0]["authors"] = new JsonArray(
            new JsonObject
            {
                ["slug"] = "vera",
                ["display_name"] = "Vera Stone",
                ["avatar_url"] = new JsonObject { ["url"] = $"{Uploads}/vera-150x150.jpg", ["url2x"] = $"{Uploads}/vera-300x300.jpg" },
            }
        );
        var picture = Item(60, "vera", "/vera/");
        (picture["source_url"], picture["alt_text"], picture["media_details"]) = (
            $"{Uploads}/vera-scaled.jpg",
            "Vera at work",
            new JsonObject { ["width"] = 2560, ["height"] = 1707 }
        );
        Answer(
            wordpress,
            new() { ["/wp-json/wp/v2/types"] = Types("post", "attachment"), ["/wp-json/wp/v2/media"] = new JsonArray(picture) }
        );
        var photo = Find(await Lines(wordpress), "vera-stone")["photo"]!;
        Assert.Equal(
            ($"{Uploads}/vera-scaled.jpg", "Vera at work", 2560),
            ((string?)photo["url"], (string?)photo["alt"], (int?)photo["width"])
        );
    }

    [Fact]
    public async Task Addresses_say_the_language_where_each_has_its_folder()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 3);
        wordpress.Posts[1]["link"] = "https://site.example/fr/post-2/";
        wordpress.Posts[2]["link"] = "https://site.example/?p=3";
        Answer(
            wordpress,
            new()
            {
                ["/wp-json/"] = Root("pll/v1"),
                ["/wp-json/pll/v1/languages"] = Languages("https://site.example/", "https://site.example/fr/"),
            }
        );
        var (lines, keeps) = await LinesAndKeeps(wordpress);
        Assert.Equal(["en", "fr", "fr-FR"], new[] { "post-1", "post-2", "post-3" }.Select(slug => (string?)Find(lines, slug)["language"]));
        // Which are translations of which stays as a file said it, and the language of what has no address.
        Assert.All(keeps, kept => Assert.Contains("translations", kept));
        Assert.Equal([false, false, true], keeps.Select(kept => kept.Contains("language")));
    }

    [Fact]
    public async Task Where_addresses_do_not_say_the_language_it_is_not_known()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        Answer(
            wordpress,
            new()
            {
                ["/wp-json/"] = Root("pll/v1"),
                ["/wp-json/pll/v1/languages"] = Languages("https://site.example/", "https://site.example/?lang=fr"),
            }
        );
        Assert.Contains("language", Assert.Single((await LinesAndKeeps(wordpress)).Keeps));
    }

    [Fact]
    public async Task What_Yoast_SEO_says_of_another_item_is_left_alone()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 2);
        var seo = Seo("https://site.example/post-1/", "https://site.example/post-1/");
        (seo["description"], seo["robots"]) = ("Of the first.", new JsonObject { ["index"] = "noindex" });
        foreach (var post in wordpress.Posts)
            post["yoast_head_json"] = seo.DeepClone();
        var (lines, keeps) = await LinesAndKeeps(wordpress);
        Assert.Equal(
            ("Of the first.", null, null),
            ((string?)Find(lines, "post-1")["seo"]!["description"], Find(lines, "post-2")["seo"], Find(lines, "post-2")["canonicalUrl"])
        );
        Assert.Equal([false, true], keeps.Select(kept => kept.Contains("canonicalUrl") && kept.Contains("seo.noindex")));
    }

    [Fact]
    public async Task A_canonical_address_comes_also_of_what_search_engines_are_to_leave_out()
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        var seo = Seo("https://site.example/post-1/", null);
        (seo["og_url"], seo["robots"]) = (
            "https://canonical.example.org/x/",
            new JsonObject { ["index"] = "noindex", ["follow"] = "follow" }
        );
        wordpress.Posts[0]["yoast_head_json"] = seo;
        var line = Find(await Lines(wordpress), "post-1");
        Assert.Equal(("https://canonical.example.org/x/", true), ((string?)line["canonicalUrl"], (bool?)line["seo"]!["noindex"]));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static JsonObject Root(params string[] plugins) =>
        new()
        {
            ["name"] = "A site",
            ["home"] = "https://site.example",
            ["namespaces"] = new JsonArray([JsonValue.Create("wp/v2"), .. plugins.Select(plugin => JsonValue.Create(plugin))]),
        };

    private static JsonObject Types(params string[] types) =>
        new(
            types.Select(type =>
                KeyValuePair.Create<string, JsonNode?>(
                    type,
                    new JsonObject
                    {
                        ["slug"] = type,
                        ["rest_base"] = type switch
                        {
                            "post" => "posts",
                            "attachment" => "media",
                            _ => type,
                        },
                        ["taxonomies"] = new JsonArray("author"),
                    }
                )
            )
        );

    private static JsonObject Item(int id, string slug, string path)
    {
        var item = PretendWordPress.Post(id);
        (item["slug"], item["link"]) = (slug, $"https://site.example{path}");
        return item;
    }

    private static JsonArray Languages(string english, string french) =>
        new(new JsonObject { ["slug"] = "en", ["home_url"] = english }, new JsonObject { ["slug"] = "fr", ["home_url"] = french });

    private static JsonObject Seo(string link, string? canonical)
    {
        var graph = new JsonArray(
            new JsonObject
            {
                ["@type"] = "Article",
                ["@id"] = $"{canonical ?? "https://elsewhere.example/"}#article",
                ["isPartOf"] = new JsonObject { ["@id"] = link },
                ["mainEntityOfPage"] = new JsonObject { ["@id"] = link },
            },
            new JsonObject
            {
                ["@type"] = "WebPage",
                ["@id"] = link,
                ["isPartOf"] = new JsonObject { ["@id"] = "https://site.example/#website" },
            }
        );
        var seo = new JsonObject
        {
            ["og_url"] = canonical ?? link,
            ["schema"] = new JsonObject { ["@graph"] = graph },
        };
        if (canonical is not null)
            seo["canonical"] = canonical;
        return seo;
    }

    private static void Answer(
        PretendWordPress wordpress,
        Dictionary<string, JsonNode> answers,
        Func<HttpContext, JsonNode?>? more = null
    ) =>
        wordpress.Before = async context =>
        {
            if ((more?.Invoke(context) ?? answers.GetValueOrDefault(context.Request.Path.Value!)) is not { } answer)
                return false;
            context.Response.Headers["X-WP-Total"] = $"{(answer as JsonArray)?.Count ?? 1}";
            context.Response.Headers["X-WP-TotalPages"] = "1";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer.ToJsonString());
            return true;
        };

    private static JsonObject Find(IEnumerable<JsonObject> lines, string slug) =>
        Assert.Single(lines, line => (string?)line["slug"] == slug);

    private async Task<List<JsonObject>> Lines(PretendWordPress wordpress) => (await LinesAndKeeps(wordpress)).Lines;

    private async Task<IReadOnlyList<string>> Notes(PretendWordPress wordpress)
    {
        using var site = await LiveSite.Fetch(Options(wordpress), TimeProvider.System, null, TestContext.Current.CancellationToken);
        return site.Contents.Notes;
    }

    private LiveOptions Options(PretendWordPress wordpress) =>
        new()
        {
            Site = wordpress.Address,
            Folder = folder,
            Fresh = true,
            Backoff = TimeSpan.FromMilliseconds(1),
            CustomFields = WordPressMapping.Default.CustomFields,
        };

    // What is kept of each article, in order.
    private async Task<(List<JsonObject> Lines, List<IReadOnlyList<string>> Keeps)> LinesAndKeeps(PretendWordPress wordpress)
    {
        using var site = await LiveSite.Fetch(Options(wordpress), TimeProvider.System, null, TestContext.Current.CancellationToken);
        var lines = WordPressExport
            .Read(_ => site.Read(), WordPressMapping.Default, TestContext.Current.CancellationToken)
            .Lines(TestContext.Current.CancellationToken)
            .ToList();
        Assert.DoesNotContain(lines, line => line.Value.ToJsonString().Contains('@', StringComparison.Ordinal));
        return (
            [.. lines.Select(line => line.Value)],
            [.. lines.Where(line => (string?)line.Value["resource"] == "article").Select(line => line.Keeps)]
        );
    }
}

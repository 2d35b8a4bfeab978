using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Http.Caching;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Http.Caching;

public class DeliveryTests(DeliveryTests.Content api) : IClassFixture<DeliveryTests.Content>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AnswerCache Cache => api.Services.GetRequiredService<AnswerCache>();

    [Fact]
    public async Task The_second_answer_comes_from_memory_and_is_the_same()
    {
        await api.Import(Some.Article(new { slug = "twice", topics = new[] { "north" } }));
        using var first = await Get("/v1/articles/twice");
        using var second = await Get("/v1/articles/twice");
        Assert.Equal("content-api; fwd=uri-miss; stored", Header(first, "Cache-Status"));
        Assert.Equal("content-api; hit", Header(second, "Cache-Status"));
        Assert.Null(Header(second, "Age"));
        Assert.Equal("public, max-age=15, stale-while-revalidate=15, stale-if-error=86400", Header(second, "Cache-Control"));
        Assert.Equal(Steady(first), Steady(second));
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await second.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_client_that_has_the_answer_gets_304_whatever_the_form_of_its_condition()
    {
        using var first = await Get("/v1/article-types");
        var etag = Header(first, "ETag")!;
        Assert.StartsWith("W/\"", etag, StringComparison.Ordinal);
        foreach (var condition in new[] { etag, etag[2..], $"\"other\", {etag}", "*" })
        {
            using var answer = await Get("/v1/article-types", ("If-None-Match", condition));
            Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
            Assert.Equal(etag, Header(answer, "ETag"));
            Assert.NotNull(Header(answer, "Content-Sequence"));
            Assert.NotNull(Header(answer, "Cache-Control"));
            Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
        }
        foreach (var condition in new[] { "\"other\"", "nonsense", "W/\"" })
        {
            using var answer = await Get("/v1/article-types", ("If-None-Match", condition));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_date_is_a_condition_once_no_other_change_can_have_it()
    {
        await Eventually.Is(async () =>
        {
            using var fresh = await Get("/v1/menus?limit=9");
            return Header(fresh, "Last-Modified") is not null;
        });
        using var first = await Get("/v1/menus?limit=9");
        var date = Header(first, "Last-Modified")!;
        using var same = await Get("/v1/menus?limit=9", ("If-Modified-Since", date));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        // A tag, even another, goes before a date (RFC 9110 §13.2.2).
        using var other = await Get("/v1/menus?limit=9", ("If-Modified-Since", date), ("If-None-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var earlier = await Get("/v1/menus?limit=9", ("If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT"));
        Assert.Equal(HttpStatusCode.OK, earlier.StatusCode);
    }

    [Fact]
    public async Task The_date_of_an_older_answer_is_no_condition_that_holds()
    {
        var changed = await Now();
        await api.Import(Some.Menu(new { slug = "dated" }));
        // What a cache sends that was given no Last-Modified: when it got the answer before, or one of another node, that was the last to
        // hear of the change.
        foreach (
            var date in new[]
            {
                changed,
                changed + TimeSpan.FromSeconds(1),
                changed + api.Services.GetRequiredService<CacheSettings>().Safety,
            }
        )
        {
            await Eventually.Is(async () =>
            {
                using var settled = await Get("/v1/menus/dated");
                return Header(settled, "Last-Modified") is not null;
            });
            using var answer = await Get("/v1/menus/dated", ("If-Modified-Since", date.ToString("r", CultureInfo.InvariantCulture)));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task What_the_clock_changes_has_no_date_even_when_nothing_is_to_come()
    {
        await Eventually.Is(async () =>
        {
            using var settled = await Get("/v1/events");
            return Header(settled, "Last-Modified") is not null;
        });
        using var upcoming = await Get(
            "/v1/events?when=upcoming",
            ("If-Modified-Since", DateTimeOffset.MaxValue.ToString("r", CultureInfo.InvariantCulture))
        );
        Assert.Null(Header(upcoming, "Last-Modified"));
        Assert.Equal(HttpStatusCode.OK, upcoming.StatusCode);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip;q=1, br;q=0.5", "gzip")]
    [InlineData("br;q=0, *;q=0.1", "gzip")]
    [InlineData("gzip;q=0.1", "gzip")]
    [InlineData("gzip;q=0.1, identity;q=0.2", null)]
    [InlineData("gzip, identity", "gzip")]
    [InlineData("identity;q=0", null)]
    [InlineData("identity", null)]
    [InlineData("zstd", null)]
    [InlineData("%%%", null)]
    public async Task Codings_are_what_the_client_takes_and_hold_the_same(string accepted, string? expected)
    {
        using var plain = await Get("/v1/articles?topic=north");
        foreach (var _ in new[] { "made", "kept" })
        {
            using var answer = await Get("/v1/articles?topic=north", ("Accept-Encoding", accepted));
            Assert.Equal(expected, answer.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.Equal(Header(plain, "ETag"), Header(answer, "ETag"));
            Assert.Equal(await plain.Content.ReadAsStringAsync(Cancel), await Decoded(answer));
        }
    }

    [Fact]
    public async Task Head_has_the_headers_of_a_kept_answer()
    {
        using var made = await Get("/v1/articles?topic=south");
        using var get = await Get("/v1/articles?topic=south");
        using var request = new HttpRequestMessage(HttpMethod.Head, "/v1/articles?topic=south");
        using var head = await api.Client.SendAsync(request, Cancel);
        Assert.Equal(Steady(get), Steady(head));
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task What_means_the_same_is_one_answer()
    {
        using var first = await Get("/v1/articles?topic=north,south&type=brief");
        var kept = Cache.Count;
        foreach (
            var same in new[]
            {
                "/v1/articles?type=brief&topic=north,south",
                "/v1/articles?topic=south,north&type=brief",
                "/v1/articles?topic=north,south&type=brief&limit=20&count=auto",
                "/v1/articles?utm_source=x&topic=north,south&type=brief&fbclid=1",
                "/v1/articles.json?topic=north,south&type=brief",
                "/v1/articles/?topic=north%2Csouth&type=%62rief",
            }
        )
        {
            using var answer = await Get(same);
            Assert.Equal("content-api; hit", Header(answer, "Cache-Status"));
            Assert.Equal(Header(first, "ETag"), Header(answer, "ETag"));
        }
        Assert.Equal(kept, Cache.Count);
    }

    [Fact]
    public async Task A_shared_answer_leads_on_for_everybody_who_gets_it()
    {
        using var first = await Get("/v1/topics?view=list&limit=1");
        var next = JsonNode.Parse(await first.Content.ReadAsStringAsync(Cancel))!["page"]!["next"]!.GetValue<string>();
        foreach (var path in new[] { "/v1/topics?view=list&limit=1", "/v1/topics?limit=1" })
        {
            using var answer = await Get($"{path}&cursor={next}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Only_successes_are_kept()
    {
        foreach (var path in new[] { "/v1/articles/soon-there", "/v1/articles?limit=0", "/v1/articles?topic=no-such-topic", "/v1/nothing" })
        {
            using var answer = await Get(path);
            Assert.Null(Header(answer, "Cache-Status"));
        }
        await api.Import(Some.Article(new { slug = "soon-there" }));
        using var there = await Get("/v1/articles/soon-there");
        Assert.Equal(HttpStatusCode.OK, there.StatusCode);
    }

    [Theory]
    [InlineData("/v1/articles/no-such-article", "public, max-age=15")]
    [InlineData("/v1/articles?limit=0", "no-store")]
    public async Task Others_may_keep_what_is_not_there_but_no_mistake(string path, string expected)
    {
        using var answer = await Get(path);
        Assert.Equal(expected, Header(answer, "Cache-Control"));
    }

    [Fact]
    public async Task A_change_drops_what_it_concerns_and_nothing_else()
    {
        await api.Import(Some.Article(new { slug = "moving", topics = new[] { "north" } }));
        string[] concerned = ["/v1/articles?topic=north", "/v1/articles", "/v1/articles/moving", "/v1/articles?type=brief&topic=north"];
        string[] others = ["/v1/articles?topic=south", "/v1/articles/anchor", "/v1/events"];
        foreach (var path in concerned.Concat(others))
            (await Get(path)).Dispose();
        await api.Import(
            Some.Article(
                new
                {
                    slug = "moving",
                    title = "Moved",
                    topics = new[] { "north" },
                }
            )
        );
        foreach (var path in others)
            Assert.Equal("content-api; hit", await Status(path));
        foreach (var path in concerned)
        {
            using var answer = await Get(path);
            Assert.Equal("content-api; fwd=uri-miss; stored", Header(answer, "Cache-Status"));
            Assert.Contains("\"Moved\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_same_import_again_drops_nothing()
    {
        var line = Some.Article(new { slug = "unmoved" });
        await api.Import(line);
        (await Get("/v1/articles/unmoved")).Dispose();
        await api.Import(line);
        Assert.Equal("content-api; hit", await Status("/v1/articles/unmoved"));
    }

    [Fact]
    public async Task An_answer_that_is_being_made_while_the_content_changes_is_not_kept()
    {
        await api.Import(
            Some.Expert(new { slug = "unmet" }),
            Some.Article(
                new
                {
                    slug = "held",
                    doi = "10.1234/before",
                    experts = new[] { new { slug = "unmet", role = "author" } },
                }
            )
        );
        // The article is read; then the names of its experts, whom nobody has asked for before, have to wait.
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "lock table content.sources in access exclusive mode";
            await command.ExecuteNonQueryAsync(Cancel);
        }
        var begun = api.Client.GetStringAsync(new Uri("/v1/articles/held", UriKind.Relative), Cancel);
        await Eventually.Is(async () => await Waiting() > 0);
        // Something that can be published without looking at an outlet.
        await api.Execute(
            "update content.articles set doi = '10.1234/after' where item_id = (select item_id from content.items where slug = 'held')"
        );
        await holding.RollbackAsync(Cancel);

        Assert.Contains("10.1234/before", await begun, StringComparison.Ordinal);
        Assert.Contains(
            "10.1234/after",
            await api.Client.GetStringAsync(new Uri("/v1/articles/held", UriKind.Relative), Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_thousand_who_ask_for_the_same_at_once_cost_one_query()
    {
        (await Get("/v1/articles/anchor")).Dispose();
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "lock table content.articles in access exclusive mode";
            await command.ExecuteNonQueryAsync(Cancel);
        }
        var asked = Enumerable.Range(0, 1_000).Select(_ => Status("/v1/articles?limit=3&include=body")).ToList();
        await Eventually.Is(async () => await Waiting() > 0);
        Assert.Equal(1, await Waiting());
        await holding.RollbackAsync(Cancel);
        var statuses = await Task.WhenAll(asked);
        Assert.Single(statuses, status => status == "content-api; fwd=uri-miss; stored");
        Assert.All(statuses, status => Assert.StartsWith("content-api; ", status, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_can_be_asked_to_reflect_a_change()
    {
        var sequence = (await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>();
        await using (
            var command = api.Database.CreateCommand(
                "update content.articles set title = 'Asked for' where item_id = (select item_id from content.items where slug = 'anchor')"
            )
        )
            await command.ExecuteNonQueryAsync(Cancel);
        using var answer = await Get($"/v1/articles/anchor?minSequence={sequence + 1}");
        Assert.Equal("no-store", Header(answer, "Cache-Control"));
        Assert.True(long.Parse(Header(answer, "Content-Sequence")!, CultureInfo.InvariantCulture) > sequence);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Asked for", text, StringComparison.Ordinal);
        Assert.DoesNotContain("minSequence", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_that_the_content_has_not_reached_is_a_mistake()
    {
        var problem = await api.GetJson("/v1/articles?minSequence=2000000000", HttpStatusCode.BadRequest);
        Assert.Equal("minSequence", problem["parameter"]!.GetValue<string>());
        Assert.Contains("the content is at", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_history_of_the_content_is_noticed_though_its_numbers_go_on()
    {
        await api.Import(Some.Article(new { slug = "restored" }));
        (await Get("/v1/articles/restored")).Dispose();
        Assert.Equal("content-api; hit", await Status("/v1/articles/restored"));
        // As after a restore that lost the last change, and the same number of changes since.
        await api.Execute("update content.changes set at = at - interval '1 hour' where sequence = (select sequence from content.head)");
        Assert.NotEqual("content-api; hit", await Status("/v1/articles/restored"));
    }

    [Fact]
    public async Task Keys_name_the_list_and_the_items_that_show()
    {
        using var answer = await Get("/v1/articles?topic=north&limit=1");
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal(
            $"all topics/north/articles.list {json["data"]![0]!["id"]!.GetValue<string>()[^12..]}",
            Header(answer, "Surrogate-Key")
        );
    }

    [Theory]
    [InlineData("/v1/articles/no-such-article", "all articles/no-such-article")]
    [InlineData("/v1/articles/no-such-article/related", "all articles/no-such-article")]
    [InlineData("/v1/articles/no-such-article.bib", "all articles/no-such-article")]
    [InlineData("/v1/nothing", "all")]
    public async Task What_is_not_there_has_the_key_of_its_address(string path, string expected)
    {
        using var answer = await Get(path);
        Assert.Equal(expected, Header(answer, "Surrogate-Key"));
    }

    [Theory]
    [InlineData("/v1/articles", "articles.list")]
    [InlineData("/v1/articles?sort=title", "articles")]
    [InlineData("/v1/articles?type=brief", "article-types/brief/articles.list")]
    // The numbers of the two values.
    [InlineData("/v1/articles?type=brief&topic=north", "articles.pairs articles.#-#")]
    [InlineData("/v1/articles?topic=north,south&sort=-updatedAt", "topics/north/articles topics/south/articles")]
    [InlineData("/v1/events", "events.list")]
    [InlineData("/v1/topics", "topics.list")]
    [InlineData("/v1/article-types", "article-types.list")]
    [InlineData("/v1/articles?q=anchor", "content articles.list")]
    [InlineData("/v1/search?q=anchor", "content")]
    [InlineData("/v1/experts?sort=-articleCount", "content experts.list")]
    [InlineData("/v1", "content")]
    public async Task Lists_have_the_keys_of_what_they_are_filtered_by(string path, string expected)
    {
        using var answer = await Get(path);
        var keys = Header(answer, "Surrogate-Key")!.Split(' ').Where(key => key != "all" && !key.All(char.IsAsciiHexDigitLower));
        Assert.Equal(expected, Regex.Replace(string.Join(' ', keys), @"\.\d+-\d+", ".#-#"));
    }

    [Fact]
    public async Task What_is_scheduled_appears_and_what_expires_vanishes_at_its_moment()
    {
        // Far enough away that it is stored before it appears, also on a busy machine.
        var begun = await Now();
        await api.Import(Some.Article(new { slug = "before" }));
        var appears = await Now() + TimeSpan.FromSeconds(2) + 2 * (await Now() - begun);
        var vanishes = appears + TimeSpan.FromSeconds(2);
        await api.Import(
            Some.Article(
                new
                {
                    slug = "passing",
                    topics = new[] { "moment" },
                    publishedAt = appears,
                    publicationStatus = "scheduled",
                    expiresAt = vanishes,
                }
            )
        );
        bool early = false,
            late = false,
            seen = false;
        for (var now = await Now(); now < vanishes + TimeSpan.FromSeconds(2); now = await Now())
        {
            var total = (await api.GetJson("/v1/articles?topic=moment"))["page"]!["total"]!.GetValue<int>();
            using var item = await Get("/v1/articles/passing");
            var after = await Now();
            var shown = total > 1 || item.StatusCode == HttpStatusCode.OK;
            early |= shown && after < appears;
            late |= shown && now > vanishes + TimeSpan.FromSeconds(1);
            seen |= total > 1 && item.StatusCode == HttpStatusCode.OK && after < vanishes;
            await Task.Delay(20, Cancel);
        }
        Assert.Equal((false, true, false), (early, seen, late));
    }

    [Fact]
    public async Task What_has_ended_is_past_at_its_moment()
    {
        DateTimeOffset ends;
        bool isUpcoming,
            isPast;
        // On a busy machine the import may take as long: then once more with more time.
        for (var time = TimeSpan.FromSeconds(2); ; time *= 2)
        {
            ends = await Now() + time;
            await api.Import(
                Some.Event(
                    new
                    {
                        slug = "ending",
                        startsAt = ends - TimeSpan.FromHours(1),
                        endsAt = ends,
                    }
                )
            );
            (isUpcoming, isPast) = (await Shows("/v1/events?when=upcoming"), await Shows("/v1/events?when=past"));
            if (await Now() < ends)
                break;
        }
        Assert.True(isUpcoming);
        Assert.False(isPast);
        await Eventually.Is(async () => await Now() > ends);
        Assert.False(await Shows("/v1/events?when=upcoming"));
        Assert.True(await Shows("/v1/events?when=past"));

        async Task<bool> Shows(string path) =>
            (await api.GetJson(path))["data"]!.AsArray().Any(one => one!["slug"]!.GetValue<string>() == "ending");
    }

    // How many statements wait for a lock.
    private async Task<long> Waiting()
    {
        await using var command = api.Database.CreateCommand(
            "select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and not l.granted"
        );
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private async Task<DateTimeOffset> Now()
    {
        await using var command = api.Database.CreateCommand("select clock_timestamp()");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(Cancel))!);
    }

    private async Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await api.Client.SendAsync(request, Cancel);
    }

    private async Task<string?> Status(string path)
    {
        using var answer = await Get(path);
        return Header(answer, "Cache-Status");
    }

    private static async Task<string> Decoded(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStreamAsync(Cancel);
        await using Stream decoded = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(decoded, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancel);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    // What does not depend on who made the answer, and when.
    private static string Steady(HttpResponseMessage answer) =>
        string.Join(
            '\n',
            answer
                .Headers.Concat(answer.Content.Headers)
                .Where(header =>
                    header.Key is not ("Date" or "Cache-Status" or "Age" or "Server-Timing" or "Last-Modified" or "Transfer-Encoding")
                )
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
                .Order(StringComparer.Ordinal)
        );

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override Task Seed() =>
            Import(
                Some.ArticleType(new { slug = "brief" }),
                Some.Topic(new { slug = "north" }),
                Some.Topic(new { slug = "south" }),
                Some.Topic(new { slug = "moment" }),
                Some.Article(new { slug = "first-north", topics = new[] { "north" } }),
                Some.Article(new { slug = "first-moment", topics = new[] { "moment" } }),
                Some.Article(new { slug = "anchor", topics = new[] { "south" } })
            );
    }
}

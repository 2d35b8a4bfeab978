using System.Diagnostics;
using System.Globalization;
using Api.Collation;
using Api.Http.Site;
using Api.Indexing;
using Api.Listing;
using Api.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Listing;

/// <summary>
/// Lists that have followed each change answer to the byte what lists answer that were just read, whatever is written meanwhile.
/// </summary>
public class ListingTests(ListingTests.Content api) : IClassFixture<ListingTests.Content>
{
    /// <summary>Requests of the long proof, which is run on demand: <c>CONTENT_LISTS_REQUESTS=100000</c>.</summary>
    private static readonly int Requests = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_LISTS_REQUESTS") ?? "400",
        CultureInfo.InvariantCulture
    );

    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_LISTS_SEED") ?? "11",
        CultureInfo.InvariantCulture
    );

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ListIndex Lists => api.Services.GetRequiredService<ListIndex>();

    [Fact]
    public async Task Answers_are_those_of_lists_that_were_just_read()
    {
        var random = new Random(Seed);
        await using var writer = new RandomWriter(api.Connections, Seed);
        await writer.Begin();
        for (var n = 0; n < 10; n++)
            await writer.Write(20, onlyArticles: true);
        await using var other = await api.StartWithoutItems();
        using var client = ApiFixture.ClientOf(other);
        var lists = new RandomLists(api.Database, random);
        var (answered, empty) = (0, 0);
        for (var round = 0; answered < Requests; round++)
        {
            await writer.Write(random.Next(1, 4), onlyArticles: round % 3 > 0);
            var state = await Settled();
            await IsWhatTheDatabaseHas(state);
            await Begin(other);
            await lists.Refresh();
            for (var n = 0; n < 25; n++)
            {
                var path = lists.Next();
                for (var page = 0; path is not null && page < 4; page++)
                {
                    var (text, next) = await Compare(client, path);
                    answered++;
                    if (text.Contains("\"data\":[]", StringComparison.Ordinal))
                        empty++;
                    path = random.Next(2) == 0 ? next : null;
                }
            }
        }
        // Most are to show something.
        Assert.True(empty < answered * 0.8, $"{empty} of {answered} found nothing.");
    }

    [Fact]
    public async Task What_expires_before_its_change_is_read_is_no_translation_any_more()
    {
        await api.Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.Article(new { slug = "lasting" }),
            Some.Article(
                new
                {
                    slug = "fleeting",
                    language = "fr",
                    translations = new[] { "lasting" },
                }
            )
        );
        await Settled();
        Assert.Contains("\"fleeting\"", (await Ask(api.Client, "/v1/articles?slug=lasting")).Answer, StringComparison.Ordinal);
        await api.Execute(
            "update content.items set expires_at = clock_timestamp() + interval '1 millisecond' where slug = 'fleeting'; select pg_sleep(0.05)"
        );
        await Settled();
        Assert.DoesNotContain("\"fleeting\"", (await Ask(api.Client, "/v1/articles?slug=lasting")).Answer, StringComparison.Ordinal);
    }

    // Until nothing happens by itself while both are asked: things appear and vanish at their moment.
    private async Task<(string Text, string? Next)> Compare(HttpClient other, string path)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            var before = (await Settled()).Sequence;
            var (mine, next) = await Ask(api.Client, path);
            var (theirs, _) = await Ask(other, path);
            if (mine == theirs)
                return (mine, next);
            if ((await Settled()).Sequence == before && patience.Elapsed > TimeSpan.FromSeconds(3))
                Assert.Fail($"{path}\nfollowed {mine}\nread     {theirs}");
        }
    }

    private static async Task<(string Answer, string? Next)> Ask(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        // Each problem has a number of its own.
        if (!answer.IsSuccessStatusCode)
            body = System.Text.RegularExpressions.Regex.Replace(body, "\"traceId\":\"[^\"]*\"", "");
        string[] headers =
        [
            .. new[] { "Link", "X-Total-Count", "Surrogate-Key", "ETag" }.Select(name =>
                answer.Headers.TryGetValues(name, out var values) ? $"{name}: {string.Join(',', values)}" : name
            ),
        ];
        var next = answer.Headers.TryGetValues("Link", out var links)
            ? System.Text.RegularExpressions.Regex.Match(links.First(), "<[^>]*?(/v1/[^>]*)>; rel=\"next\"")
            : null;
        return ($"{(int)answer.StatusCode} {string.Join('\n', headers)}\n{body}", next is { Success: true } ? next.Groups[1].Value : null);
    }

    // Makes an API read its lists again from the beginning.
    private static async Task Begin(WebApplication other)
    {
        other.Services.GetRequiredService<ListIndex>().Forget();
        await ApiFixture.Notice(other);
    }

    private async Task<ListState> Settled()
    {
        ListState? state = null;
        await Eventually.Is(
            async () =>
            {
                await api.Notice();
                return (state = Lists.Current) is not null;
            },
            "The lists are not read."
        );
        return state!;
    }

    // What was made of changes is what would be made of the whole.
    private async Task IsWhatTheDatabaseHas(ListState state)
    {
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        foreach (
            var (view, items) in new[] { ("delivery.article_index", state.Articles.Items), ("delivery.event_index", state.Events.Items) }
        )
        {
            var rows = (await connection.QueryAsync<ListRow>($"select * from {view}")).ToDictionary(
                row => row.ItemId,
                row => row.ToItem(api.Services.GetRequiredService<SiteCalendar>(), api.Services.GetRequiredService<TitleOrder>())
            );
            if (state != await Settled())
                return;
            Assert.Equal(rows.Keys.Order(), items.All.ToArray());
            Assert.All(rows.Values, item => Assert.Equal(item.Place with { Title = [] }, items.Places[item.Number] with { Title = [] }));
            Assert.All(rows.Values, item => Assert.Equal(item.Place.Title, items.Places[item.Number].Title));
            var keys = rows
                .Values.SelectMany(item => item.Keys.Select(key => (key, item.Number)))
                .ToLookup(pair => pair.key, pair => pair.Number);
            for (var key = 0; key <= keys.Max(key => key.Key) + 1; key++)
                Assert.Equal(keys[key].Order(), items.Of(key).ToArray());
            foreach (var by in Enum.GetValues<SortBy>())
                Assert.Equal(rows.Count, items.By(by).Count);
        }
        // What keys say of their articles is what these are.
        Assert.Empty(
            await connection.QueryAsync<string>(
                """
                select k::text || c::text from content.keys k
                cross join lateral (select count(*) as articles, max(l.published_at) as latest_at from content.listing l where k.key = any (l.keys)) c
                cross join lateral (select count(*) as events from content.event_listing l where k.key = any (l.keys)) e
                where  k.articles <> c.articles or k.events <> e.events or (k.kind in ('topic', 'expert') and k.latest_at is distinct from c.latest_at)
                """
            )
        );
        // A view of its own, as the other one is for looking up a few.
        Assert.Empty(
            await connection.QueryAsync<string>(
                """
                (select k::text from (select key, kind, resource, slug, role, item_id from delivery.index_keys except select key, kind, resource, slug, label, value_id from delivery.filter_keys) k)
                union all
                (select k::text from (select key, kind, resource, slug, label, value_id from delivery.filter_keys except select key, kind, resource, slug, role, item_id from delivery.index_keys) k)
                """
            )
        );
        var named = (
            await connection.QueryAsync<KeyRow>(
                "select * from delivery.index_keys k where k.kind in ('type', 'topic', 'expert') or k.key = any(array(select unnest(x.keys) from delivery.article_index x union all select unnest(x.keys) from delivery.event_index x))"
            )
        ).ToList();
        if (state != await Settled())
            return;
        Assert.All(named, key => Assert.Equal(key, state.Keys.Find(key.Kind, key.Resource, key.Slug, key.Role)));
    }

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        private bool hasItems = true;

        /// <summary>Starts an API that keeps no items, so that it reads each when it is asked for.</summary>
        public async Task<WebApplication> StartWithoutItems()
        {
            hasItems = false;
            return await Start();
        }

        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Configuration["Api:PublicUrl"] = DemoFixture.PublicUrl;
            builder.Configuration["Cache:MaxBytes"] = "0";
            if (!hasItems)
                builder.Configuration["Items:MaxBytes"] = "0";
        }
    }
}

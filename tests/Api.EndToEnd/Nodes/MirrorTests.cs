using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd.Nodes;

/// <summary>
/// The command <c>mirror</c>, with real processes that are killed, a network that fails and a database that is restarted.
/// </summary>
public class MirrorTests(Mirrored world) : IClassFixture<Mirrored>
{
    /// <summary>Writes of the long proof, which is run on demand: <c>CONTENT_MIRROR_WRITES=10000</c>.</summary>
    private static readonly int Writes = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_MIRROR_WRITES") ?? "200",
        CultureInfo.InvariantCulture
    );

    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_MIRROR_SEED") ?? "7",
        CultureInfo.InvariantCulture
    );

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_answers_every_list_to_the_byte_whatever_broke_while_it_followed()
    {
        await using var writer = new RandomWriter(world.OriginDatabase, Seed);
        await writer.Begin();
        world.Follow();
        var breaking = new Random(Seed);
        var trouble = Math.Max(Writes / 40, 40);
        // In the long run many at once, as an import costs more than its lines.
        var atOnce = Writes > 1_000 ? 20 : 1;
        for (var broken = 0; writer.Written < Writes; )
        {
            await writer.Write(atOnce);
            if (writer.Written / trouble > broken)
                await Break(++broken % 5, breaking);
        }
        await Settle();
        var sequence = await Sequence(world.Origin);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{writer.Written} writes; sequence {sequence}")
        );

        var compared = 0;
        await foreach (var path in Paths())
        {
            var (here, there) = (await Answer(world.Origin, path), await Answer(world.Copy, path));
            if (here != there)
                Assert.Fail($"{path}\n{Difference(here, there)}\n{Tail(world.Said)}");
            compared++;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} answers compared");
        Assert.True(compared > 100, $"only {compared}");
        Assert.Contains("Following the stream of changes", world.Said, StringComparison.Ordinal);
        Assert.Equal(0, await world.StopFollower());

        var (exit, said) = await world.Run("--verify");
        Assert.True(exit == 0, said);
        Assert.Contains("Every item is the same in the other instance", said, StringComparison.Ordinal);
        await Drift();
        var slug = await Hide();
        (exit, said) = await world.Run("--verify");
        Assert.True(exit == 1 && said.Contains("items differ from the other instance", StringComparison.Ordinal), said);

        // The token belongs to another history, so the copy starts over. Deleted items exist again at the origin, and other items have
        // their slugs.
        await Show(slug);
        await Replace();
        (exit, said) = await world.Run("--verify");
        Assert.True(exit == 0 && said.Contains("another history", StringComparison.Ordinal), said);
    }

    private async Task Break(int how, Random random)
    {
        switch (how)
        {
            case 0:
                await world.CutNetwork(TimeSpan.FromMilliseconds(random.Next(50, 600)));
                break;
            case 1:
                world.KillFollower();
                break;
            case 2:
                await world.RestartDatabase();
                break;
            case 3:
                await world.KillOrigin();
                break;
            default:
                world.CutConnections();
                break;
        }
    }

    // Until what was to appear and to vanish has done so, the copy is where the other is, and the words of both are read.
    private async Task Settle()
    {
        await Task.Delay(TimeSpan.FromSeconds(3.5), Cancel);
        var patience = Stopwatch.StartNew();
        while (!await IsThere())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(90), $"The copy does not come to where the other is.\n{Tail(world.Said)}");
            await Task.Delay(200, Cancel);
        }
    }

    private async Task<bool> IsThere()
    {
        await using var origin = new Npgsql.NpgsqlConnection(world.OriginDatabase.Content);
        await using var copy = new Npgsql.NpgsqlConnection(world.CopyDatabase.Content);
        await origin.OpenAsync(Cancel);
        await copy.OpenAsync(Cancel);
        var token = await Text(copy, "select coalesce((select token from content.mirror), '')");
        var head = await Text(origin, "select sequence::text from content.head");
        return token.Split('.')[0] == head
            && await Sequence(world.Copy)
                == long.Parse(await Text(copy, "select sequence::text from content.head"), CultureInfo.InvariantCulture);
    }

    // Something that no import would do.
    private async Task Drift()
    {
        await using var copy = new Npgsql.NpgsqlConnection(world.CopyDatabase.Content);
        await copy.OpenAsync(Cancel);
        await Text(
            copy,
            "update content.articles set title = 'Drifted' where item_id = (select min(item_id) from content.listing) returning title"
        );
    }

    private async Task<string> Hide()
    {
        await using var origin = new Npgsql.NpgsqlConnection(world.OriginDatabase.Content);
        await origin.OpenAsync(Cancel);
        return await Text(
            origin,
            "update content.items set publication_status = 'draft' where item_id = (select max(item_id) from content.listing) returning slug"
        );
    }

    private async Task Show(string slug)
    {
        await using var origin = new Npgsql.NpgsqlConnection(world.OriginDatabase.Content);
        await using var copy = new Npgsql.NpgsqlConnection(world.CopyDatabase.Content);
        await origin.OpenAsync(Cancel);
        await copy.OpenAsync(Cancel);
        Assert.Equal("0", await Text(copy, $"select count(*)::text from delivery.articles where slug = '{slug}'"));
        await Text(
            origin,
            $"update content.items set publication_status = 'published' where resource = 'article' and slug = '{slug}' returning slug"
        );
        await Text(copy, "update content.mirror set token = '1.AAAAAAAA' returning token");
    }

    private async Task Replace()
    {
        await using var copy = new Npgsql.NpgsqlConnection(world.CopyDatabase.Content);
        await copy.OpenAsync(Cancel);
        foreach (var resource in new[] { "articleType", "topic" })
            await Text(
                copy,
                $"update content.items set id = gen_random_uuid() where item_id = (select max(item_id) from content.visible_items where resource = '{resource}') returning slug"
            );
    }

    private static async Task<string> Text(Npgsql.NpgsqlConnection connection, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private async IAsyncEnumerable<string> Paths()
    {
        var types = await Slugs("/v1/article-types?limit=100");
        var topics = await Slugs("/v1/topics?limit=100");
        var experts = await Slugs("/v1/experts?limit=100");
        string[] filters =
        [
            .. topics.Select(slug => $"topic={slug}"),
            .. experts.Select(slug => $"expert={slug}"),
            .. types.Select(slug => $"type={slug}"),
            "featured=true",
            "language=fr",
            "source=outlet-1",
            "q=sea",
            "q=grain OR floods",
        ];
        List<string> lists =
        [
            "/v1/articles?limit=100&include=body",
            "/v1/articles?sort=title&limit=7",
            "/v1/articles?sort=-updatedAt&limit=7",
            "/v1/articles?limit=0&facets=type,topic,expert,year,source",
            "/v1/events?limit=100&include=body",
            "/v1/experts?limit=100&include=body",
            "/v1/experts?sort=-articleCount&limit=100",
            "/v1/topics?limit=100",
            "/v1/topics?view=tree",
            "/v1/pages?limit=100&include=body",
            "/v1/menus",
            "/v1/redirects?limit=100",
            "/v1/article-types",
            "/v1/search?q=sea",
            "/v1/search?q=tariffs",
            "/v1/suggest?q=p",
            .. filters.Select(filter => $"/v1/articles?{filter}"),
            .. topics.Select(slug => $"/v1/events?topic={slug}"),
            .. topics.Select(slug => $"/v1/topics/{slug}"),
            .. experts.Select(slug => $"/v1/experts/{slug}"),
        ];
        foreach (var list in lists)
        {
            // To the end, by the cursors of the other: they are good on every copy.
            for (var path = list; path is not null; )
            {
                yield return path;
                var page = JsonNode.Parse(await Answer(world.Origin, path), documentOptions: new() { MaxDepth = 256 })!;
                path = page["links"]?["next"]?.GetValue<string>() is { } next ? new Uri(next).PathAndQuery : null;
            }
        }
        foreach (
            var path in new[]
            {
                "/sitemap.xml",
                "/v1/articles.rss?limit=100",
                "/v1/articles.atom?limit=100",
                "/v1/articles.csv?limit=100",
                "/v1/experts.csv?limit=100",
                "/v1/events.ics",
            }
        )
            yield return path;
        foreach (var slug in await Slugs("/v1/articles?limit=100"))
            yield return $"/v1/articles/{slug}?include=related,moreOnTopic,topicEvents,menus";
    }

    private async Task<IReadOnlyList<string>> Slugs(string path) =>
        [.. JsonNode.Parse(await Answer(world.Origin, path))!["data"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>())];

    private static async Task<string> Answer(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path} {(int)answer.StatusCode} {body}");
        return body;
    }

    private static async Task<long> Sequence(HttpClient client) =>
        JsonNode.Parse(await Answer(client, "/v1"))!["data"]!["sequence"]!.GetValue<long>();

    private static string Difference(string here, string there)
    {
        var at = Enumerable
            .Range(0, Math.Min(here.Length, there.Length))
            .FirstOrDefault(n => here[n] != there[n], Math.Min(here.Length, there.Length));
        return $"here:  …{here[Math.Max(0, at - 200)..Math.Min(here.Length, at + 100)]}…\nthere: …{there[Math.Max(0, at - 30)..Math.Min(there.Length, at + 100)]}…";
    }

    private static string Tail(string said) => said.Length <= 1_500 ? said : said[^1_500..];
}

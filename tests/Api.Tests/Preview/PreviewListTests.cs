using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Api.Data;
using Api.Tests.Listing;
using Api.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Api.Tests.Preview;

/// <summary>
/// What a preview answers is what the public is answered where exactly that content is public: for random content in random states, each
/// view is compared with a database in which its items are public and all others are not.
/// </summary>
public class PreviewListTests(TestServer server)
{
    /// <summary>Requests for each view; the long proof is run on demand: <c>CONTENT_PREVIEW_REQUESTS=10000</c>.</summary>
    private static readonly int Requests = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_PREVIEW_REQUESTS") ?? "80",
        CultureInfo.InvariantCulture
    );

    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_PREVIEW_SEED") ?? "7",
        CultureInfo.InvariantCulture
    );

    // Content that is not public yet, and some that will not stay.
    private const string HideSql = """
        select setseed(@seed);
        update content.items i
        set    publication_status = case when r.n < 0.15 then 'draft' when r.n < 0.25 then 'scheduled' else i.publication_status end,
               embargo_until = case when r.n between 0.15 and 0.35 then now() + r.days * interval '1 day' end,
               expires_at = case when r.n between 0.35 and 0.42 then now() + r.days * interval '1 day' when r.n between 0.42 and 0.45 then now() - interval '1 day' end,
               published_at = case when r.n >= 0.05 then i.published_at end
        from  (select item_id, random() as n, 1 + 9 * random() as days from content.items order by item_id) r
        where  r.item_id = i.item_id and i.resource <> 'articleType' and i.publication_status = 'published' and i.merged_into is null
        """;

    // What a view shows becomes public, without an embargo; the rest becomes a draft.
    private static string PublishSql(string shown) =>
        $"""
            create temporary table shown as
            select i.item_id
            from   content.items i
            where  i.merged_into is null and i.publication_status in ('draft', 'scheduled', 'published') and ({shown});
            update content.items i
            set    publication_status = 'published', embargo_until = null, expires_at = null,
                   published_at = case when i.resource = 'article' then coalesce(i.published_at, i.updated_at) end
            from   shown s
            where  s.item_id = i.item_id and i.resource <> 'articleType';
            update content.items i
            set    publication_status = 'draft'
            where  i.publication_status in ('scheduled', 'published') and i.merged_into is null and i.resource <> 'articleType'
            and    not exists (select from shown s where s.item_id = i.item_id)
            """;

    private const string Public = "i.visible_from <= now() and (i.expires_at is null or i.expires_at > now())";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_is_what_the_public_will_see()
    {
        var hidden = await server.Clone();
        await using (var writer = new RandomWriter(hidden, Seed))
        {
            await writer.Begin();
            for (var n = 0; n < 12; n++)
                await writer.Write(20, onlyArticles: n % 3 > 0);
        }
        await Run(hidden, HideSql, new { seed = 0.5 / Seed });
        var topics = await Topics(hidden);
        string[] moments = [.. new[] { 0.0, 2.5, 5.5, 8.5 }.Select(PreviewContent.In)];
        var views = new List<(string Query, string Shown, string? Scope)>
        {
            ("preview=drafts", "i.expires_at is null or i.expires_at > now()", "preview"),
            (
                "preview=early",
                $"""
                ({Public}) or (i.publication_status = 'published' and i.embargo_until > now() and i.visible_from > now() and (i.expires_at is null or i.expires_at > now())
                 and exists (select from content.topic_ancestors a
                             where  a.ancestor_id = any (array[{string.Join(',', topics.Select(topic => topic.Number))}])
                             and    a.topic_id in (select topic_id from content.article_topics where article_id = i.item_id
                                                   union select topic_id from content.event_topics where event_id = i.item_id)))
                """,
                "early"
            ),
        };
        foreach (var moment in moments)
        {
            var at = $"timestamptz '{moment}'";
            views.Add(($"at={moment}", $"i.visible_from <= {at} and (i.expires_at is null or i.expires_at > {at})", "preview"));
        }
        views.Add(($"preview=drafts&at={moments[2]}", $"i.expires_at is null or i.expires_at > timestamptz '{moments[2]}'", "preview"));

        var twins = new List<Connections>();
        foreach (var view in views)
            twins.Add(await server.Copy(hidden));
        await using var asked = new Node(server, hidden);
        await asked.InitializeAsync();
        var keys = new Dictionary<string, string>
        {
            ["preview"] = await SomeKey.Preview(asked.ContentDatabase),
            ["early"] = await SomeKey.Early(asked.ContentDatabase, [.. topics.Select(topic => topic.Slug)]),
        };
        var compared = 0;
        foreach (var ((query, shown, scope), twin) in views.Zip(twins))
        {
            await Run(twin, PublishSql(shown), null);
            await using var open = new Node(server, twin);
            await open.InitializeAsync();
            compared += await Compare(asked, open, query, keys[scope!]);
        }
        Assert.True(compared > Requests * views.Count / 2, $"{compared} answers were compared.");
    }

    private static async Task<int> Compare(Node asked, Node open, string view, string key)
    {
        var lists = new RandomLists(open.Database, new Random(Seed));
        await lists.Refresh();
        var compared = 0;
        string[] always =
        [
            "/v1/topics?limit=100",
            "/v1/topics?view=tree",
            "/v1/experts?limit=100&include=body",
            "/v1/pages?limit=100&include=body",
            "/v1/menus",
            "/v1/article-types",
        ];
        foreach (var path in always.Concat(Enumerable.Range(0, Requests).Select(_ => lists.Next())))
        {
            // Other formats have no previews, what happens "now" is another moment there, and early access includes what is public.
            if (
                path.Split('?')[0] is var address
                    && address.Contains('.', StringComparison.Ordinal)
                    && !address.EndsWith(".cards.json", StringComparison.Ordinal)
                || path.Contains("when=", StringComparison.Ordinal)
                || (
                    view == "preview=early"
                    && (path.Contains("related", StringComparison.Ordinal) || path.Contains("include=", StringComparison.Ordinal))
                )
            )
                continue;
            using var expected = await open.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            using var request = SomeKey.Request($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{view}", key);
            using var answer = await asked.Client.SendAsync(request, Cancel);
            var (text, other) = (await answer.Content.ReadAsStringAsync(Cancel), await expected.Content.ReadAsStringAsync(Cancel));
            // Early access finds by the languages, roles and outlets that are public.
            if (view == "preview=early" && answer.StatusCode == HttpStatusCode.BadRequest)
                continue;
            Assert.True(
                expected.StatusCode == answer.StatusCode,
                $"{view} {path}: {answer.StatusCode} and not {expected.StatusCode}\n{text}\n{other}"
            );
            if (answer.StatusCode != HttpStatusCode.OK)
                continue;
            Assert.True(Stable(other) == Stable(text), $"{view} {path}\n{Stable(text)}\nand not\n{Stable(other)}");
            compared++;
        }
        return compared;
    }

    // Without what is to differ: the state of items, counts of the public, and what the query is part of.
    private static string Stable(string json)
    {
        var node = JsonNode.Parse(json, documentOptions: new() { MaxDepth = 256 })!;
        Walk(node);
        return node.ToJsonString(new() { MaxDepth = 256, WriteIndented = true });

        static void Walk(JsonNode? node)
        {
            if (node is JsonArray array)
                foreach (var one in array)
                    Walk(one);
            if (node is not JsonObject item)
                return;
            foreach (var name in new[] { "publicationStatus", "embargoUntil", "articleCount", "eventCount", "latestAt" })
                item.Remove(name);
            if (item["resource"]?.GetValue<string>() == "expert")
                item.Remove("topics");
            foreach (var name in new[] { "next", "previous", "first", "last", "self" })
                if (item[name] is JsonValue)
                    item[name] = "there";
            foreach (var (_, value) in item.ToList())
                Walk(value);
        }
    }

    private static async Task<(int Number, string Slug)[]> Topics(Connections connections)
    {
        await using var connection = new NpgsqlConnection(connections.Content);
        return
        [
            .. await connection.QueryAsync<(int, string)>(
                "select item_id, slug from content.items where resource = 'topic' order by item_id limit 3"
            ),
        ];
    }

    private static async Task Run(Connections connections, string sql, object? parameters)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connections.Content) { Pooling = false }.ConnectionString
        );
        await connection.ExecuteAsync(sql, parameters);
    }

    private sealed class Node(TestServer server, Connections connections) : ApiFixture(server)
    {
        private protected override Task<Connections> Connect() => Task.FromResult(connections);

        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Configuration["Api:PublicUrl"] = DemoFixture.PublicUrl;
            builder.Configuration["Cache:MaxBytes"] = "0";
            builder.Configuration["Items:MaxBytes"] = "0";
            builder.Configuration["Serilog:MinimumLevel:Default"] = "Fatal";
        }
    }
}

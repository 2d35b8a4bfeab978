using Api.Data;
using Api.Tests.Import.WordPress;
using Api.Tests.Support;
using Npgsql;

namespace Api.Tests.Search;

/// <summary>
/// How good the search is, over the demo content and imported exports, beside what PostgreSQL does without our additions. Its output is the
/// table.
/// </summary>
public class QualityTests(QualityTests.Content api) : IClassFixture<QualityTests.Content>
{
    private static readonly string Folder = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "tests", "Api.Tests");

    // One vector of all texts, weighed alike, and the best rank first.
    private const string PlainSql = """
        with texts (hit, text) as (
            select 'article/' || i.slug, concat_ws(' ', a.title, a.subtitle, a.summary, a.body_text) from content.articles a join content.items i on i.item_id = a.item_id and i.live
            union all
            select 'event/' || i.slug, concat_ws(' ', e.title, e.summary, e.body_text) from content.events e join content.items i on i.item_id = e.item_id and i.live
            union all
            select 'expert/' || i.slug, concat_ws(' ', x.name, x.title, x.organization, x.bio_html) from content.experts x join content.items i on i.item_id = x.item_id and i.live
            union all
            select 'topic/' || i.slug, concat_ws(' ', t.name, t.description) from content.topics t join content.items i on i.item_id = t.item_id and i.live)
        select t.hit
        from   texts t
        where  to_tsvector('english', t.text) @@ websearch_to_tsquery('english', $1)
        order  by ts_rank(to_tsvector('english', t.text), websearch_to_tsquery('english', $1)) desc, t.hit
        limit  10
        """;

    [Fact]
    public async Task Judged_searches_find_what_people_want()
    {
        var searches = Judged.All(Path.Combine(Folder, "Search"));
        Assert.True(searches.Count >= 60, $"only {searches.Count} searches");
        List<(Judged Search, IReadOnlyList<string> Found)> ours = [],
            plain = [];
        foreach (var search in searches)
        {
            ours.Add((search, await Found(search.Q)));
            plain.Add((search, await FoundPlainly(search.Q)));
        }

        Tell($"{"", -24} {"", 4} {"search", 17}   {"plain ts_rank", 17}");
        Tell($"{"", -24} {"", 4} {"ndcg@10", 8} {"first", 8}   {"ndcg@10", 8} {"first", 8}");
        foreach (var kind in searches.Select(search => search.Kind).Distinct())
            Tell($"{kind, -24} {searches.Count(search => search.Kind == kind), 4} {Of(ours, kind)}   {Of(plain, kind)}");
        var (good, without) = (Quality.Of(ours), Quality.Of(plain));
        Tell($"{"all", -24} {searches.Count, 4} {good}   {without}");
        foreach (var (search, found) in ours.Where(answer => !answer.Search.Succeeds(answer.Found)))
            Tell($"not first: {search.Q} -> {string.Join(' ', found.Take(3))}");

        Assert.True(good.Ndcg >= 0.949, $"NDCG@10 is {good.Ndcg}");
        Assert.True(good.Success >= 0.978, $"success@1 is {good.Success}");
        Assert.True(good.Ndcg > without.Ndcg + 0.1, "The additions bring little.");
    }

    private async Task<IReadOnlyList<string>> Found(string q)
    {
        var page = await api.GetJson($"/v1/search?limit=10&q={Uri.EscapeDataString(q)}");
        return [.. page["data"]!.AsArray().Select(hit => $"{hit!["resource"]}/{hit["slug"]}")];
    }

    private async Task<IReadOnlyList<string>> FoundPlainly(string q)
    {
        await using var command = api.Database.CreateCommand(PlainSql);
        command.Parameters.Add(new NpgsqlParameter { Value = q });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> hits = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            hits.Add(reader.GetString(0));
        return hits;
    }

    private static Quality Of(List<(Judged Search, IReadOnlyList<string> Found)> answers, string kind) =>
        Quality.Of([.. answers.Where(answer => answer.Search.Kind == kind)]);

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    public sealed class Content(TestServer server) : DemoFixture(server)
    {
        protected override async Task Seed()
        {
            await base.Seed();
            foreach (var export in new[] { "institute.xml", "old.xml" })
                await Import([.. Wxr.File(export).Lines.Select(line => line.Value.ToJsonString())]);
        }
    }
}

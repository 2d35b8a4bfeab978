using Api.Tests.Support;

namespace Api.Tests.Search;

/// <summary>A commit about more than 300 items leaves their words to be read later.</summary>
public class LargeImportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Many = 320;

    [Fact]
    public async Task Old_words_go_with_the_commit_and_new_ones_come_soon_after()
    {
        await api.Import([
            Some.ArticleType(new { slug = "brief" }),
            .. Enumerable.Range(1, Many).Select(n => Some.Article(new { slug = $"a-{n}", title = $"Ptarmigan {n}" })),
        ]);
        // An import reads what it brought before it ends.
        Assert.Equal(Many, await Total("ptarmigan"));
        var before = await Sequence();

        // The publisher reads at once, so it has to wait for a moment.
        await using var connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var holding = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var hold = connection.CreateCommand();
            hold.CommandText = "lock table content.read_articles in exclusive mode";
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await api.Execute("update content.articles set title = 'Capercaillie' where title like 'Ptarmigan%'");
            Assert.Equal(0, await Total("ptarmigan"));
            Assert.Equal(0, await Total("capercaillie"));
            Assert.Equal("Capercaillie", (await api.GetJson("/v1/articles/a-1"))["data"]!["title"]!.GetValue<string>());
            await holding.RollbackAsync(TestContext.Current.CancellationToken);
        }
        await Eventually.Is(async () => await Total("capercaillie") == Many, "They are not found.");
        // One change for each article, and one for their words, which drops the searches that were kept.
        Assert.True(await Sequence() > before + Many);
    }

    [Fact]
    public async Task An_import_waits_for_a_server_that_reads_its_words_already()
    {
        await using var connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var reading = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select pg_advisory_xact_lock(x'7465787473'::bigint)";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var import = api.Import([
            Some.ArticleType(new { slug = "brief" }),
            .. Enumerable.Range(1, Many).Select(n => Some.Article(new { slug = $"p-{n}", title = $"Wigeon {n}" })),
        ]);
        command.CommandText =
            "select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())";
        while ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! == 0)
        {
            Assert.False(import.IsCompleted, "It did not wait.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        await reading.RollbackAsync(TestContext.Current.CancellationToken);
        await import;
        Assert.Equal(Many, await Total("wigeon"));
    }

    private async Task<int> Total(string q) => (await api.GetJson($"/v1/search?q={q}&limit=1"))["page"]!["total"]!.GetValue<int>();

    private async Task<long> Sequence() => (await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>();
}

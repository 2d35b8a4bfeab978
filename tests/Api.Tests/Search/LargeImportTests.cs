using Api.Listing;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Search;

/// <summary>The words of a commit about more than 300 items are read afterwards.</summary>
public class LargeImportTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Many = 320;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_words_go_with_the_commit_and_new_ones_come_soon_after()
    {
        await api.Import([
            Some.ArticleType(new { slug = "brief" }),
            .. Enumerable.Range(1, Many).Select(n => Some.Article(new { slug = $"a-{n}", title = $"Ptarmigan {n}" })),
        ]);
        Assert.Equal(Many, (await Ask("ptarmigan")).Total);
        var before = (await Ask("ptarmigan")).Sequence;

        // Nobody can read the texts after the commit until this lock goes.
        await using var writing = await api.Database.OpenConnectionAsync(Cancel);
        await using var holding = await api.Database.OpenConnectionAsync(Cancel);
        await using var write = await writing.BeginTransactionAsync(Cancel);
        await using var update = writing.CreateCommand();
        update.CommandText = "update content.articles set title = 'Capercaillie' where title like 'Ptarmigan%'";
        await update.ExecuteNonQueryAsync(Cancel);
        await using var hold = await holding.BeginTransactionAsync(Cancel);
        await using var take = holding.CreateCommand();
        take.CommandText = "lock table content.articles in access exclusive mode";
        var taking = take.ExecuteNonQueryAsync(Cancel);
        await Eventually.Is(IsWaitedFor);
        await write.CommitAsync(Cancel);
        await taking;

        await Eventually.Is(async () => (await Ask("capercaillie")).Sequence >= before + Many);
        Assert.Equal((0, true), ((await Ask("ptarmigan")).Total, (await Ask("ptarmigan")).IsPassing));
        Assert.Equal((0, true), ((await Ask("capercaillie")).Total, (await Ask("capercaillie")).IsPassing));
        // A process that starts now is not ready: it would find nothing.
        await using var another = await api.Start();
        using var client = ApiFixture.ClientOf(another);
        await Eventually.Is(async () => (await Readiness(client)).Contains("words-unread", StringComparison.Ordinal));

        // Lists that are dropped while the texts are waited for are read again, and so are their words.
        another.Services.GetRequiredService<ListIndex>().Forget();
        await hold.RollbackAsync(Cancel);
        await Eventually.Is(async () => (await Ask("capercaillie")).Total == Many);
        await Eventually.Is(async () => !(await Ask("capercaillie")).IsPassing);
        await Eventually.Is(async () => (await Readiness(client)).Contains("\"ready\"", StringComparison.Ordinal));
    }

    private static async Task<string> Readiness(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative), Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private async Task<bool> IsWaitedFor()
    {
        await using var command = api.Database.CreateCommand(
            "select exists (select from pg_locks where not granted and relation = 'content.articles'::regclass)"
        );
        return (bool)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private async Task<(int Total, long Sequence, bool IsPassing)> Ask(string q)
    {
        using var answer = await api.Client.GetAsync(new Uri($"/v1/articles?q={q}&limit=1", UriKind.Relative), Cancel);
        var page = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        return (
            page["page"]!["total"]!.GetValue<int>(),
            long.Parse(answer.Headers.GetValues("Content-Sequence").Single(), System.Globalization.CultureInfo.InvariantCulture),
            answer.Headers.CacheControl!.NoStore
        );
    }
}

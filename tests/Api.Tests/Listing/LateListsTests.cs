using System.Net;
using Api.Http.Caching;
using Api.Listing;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Api.Tests.Listing;

/// <summary>A change that takes long to be read, as a large commit does: until it is, everything stays as it was.</summary>
public class LateListsTests(LateListsTests.Content api) : IClassFixture<LateListsTests.Content>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Until_a_change_is_read_answers_are_of_before_it_and_say_so()
    {
        await api.Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.Expert(new { slug = "ada", name = "Ada Before" }),
            Some.Article(new { slug = "one", experts = new[] { "ada" } })
        );
        var cache = api.Services.GetRequiredService<AnswerCache>();
        var (before, _) = await Ask("/v1/articles?slug=one");
        Assert.Contains("Ada Before", before, StringComparison.Ordinal);
        var sequence = cache.Now.Sequence;

        await using (await api.Hold())
        {
            await using (
                var command = api.Database.CreateCommand("update content.experts set name = 'Ada After' where name = 'Ada Before'")
            )
                await command.ExecuteNonQueryAsync(Cancel);
            await api.Services.GetRequiredService<ChangeCheck>().Run(Cancel);
            Assert.True(cache.Head > sequence);
            Assert.Equal(sequence, cache.Now.Sequence);

            // In memory: as it was, and with the number of that.
            var (during, headers) = await Ask("/v1/articles?slug=one");
            Assert.Equal(before, during);
            Assert.Equal(
                sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
                headers.GetValues("Content-Sequence").Single()
            );

            // Who asks for the change waits for it, and is told to come again.
            using var ahead = await api.Client.GetAsync(
                new Uri($"/v1/articles?slug=one&minSequence={sequence + 1}", UriKind.Relative),
                Cancel
            );
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ahead.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), ahead.Headers.RetryAfter?.Delta);
            // A number that nobody has reached yet is a mistake all the same.
            using var beyond = await api.Client.GetAsync(
                new Uri($"/v1/articles?slug=one&minSequence={sequence + 100}", UriKind.Relative),
                Cancel
            );
            Assert.Equal(HttpStatusCode.BadRequest, beyond.StatusCode);
        }
        await api.Notice();
        Assert.Contains("Ada After", (await Ask($"/v1/articles?slug=one&minSequence={sequence + 1}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_lists_are_first_read_a_list_waits_and_is_then_told_to_come_again()
    {
        await api.Import(Some.ArticleType(new { slug = "brief" }), Some.Article(new { slug = "two" }));
        var holding = await api.Hold();
        api.Services.GetRequiredService<ListIndex>().Forget();
        using (var answer = await api.Client.GetAsync(new Uri("/v1/articles?slug=two", UriKind.Relative), Cancel))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
            Assert.Contains("lists are just being read", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        using (var readiness = await api.Client.GetAsync(new Uri("/readyz", UriKind.Relative), Cancel))
            Assert.Contains("lists-unread", await readiness.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        // One that asks before they are there, and waits, gets them.
        var waiting = api.Slugs("/v1/articles?slug=two");
        await Task.Delay(200, Cancel);
        await holding.DisposeAsync();
        Assert.Equal(["two"], await waiting);
    }

    private async Task<(string Text, System.Net.Http.Headers.HttpResponseHeaders Headers)> Ask(string path)
    {
        using var answer = await api.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsStringAsync(Cancel), answer.Headers);
    }

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Cache:MaxBytes"] = "0";

        // What the lists are read from waits for a lock that nobody else takes.
        protected override Task Seed() =>
            Execute(
                """
                alter view delivery.index_keys rename to index_keys_at_once;
                create view delivery.index_keys as select k.* from delivery.index_keys_at_once k where (select pg_advisory_xact_lock_shared(77)) is not null;
                grant select on delivery.index_keys to content_reader;
                """
            );

        /// <summary>Keeps lists from being read until the connection is disposed.</summary>
        public async Task<IAsyncDisposable> Hold()
        {
            var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(Connections.Content) { Pooling = false }.ConnectionString
            );
            await connection.OpenAsync(Cancel);
            await using var command = new NpgsqlCommand("select pg_advisory_lock(77)", connection);
            await command.ExecuteNonQueryAsync(Cancel);
            return connection;
        }
    }
}

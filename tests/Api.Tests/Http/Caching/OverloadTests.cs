using System.Diagnostics;
using System.Net;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Api.Tests.Http.Caching;

public class OverloadTests(OverloadTests.FewPlaces api) : IClassFixture<OverloadTests.FewPlaces>
{
    private const int Places = 2 + 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_finds_no_place_is_told_at_once_when_to_come_back_and_the_others_are_answered()
    {
        // Their rows are read in each case.
        await api.Import(Some.Expert(new { slug = "one" }), Some.Expert(new { slug = "two" }));
        // What runs for the first time takes longer than a statement may.
        foreach (var answer in await Task.WhenAll(Ask(page: 2)))
            answer.Dispose();
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "lock table content.experts in access exclusive mode";
            await command.ExecuteNonQueryAsync(Cancel);
        }
        var begun = Stopwatch.StartNew();
        var answered = new List<HttpResponseMessage>();
        await foreach (var answer in Task.WhenEach(Ask(page: 1)))
        {
            answered.Add(await answer);
            if (answered.Count == 9 * Places)
                await holding.RollbackAsync(Cancel);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"overload: all answered after {begun.ElapsedMilliseconds} ms");

        Assert.All(
            answered[..(9 * Places)],
            answer =>
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                Assert.NotNull(answer.Headers.RetryAfter);
            }
        );
        Assert.All(answered[(9 * Places)..], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        foreach (var answer in answered)
            answer.Dispose();
    }

    private List<Task<HttpResponseMessage>> Ask(int page) =>
        [
            .. Enumerable
                .Range(1, 10 * Places)
                .Select(limit => api.Client.GetAsync(new Uri($"/v1/experts?limit={limit}&page={page}", UriKind.Relative), Cancel)),
        ];

    public sealed class FewPlaces(TestServer server) : ApiFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Configuration["Load:Concurrent"] = "2";
            builder.Configuration["Load:Queued"] = "4";
        }
    }
}

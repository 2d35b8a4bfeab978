using System.Collections.Concurrent;
using System.Diagnostics;
using Api.Tests.Support;

namespace Api.Tests.Reading;

/// <summary>The SQL that requests send, in files to read and to paste. <c>RECORD=1</c> writes the files again.</summary>
public class RequestSqlTests(TestServer server, DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static readonly (string Name, string Address)[] Requests =
    [
        ("experts-by-name", "/v1/experts"),
        ("experts-by-article-count", "/v1/experts?sort=-articleCount&topic=china"),
        ("experts-page-2", "/v1/experts?limit=2&page=2&count=exact"),
        ("experts-with-words", "/v1/experts?q=trade"),
        ("topics", "/v1/topics?kind=country"),
        ("topic", "/v1/topics/china"),
        ("articles", "/v1/articles?topic=china"),
        ("articles-with-words", "/v1/articles?q=strait"),
        ("article", "/v1/articles/a-longer-view"),
        ("events-with-words", "/v1/events?q=sea"),
        ("event", "/v1/events/sea-lanes"),
        ("pages", "/v1/pages"),
        ("redirects", "/v1/redirects"),
        ("search", "/v1/search?q=strait"),
        ("suggest", "/v1/suggest?q=mar"),
        ("changes", "/v1/changes?include=item"),
    ];

    private readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<string>> sent = new();

    [Fact]
    public async Task Each_request_sends_the_sql_of_its_file()
    {
        await using var node = await UncachedNode.Start(server, demo.Connections);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = Note,
        };
        ActivitySource.AddActivityListener(listener);
        foreach (var (name, address) in Requests)
        {
            // The first request also reads names, which are then kept in memory.
            await node.Client.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            var trace = ActivityTraceId.CreateRandom();
            sent[trace] = [];
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
            request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
            using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, address);
            Assert.False(sent[trace].IsEmpty, $"{address} sent none");
            await Recorded.IsSame(
                $"tests/Api.Tests/Reading/sql/{name}.sql",
                $"-- GET {address}\n\n{string.Join("\n\n-- Another round trip.\n\n", sent[trace])}\n"
            );
        }
    }

    // The statement, in the trace of the request that sent it.
    private void Note(Activity activity)
    {
        if (sent.TryGetValue(activity.TraceId, out var statements) && activity.GetTagItem("db.query.text") is string sql)
            statements.Enqueue(sql.Trim());
    }
}

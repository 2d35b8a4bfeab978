using System.Diagnostics;
using System.Net;
using Api.Data;
using Api.Listing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Support;

/// <summary>
/// One more API on a database that is there already. It keeps no answers and no items, and its clock stands still: each request asks the
/// database, and the same content gives the same bytes.
/// </summary>
internal sealed class UncachedNode(TestServer server, Connections connections, string zone) : ApiFixture(server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<UncachedNode> Start(TestServer server, Connections connections, string zone = "America/New_York")
    {
        var node = new UncachedNode(server, connections, zone);
        await node.InitializeAsync();
        // Lists are read after the start: on a busy machine the first requests would be refused. A check that exceeds its time limit of two
        // seconds ends a wait, and is repeated.
        var lists = node.Services.GetRequiredService<ListIndex>();
        for (var waited = Stopwatch.StartNew(); lists.Latest is null && waited.Elapsed < Patience; )
            await node.Notice();
        return node;
    }

    // On a busy machine a check may take longer than a request waits for it. A node that does not know whether its lists are current
    // answers 503, and when to ask again.
    protected override async Task<HttpResponseMessage> AnswerTo(Uri address, CancellationToken cancel)
    {
        for (var waited = Stopwatch.StartNew(); ; )
        {
            var answer = await base.AnswerTo(address, cancel);
            if (
                answer is not { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter.Delta: { } pause }
                || waited.Elapsed > Patience
            )
                return answer;
            answer.Dispose();
            await Task.Delay(pause, cancel);
        }
    }

    private protected override Task<Connections> Connect() => Task.FromResult(connections);

    private protected override Task Disconnect(Connections connections) => Task.CompletedTask;

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Api:PublicUrl"] = DemoFixture.PublicUrl;
        builder.Configuration["Site:TimeZone"] = zone;
        builder.Configuration["Cache:MaxBytes"] = "0";
        builder.Configuration["Items:MaxBytes"] = "0";
        // A line for each refused request says nothing here.
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Fatal";
        builder.Services.AddSingleton<TimeProvider>(new SetClock { Now = DemoFixture.Now });
    }
}

using Api.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Support;

/// <summary>
/// One more API on a database that is there already. It keeps no answers and no items, and its clock stands still: each request asks the
/// database, and the same content gives the same bytes.
/// </summary>
internal sealed class UncachedNode(TestServer server, Connections connections, string zone) : ApiFixture(server)
{
    public static async Task<UncachedNode> Start(TestServer server, Connections connections, string zone = "America/New_York")
    {
        var node = new UncachedNode(server, connections, zone);
        await node.InitializeAsync();
        // Lists are read after the start: on a busy machine the first requests would be refused.
        await node.Notice();
        return node;
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

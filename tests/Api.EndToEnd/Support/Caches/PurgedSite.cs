using Api.Purging;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Api.EndToEnd.Support.Caches;

/// <summary>
/// The API, whose answers may live for a day, behind Varnish; and in this process another node of it. One of them purges that Varnish.
/// </summary>
public sealed class PurgedSite(TestServer server) : CachedSite(server)
{
    /// <summary>As docs/caching/varnish.vcl has it.</summary>
    public const string Secret = "change-this-secret";

    private TcpProxy? purges;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The setting <c>Cache__SharedMaxAgeSeconds</c> of the API when it starts next.</summary>
    internal string Life { get; set; } = "86400";

    internal RunningCache Varnish => Caches[0];

    /// <summary>Between the node that purges and Varnish.</summary>
    internal TcpProxy Purges => purges ??= TcpProxy.Start(() => Varnish.Address);

    private protected override IEnumerable<SharedCache> Kinds => SharedCache.All.Where(cache => cache.Name == "Varnish");

    protected override IEnumerable<(string Name, string? Value)> Settings =>
        [
            ("Cache__SharedMaxAgeSeconds", Life),
            ("Purge__Varnish__Urls__0", $"http://127.0.0.1:{Purges.Port}"),
            ("Purge__Varnish__Secret", Secret),
        ];

    public override async ValueTask DisposeAsync()
    {
        if (purges is not null)
            await purges.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Imports lines.</summary>
    /// <returns>The purge of what that changes.</returns>
    internal Task<Purge> Change(params string[] lines) => Change(() => Import(lines));

    /// <summary>Changes content.</summary>
    /// <returns>The purge of what that concerns. It counts as accepted when the event of the change is released.</returns>
    internal async Task<Purge> Change(Func<Task> edit)
    {
        await edit();
        var after = await Head();
        return new Purge(Until("released_at is not null"), Until("purged"));

        Task Until(string state) =>
            Eventually.Is(async () =>
            {
                await using var command = Database.CreateCommand(
                    $"select exists (select from content.change_events where sequence >= {after} and {state})"
                );
                return (bool)(await command.ExecuteScalarAsync(Cancel))!;
            });
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Purge:Varnish:Urls:0"] = $"http://127.0.0.1:{Purges.Port}";
        builder.Configuration["Purge:Varnish:Secret"] = Secret;
    }

    private async Task<long> Head()
    {
        await using var command = Database.CreateCommand("select sequence from content.head");
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}

using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Changes.Snapshots;

internal static class SnapshotEndpoints
{
    public static void AddSnapshots(this IServiceCollection services)
    {
        services.AddSingleton(provider => SnapshotSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<SnapshotMaker>();
        services.AddSingleton<SnapshotCache>();
    }

    public static void MapSnapshots(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/snapshot", Get)
            .WithName("GetSnapshot")
            .WithTags("Syndication")
            .WithMetadata(new OnlyFormat(Format.Ndjson))
            .WithParameters();

    /// <summary>The whole content in one file.</summary>
    /// <remarks>
    /// All items in one state, as NDJSON. The first line describes the file. The next lines have the form of changes. The last line has
    /// their number, their hash and the token to follow the changes from. Every client gets the same bytes until the content changes;
    /// <c>Range</c> resumes an interrupted download.
    /// </remarks>
    private static async Task<SnapshotAnswer> Get(ApiRequest request, SnapshotCache snapshots, CancellationToken cancel)
    {
        var lease = snapshots.Take(request.Links, request.Query.MinSequence ?? 0);
        try
        {
            return new SnapshotAnswer(lease, await lease.Snapshot.Sequence.WaitAsync(cancel));
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }
}

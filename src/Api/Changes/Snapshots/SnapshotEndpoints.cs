using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

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
        routes.MapGet("/snapshot", Get).WithName("GetSnapshot").WithTags("Syndication").Answers<string>().WithMetadata(new OnlyFormat(Format.Ndjson)).WithParameters().AnswersFile();

    /// <summary>Everything in one file.</summary>
    /// <remarks>
    /// All items in one state, as NDJSON: lines that look like changes, before them a line that says what the file is, after them one with their number, their
    /// hash and the token to follow the changes from. The same bytes for every client until the content changes; <c>Range</c> resumes a broken download.
    /// </remarks>
    private static async Task<IResult> Get(HttpContext http, SnapshotCache snapshots, CancellationToken cancel)
    {
        var query = Query.Read(http);
        if (query.Problem is { } problem) return problem;
        var lease = snapshots.Take(Links.Of(http), query.MinSequence ?? 0);
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

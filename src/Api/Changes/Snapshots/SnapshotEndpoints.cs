using Api.Http;

namespace Api.Changes.Snapshots;

internal static class SnapshotEndpoints
{
    public static void AddSnapshots(this IServiceCollection services)
    {
        services.AddSingleton(provider => SnapshotSettings.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<SnapshotMaker>();
        services.AddSingleton<SnapshotShelf>();
    }

    public static void MapSnapshots(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/snapshot", Get).WithName("GetSnapshot").WithTags("Syndication").Answers<string>().WithMetadata(new OnlyFormat(Format.Ndjson)).WithParameters().AnswersFile();

    /// <summary>
    /// Everything there is, in one state: lines of JSON that look like changes, with a line before them that says what it is and one after them with their number, their
    /// hash and the token to follow the changes from. The same bytes for all who ask until the content changes; a broken download goes on with <c>Range</c>.
    /// </summary>
    private static async Task<IResult> Get(HttpContext http, SnapshotShelf shelf, CancellationToken cancel)
    {
        var query = Query.Read(http);
        if (query.Problem is { } problem) return problem;
        var loan = shelf.Take(Links.Of(http), query.MinSequence ?? 0);
        try
        {
            return new SnapshotAnswer(loan, await loan.Snapshot.Sequence.WaitAsync(cancel));
        }
        catch
        {
            await loan.DisposeAsync();
            throw;
        }
    }
}

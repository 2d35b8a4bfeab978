using Api.Http.Caching;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Reading;

namespace Api.Changes.Streaming;

internal static class StreamEndpoints
{
    public static void AddStream(this IServiceCollection services) => services.AddSingleton<StreamServices>();

    // No minSequence: events have their own order.
    public static void MapStream(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/changes/stream", Get)
            .WithName("StreamChanges")
            .WithTags("Syndication")
            .WithMetadata(new OnlyFormat(Format.EventStream), new ParameterSet(StreamFilter.Parameters));

    /// <summary>Changes as they happen.</summary>
    /// <remarks>
    /// Server-sent events, for an EventSource. First <c>event: ready</c>, then an event without a name for each commit, as
    /// <c>ChangeEvent</c>: which items have changed, and which keys of cached answers are stale. None comes before every node answers with
    /// its changes. <c>event: resync</c> says that the position is of no use: anything may have changed. A reconnect resumes from
    /// <c>Last-Event-ID</c>, which goes before <c>since</c>; a stream lasts about an
    /// hour. Swagger UI cannot show it: open the address in a tab, or by <c>curl -N</c>.
    /// </remarks>
    private static async Task<StreamAnswer> Get(
        ApiRequest request,
        FilterKeyReader keys,
        StreamServices services,
        Listeners listeners,
        CancellationToken cancel
    )
    {
        var filter = await StreamFilter.Read(request, keys, cancel);
        return request.Query.Problem is { } problem
            ? new StreamAnswer(services, filter, null, problem)
            : new StreamAnswer(services, filter, listeners.Enter(request.Http.Connection.RemoteIpAddress), null);
    }
}

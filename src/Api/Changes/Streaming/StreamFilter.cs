using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Live;
using Api.Reading;

namespace Api.Changes.Streaming;

/// <summary>Where a stream begins, and what it tells.</summary>
/// <param name="From">The position of the client; null for the newest.</param>
/// <param name="IsUnreadable">Whether the client sent a position that is none.</param>
/// <param name="Scope">Which changes.</param>
internal sealed record StreamFilter(ChangeToken? From, bool IsUnreadable, EventScope Scope)
{
    private const string LastEventId = "Last-Event-ID";

    private static readonly Parameter Since = Parameter.Text(
        "since",
        "Where to begin: `token` of an event, or `page.next` of `/v1/changes`. Left out: now. The header `Last-Event-ID`, which an EventSource sends when it connects again, goes before it.",
        maxLength: 60
    );

    /// <summary>All parameters.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } = [Since, .. ChangeFilter.ScopeParameters];

    /// <summary>Reads the filter of a request. An invalid parameter becomes the problem of its query.</summary>
    public static async Task<StreamFilter> Read(ApiRequest request, FilterKeyReader keys, CancellationToken cancel)
    {
        var query = request.Query;
        var scope = await ChangeFilter.ReadScope(query, keys, cancel);
        var given = query.Text(Since);
        var since = given is null ? null : ChangeToken.Read(given);
        if (given is not null && since is null)
            query.Fail(QueryProblems.InvalidParameter(Since, given, "0, or a token as an event or page.next gave it"));
        // No error, as an EventSource would not connect again after one.
        if (request.Http.Request.Headers[LastEventId].ToString() is not { Length: > 0 } last)
            return new StreamFilter(since, false, scope);
        var position = ChangeToken.Read(last);
        return new StreamFilter(position, position is null, scope);
    }

    /// <summary>Where the stream begins, and whether everything may have changed before; null when nothing is known yet.</summary>
    /// <remarks>Escapes: the exceptions of <see cref="ChangeEvents.After"/>.</remarks>
    public async Task<EventStep?> Begin(ChangeEvents events, CancellationToken cancel)
    {
        if (From is not { } from)
            return await events.Newest(cancel) is { } newest ? new EventStep(newest, null, IsUnreadable) : null;
        var step = await events.After(from, Scope, cancel);
        // Some clients come back with an old position, as they take none from an event without data. The first event brings it forward.
        return step.Event is null ? step : new EventStep(from, null, false);
    }
}

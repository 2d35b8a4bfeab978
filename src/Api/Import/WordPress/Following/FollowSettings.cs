namespace Api.Import.WordPress.Following;

/// <summary>How a site is followed.</summary>
/// <param name="Every">Interval between two polls for changes.</param>
/// <param name="Once">Ends when everything is imported and nothing waits for another scan.</param>
/// <param name="AcceptRemovals">Any number of items may be removed at once.</param>
internal sealed record FollowSettings(TimeSpan Every, bool Once, bool AcceptRemovals);

/// <summary>Schedules polls and complete scans.</summary>
/// <param name="every">Interval between the starts of two polls.</param>
internal sealed class FollowTurn(TimeSpan every)
{
    // The interval between complete scans depends on their requests: with one poll a minute, each request of a scan has three seconds on
    // average.
    private const int RequestsPerTurn = 20;

    private readonly TimeProvider clock = TimeProvider.System;
    private DateTimeOffset quick;
    private DateTimeOffset complete;
    private DateTimeOffset begun;
    private bool isCalled;
    private bool isCompleteCalled;

    public bool IsQuickDue => isCalled || Now >= quick;

    public bool IsCompleteDue => Now >= complete || (isCompleteCalled && Now >= begun + every);

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The site has reported a change. Some changes, such as a deletion, are found only by a complete scan.</summary>
    public void Called() => isCalled = isCompleteCalled = true;

    public void BeginQuick() => (isCalled, quick) = (false, Now + every);

    public void BeginComplete() => (isCompleteCalled, begun) = (false, Now);

    public void EndComplete(int requests) =>
        complete = begun + TimeSpan.FromTicks(Math.Max(every.Ticks, every.Ticks / RequestsPerTurn * requests));

    /// <summary>An entry was missing in the last scan: the next one is brought forward.</summary>
    public void CompleteSoon() => complete = complete < begun + every ? complete : begun + every;
}

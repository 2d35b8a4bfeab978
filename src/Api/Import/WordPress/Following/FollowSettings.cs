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

    private readonly TimeProvider _clock = TimeProvider.System;
    private DateTimeOffset _quick;
    private DateTimeOffset _complete;
    private DateTimeOffset _begun;
    private bool _isCalled;
    private bool _isCompleteCalled;

    public bool IsQuickDue => _isCalled || Now >= _quick;

    public bool IsCompleteDue => Now >= _complete || (_isCompleteCalled && Now >= _begun + every);

    private DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>The site has reported a change. Some changes, such as a deletion, are found only by a complete scan.</summary>
    public void Called() => _isCalled = _isCompleteCalled = true;

    public void BeginQuick() => (_isCalled, _quick) = (false, Now + every);

    public void BeginComplete() => (_isCompleteCalled, _begun) = (false, Now);

    public void EndComplete(int requests) =>
        _complete = _begun + TimeSpan.FromTicks(Math.Max(every.Ticks, every.Ticks / RequestsPerTurn * requests));

    /// <summary>An entry was missing in the last scan: the next one is brought forward.</summary>
    public void CompleteSoon() => _complete = _complete < _begun + every ? _complete : _begun + every;
}

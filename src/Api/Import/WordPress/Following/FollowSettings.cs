namespace Api.Import.WordPress.Following;

/// <summary>How a site is followed.</summary>
/// <param name="Every">Time between two questions what has changed.</param>
/// <param name="Once">Ends when all is imported, and nothing waits for another look.</param>
/// <param name="AcceptRemovals">Any number of items may be removed at once.</param>
internal sealed record FollowSettings(TimeSpan Every, bool Once, bool AcceptRemovals);

/// <summary>Says when to look.</summary>
/// <param name="every">Time between two quick looks, from beginning to beginning.</param>
internal sealed class FollowTurn(TimeSpan every)
{
    // Complete looks are so far apart that, with one a minute for what has changed, each of their requests has three seconds on average.
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

    /// <summary>The site says that something has changed. What it was, a deletion say, may take a complete look to see.</summary>
    public void Called() => _isCalled = _isCompleteCalled = true;

    public void BeginQuick() => (_isCalled, _quick) = (false, Now + every);

    public void BeginComplete() => (_isCompleteCalled, _begun) = (false, Now);

    public void EndComplete(int requests) => _complete = _begun + TimeSpan.FromTicks(Math.Max(every.Ticks, every.Ticks / RequestsPerTurn * requests));

    /// <summary>Something that was not there is to be looked for once more.</summary>
    public void CompleteSoon() => _complete = _complete < _begun + every ? _complete : _begun + every;
}

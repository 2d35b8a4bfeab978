using Api.Data;
using Api.Data.Delivery;
using Api.Http.Caching;
using Api.Http.Errors;

namespace Api.Listing;

/// <summary>Holds the current <see cref="ListState"/> of this process and keeps it up to date: <c>CacheKeeper</c> calls <see cref="Follow"/>. Reading the state takes no lock.</summary>
internal sealed class ListIndex(ListReader reader, ItemStore items, AnswerCache cache, TimeProvider clock, ILogger<ListIndex> log)
{
    // Beyond it everything is read again, which takes less than so many changes.
    private const int MostChanges = 100_000;

    // So long the look for changes is held up: enough for a usual commit.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    // Before lists are read once more that could not be read: as the database was away, or for another reason.
    private static readonly TimeSpan PauseAway = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // So long a request waits for the lists it needs.
    private static readonly TimeSpan Waiting = TimeSpan.FromSeconds(2);

    // Between two looks of one request that waits, when nothing tells it of another state.
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private volatile ListState? state;
    private volatile TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task reading = Task.CompletedTask;
    private int histories;
    private volatile Failure? failed;

    /// <summary>
    /// The lists as they are; null while they are not known, or may be older than what this process knows of. While the database is known to be away, as they were:
    /// as long as kept answers are served on.
    /// </summary>
    public ListState? Current => ServableSince(long.MaxValue);

    /// <summary>The lists as they were read last, without what has expired; null before they are read.</summary>
    public ListState? Latest => state is not { } known || clock.GetTimestamp() < known.NextDue ? state : Expire();

    /// <summary>Answers from the lists as they are. Waits while they are read, and goes on to later ones when something that is shown has changed since.</summary>
    /// <param name="answer">Makes the answer of a state; null when something in it is another by now.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ListsNotReadException">There were none to answer from within two seconds.</exception>
    public async Task<T> Answer<T>(Func<ListState, Task<T?>> answer, CancellationToken cancel)
        where T : class
    {
        var known = Current;
        return known is not null && await answer(known) is { } made ? made : await AnswerLater(answer, known, cancel);
    }

    /// <summary>Brings the lists to a sequence, or begins to: what takes long goes on when this has ended.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="givenUp">Ends a reading that has begun: its connection is dead.</param>
    /// <param name="cancel">Ends the wait for it.</param>
    /// <returns>Whether they are there.</returns>
    public async Task<bool> Follow(long sequence, CancellationToken givenUp, CancellationToken cancel)
    {
        if (state?.Sequence >= sequence) return true;
        if (failed is { } last && clock.GetElapsedTime(last.At) < last.Pause) return false;
        if (reading.IsCompleted)
        {
            var history = histories;
            // A request may have caused the look. Its counter of round trips and its server must not be used here.
            using (ExecutionContext.SuppressFlow()) reading = Task.Run(() => Read(history, givenUp), CancellationToken.None);
        }
        await Task.WhenAny(reading, Task.Delay(Patience, clock, cancel));
        return state?.Sequence >= sequence;
    }

    /// <summary>Forgets everything: the content has another history.</summary>
    public void Forget()
    {
        lock (gate)
        {
            histories++;
            (state, failed) = (null, null);
            items.Clear();
        }
    }

    // tried: the state whose answer was overtaken by a change; null when there was none.
    private async Task<T> AnswerLater<T>(Func<ListState, Task<T?>> answer, ListState? tried, CancellationToken cancel)
        where T : class
    {
        var begun = clock.GetTimestamp();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Waiting);
        try
        {
            for (var isAgain = false; ;)
            {
                var another = news.Task;
                await cache.LookAgain(limited.Token);
                if (ServableSince(begun) is not { } found || found == tried) await Task.WhenAny(another, Task.Delay(Pulse, clock, limited.Token));
                limited.Token.ThrowIfCancellationRequested();
                // The same once more, as another server may have what this one had not; then only a later one.
                if (ServableSince(begun) is not { } known || (known == tried && isAgain)) continue;
                isAgain = known == tried;
                RoundTrips.Host = null;
                if (await answer(known) is { } made) return made;
                tried = known;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ListsNotReadException();
        }
    }

    private async Task Read(int history, CancellationToken givenUp)
    {
        try
        {
            if (state is { } known && await reader.Since(known, MostChanges, givenUp) is { } delta) Apply(delta, history);
            else
            {
                Begin(await reader.Whole(givenUp), history);
                // Of a large content the reading leaves much behind.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Optimized, blocking: false);
            }
        }
        catch (OperationCanceledException) when (givenUp.IsCancellationRequested)
        {
            // On another connection, at once.
        }
        // What needs no lists is answered all the same, and the changes are followed on.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            failed = new Failure(clock.GetTimestamp(), DatabaseFailure.Is(e) ? PauseAway : Pause);
            // That the database is away others say already.
            log.Log(DatabaseFailure.Is(e) ? LogLevel.Debug : LogLevel.Warning, "The lists cannot be read, which is tried again: {Reason}", e.Message);
        }
    }

    private void Begin(ListState whole, int history)
    {
        lock (gate)
        {
            if (histories != history) return;
            items.Clear(whole.Sequence);
            state = whole;
            failed = null;
        }
        Tell();
    }

    private void Apply(ListDelta delta, int history)
    {
        lock (gate)
        {
            if (histories != history || state is not { } known) return;
            // First, so that nobody finds an item as it was in the lists of now.
            if (delta.ReferenceSequence != known.ReferenceSequence) items.Clear(delta.Sequence);
            else items.Drop(delta.Articles.Left.Concat(delta.Events.Left).Select(change => change.Number), delta.Sequence);
            // What expires between its change and the reading of that is not there any more, and has told nobody yet.
            if (delta.Articles.Gone.Any(known.Articles.Items.All.Contains)) items.DropTranslated();
            state = known.After(delta);
            failed = null;
        }
        Tell();
    }

    private ListState? ServableSince(long begun) => Latest is { } known && known.Sequence >= cache.Now.Sequence && (cache.MayServe || cache.IsVerifiedSince(begun)) ? known : null;

    private void Tell() => Interlocked.Exchange(ref news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private ListState? Expire()
    {
        lock (gate)
        {
            if (state is not { } known || clock.GetTimestamp() < known.NextDue) return state;
            items.DropTranslated();
            return state = known.At(clock.GetTimestamp());
        }
    }

    private sealed record Failure(long At, TimeSpan Pause);
}

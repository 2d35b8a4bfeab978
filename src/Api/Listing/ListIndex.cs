using Api.Data;
using Api.Data.Delivery;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Words;
using Api.Words.Texts;

namespace Api.Listing;

/// <summary>
/// Holds the current <see cref="ListState"/> of this process and keeps it up to date: <c>CacheKeeper</c> calls <see cref="Follow"/>.
/// Reading the state takes no lock.
/// </summary>
internal sealed class ListIndex(
    ListReader reader,
    ItemStore items,
    AnswerCache cache,
    ChangeCheck check,
    TimeProvider clock,
    ILogger<ListIndex> log
) : ILists
{
    // After more changes than this, the lists are read again, which is faster than applying the changes.
    private const int MostChanges = 100_000;

    // How long following the changes waits for the lists: enough for a usual commit.
    private static readonly TimeSpan FollowWait = TimeSpan.FromMilliseconds(100);

    // How many texts are read for one new version of the words, and how many with one statement.
    private const int MostTexts = 500_000;
    private const int TextsAtOnce = 1_000;

    // Delay before a failed reading of the lists is repeated: when the database is unavailable, and for any other reason.
    private static readonly TimeSpan RetryDelayWhenUnavailable = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    // How long a request waits for the lists it needs.
    private static readonly TimeSpan RequestWait = TimeSpan.FromSeconds(2);

    // How often a waiting request checks for a new state when no signal arrives.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private volatile ListState? state;
    private volatile TaskCompletionSource newState = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task reading = Task.CompletedTask;
    private Task readingWords = Task.CompletedTask;
    private bool isReadingWords;
    private int histories;
    private volatile Failure? failed;

    /// <summary>
    /// The lists if they are current; null before they are read, and while they may be older than the changes this process knows of. While
    /// the database is known to be unavailable, the last state remains current for as long as cached responses are served.
    /// </summary>
    public ListState? Current => ServableSince(long.MaxValue);

    /// <summary>The lists as last read, without expired items; null before they are read.</summary>
    public ListState? Latest => state is not { } known || clock.GetTimestamp() < known.NextDue ? state : Expire();

    /// <inheritdoc/>
    public async Task<T> Answer<T>(Func<ListState, Task<T?>> answer, CancellationToken cancel)
        where T : class
    {
        var known = Current;
        return known is not null && await answer(known) is { } made ? made : await AnswerLater(answer, known, cancel);
    }

    /// <summary>
    /// Brings the lists up to a sequence, or starts to: a long reading continues in the background after this call returns. Called by
    /// <c>CacheKeeper</c> only, never by a request, whose <see cref="DeliverySession"/> would otherwise choose the server of the reading.
    /// </summary>
    /// <param name="sequence">The sequence to reach.</param>
    /// <param name="givenUp">Cancels a running reading when its connection is dead.</param>
    /// <param name="cancel">Cancels the wait for the reading.</param>
    /// <returns>Whether the lists have reached the sequence.</returns>
    public async Task<bool> Follow(long sequence, CancellationToken givenUp, CancellationToken cancel)
    {
        if (state?.Sequence >= sequence)
            return true;
        if (failed is { } last && clock.GetElapsedTime(last.At) < last.RetryDelay)
            return false;
        if (reading.IsCompleted)
        {
            var history = histories;
            reading = Task.Run(() => Read(history, givenUp), CancellationToken.None);
        }
        await Task.WhenAny(reading, Task.Delay(FollowWait, clock, cancel));
        return state?.Sequence >= sequence;
    }

    /// <summary>Waits until all lists and words have been read, at most for the limit; returns whether they have been.</summary>
    public async Task<bool> WaitUntilComplete(TimeSpan limit, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(limit);
        while (true)
        {
            var another = newState.Task;
            if (state is { Words.IsComplete: true })
                return true;
            if (await Task.WhenAny(another, Task.Delay(Timeout.InfiniteTimeSpan, clock, limited.Token)) != another)
                return false;
        }
    }

    /// <summary>Drops all lists: the content has another history.</summary>
    public void Forget()
    {
        lock (gate)
        {
            histories++;
            (state, failed) = (null, null);
            items.Clear();
        }
    }

    // tried: the state whose answer was outdated by a change; null when there was none.
    private async Task<T> AnswerLater<T>(Func<ListState, Task<T?>> answer, ListState? tried, CancellationToken cancel)
        where T : class
    {
        var begun = clock.GetTimestamp();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(RequestWait);
        try
        {
            for (var isAgain = false; ; )
            {
                var another = newState.Task;
                await check.Run(limited.Token);
                if (ServableSince(begun) is not { } found || found == tried)
                    await Task.WhenAny(another, Task.Delay(PollInterval, clock, limited.Token));
                limited.Token.ThrowIfCancellationRequested();
                // The same state is tried once more, because another database server may have the changes that the first one lacked; after
                // that only a later state is tried.
                if (ServableSince(begun) is not { } known || (known == tried && isAgain))
                    continue;
                isAgain = known == tried;
                if (DeliverySession.Current is { } session)
                    session.Host = null;
                if (await answer(known) is { } made)
                    return made;
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
            if (state is { } known && await reader.Since(known, MostChanges, givenUp) is { } delta)
                Apply(delta, history);
            else
            {
                Begin(await reader.Whole(givenUp), history);
                // Reading a large content leaves much garbage.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Optimized, blocking: false);
            }
        }
        catch (OperationCanceledException) when (givenUp.IsCancellationRequested)
        {
            // The next call reads at once, on another connection.
        }
        // Requests that need no lists are still answered, and the changes are still followed.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            failed = new Failure(clock.GetTimestamp(), DatabaseFailure.Is(e) ? RetryDelayWhenUnavailable : RetryDelay);
            // Other log messages already report that the database is unavailable.
            log.Log(
                DatabaseFailure.Is(e) ? LogLevel.Debug : LogLevel.Warning,
                "The lists cannot be read, which is tried again: {Reason}",
                e.Message
            );
        }
    }

    // Reads the words of items that are too many to be read with their change. Meanwhile searches do not find them.
    private async Task ReadWords()
    {
        while (true)
        {
            try
            {
                foreach (var part in state?.Words.Articles.Values ?? [])
                    part.Vocabulary.Prepare(part.Language);
                if (StartReadingWords() is not { } known)
                    return;
                var bulk = new BulkReading(known.Words);
                await bulk.Read(Texts(known.Words.BeingRead.ToArray(), known.Sequence), CancellationToken.None);
                lock (gate)
                {
                    // If the lists were read again in the meantime, their vocabularies are others.
                    if (state is { } now && now.Words.Vocabularies == known.Words.Vocabularies)
                        state = now with { Words = now.Words.WithRead(bulk.Segments, bulk.Named) };
                }
                SignalNewState();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                log.Log(
                    DatabaseFailure.Is(e) ? LogLevel.Debug : LogLevel.Warning,
                    "The words of texts cannot be read, which is tried again: {Reason}",
                    e.Message
                );
                await Task.Delay(RetryDelay, clock);
            }
        }
    }

    // The state whose unread words are to be read; null, and the reading is over, when there are none.
    private ListState? StartReadingWords()
    {
        lock (gate)
        {
            isReadingWords = state is { Words.IsComplete: false };
            if (!isReadingWords)
                return null;
            var unread = state!.Words.Unread.ToArray();
            return state = state with { Words = state.Words.StartReading(unread[..Math.Min(MostTexts, unread.Length)]) };
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<ItemText>> Texts(int[] numbers, long sequence)
    {
        foreach (var some in numbers.Chunk(TextsAtOnce))
            yield return await reader.Texts(some, sequence, CancellationToken.None)
                ?? throw new InvalidOperationException("The server does not have all changes of the lists yet.");
    }

    // Called after each change of the state.
    private void StartWords()
    {
        lock (gate)
        {
            if (isReadingWords && !readingWords.IsCompleted)
                return;
            isReadingWords = true;
            readingWords = Task.Run(ReadWords, CancellationToken.None);
        }
    }

    private void Begin(ListState whole, int history)
    {
        lock (gate)
        {
            if (histories != history)
                return;
            items.Clear(whole.Sequence);
            state = whole;
            failed = null;
        }
        SignalNewState();
        StartWords();
    }

    private void Apply(ListDelta delta, int history)
    {
        lock (gate)
        {
            if (histories != history || state is not { } known)
                return;
            // Before the state is replaced, so that no list of the new state finds an outdated item.
            if (delta.ReferenceSequence != known.ReferenceSequence)
                items.Clear(delta.Sequence);
            else
                items.Drop(delta.Articles.Left.Concat(delta.Events.Left).Select(change => change.Number), delta.Sequence);
            // An item that expired between its change and this reading is no longer visible, but its expiry was not processed.
            if (delta.Articles.Gone.Any(known.Articles.Items.All.Contains))
                items.DropTranslated();
            state = known.After(delta);
            failed = null;
        }
        SignalNewState();
        StartWords();
    }

    private ListState? ServableSince(long begun) =>
        Latest is { } known && known.Sequence >= cache.Now.Sequence && (cache.MayServe || cache.IsVerifiedSince(begun)) ? known : null;

    private void SignalNewState() =>
        Interlocked.Exchange(ref newState, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private ListState? Expire()
    {
        lock (gate)
        {
            if (state is not { } known || clock.GetTimestamp() < known.NextDue)
                return state;
            items.DropTranslated();
            return state = known.At(clock.GetTimestamp());
        }
    }

    private sealed record Failure(long At, TimeSpan RetryDelay);
}

using Api.Data;
using Api.Http.Caching;

namespace Api.Listing;

/// <summary>Holds the current <see cref="ListState"/> of this process and keeps it up to date: <c>CacheKeeper</c> calls <see cref="Follow"/>. Reading the state takes no lock.</summary>
internal sealed class ListIndex(ListReader reader, ItemStore items, AnswerCache cache, TimeProvider clock, ILogger<ListIndex> log)
{
    // Beyond it everything is read again, which takes less than so many changes.
    private const int MostChanges = 100_000;

    // So long the look for changes is held up: enough for a usual commit.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    // Before everything is read once more that could not be read.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private volatile ListState? state;
    private Task reading = Task.CompletedTask;
    private int histories;
    private long? failed;

    /// <summary>
    /// The lists as they are; null while they are not known, or may be older than what this process knows of. While the database is known to be away, as they were:
    /// as long as kept answers are served on.
    /// </summary>
    public ListState? Current => Latest is { } known && known.Sequence >= cache.Now.Sequence && cache.MayServe ? known : null;

    /// <summary>The lists as they were read last, without what has expired; null before they are read.</summary>
    public ListState? Latest => state is not { } known || clock.GetTimestamp() < known.NextDue ? state : Expire();

    /// <summary>Brings the lists to a sequence, or begins to: what takes long goes on when this has ended.</summary>
    public async Task Follow(long sequence, CancellationToken cancel)
    {
        if (state?.Sequence >= sequence || (failed is { } moment && clock.GetElapsedTime(moment) < Pause)) return;
        if (reading.IsCompleted)
        {
            var history = histories;
            // A request may have caused the look. Its counter of round trips and its server must not be used here.
            using (ExecutionContext.SuppressFlow()) reading = Task.Run(() => Read(history), CancellationToken.None);
        }
        await Task.WhenAny(reading, Task.Delay(Patience, clock, cancel));
    }

    /// <summary>Forgets everything: the content has another history.</summary>
    public void Forget()
    {
        lock (gate)
        {
            histories++;
            state = null;
            items.Clear();
        }
    }

    private async Task Read(int history)
    {
        try
        {
            if (state is { } known && await reader.Since(known, MostChanges, CancellationToken.None) is { } delta) Apply(delta, history);
            else Begin(await reader.Whole(CancellationToken.None), history);
        }
        // Whatever it is: without these lists the database finds them, and the changes are followed on.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            failed = clock.GetTimestamp();
            // That the database is away others say already.
            log.Log(DatabaseFailure.Is(e) ? LogLevel.Debug : LogLevel.Warning, "The lists in memory cannot be read; the database finds them: {Reason}", e.Message);
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
    }

    private ListState? Expire()
    {
        lock (gate)
        {
            if (state is not { } known || clock.GetTimestamp() < known.NextDue) return state;
            items.DropTranslated();
            return state = known.At(clock.GetTimestamp());
        }
    }
}

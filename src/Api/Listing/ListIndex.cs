using Api.Data;
using Api.Http.Caching;

namespace Api.Listing;

/// <summary>The lists of this process, in memory. Whoever follows the changes calls <see cref="Follow"/>; reading takes no lock.</summary>
internal sealed class ListIndex(ListReader reader, ItemStore items, AnswerCache cache, CacheSettings settings, TimeProvider clock, ILogger<ListIndex> log)
{
    // As many changes take as long to read and to apply as a look for changes may be held up; more are read beside it.
    private const int MostAtOnce = 500;

    // Beyond it everything is read again, which takes less than so many changes.
    private const int MostChanges = 100_000;

    private readonly Lock gate = new();
    private volatile ListState? state;
    private Task reading = Task.CompletedTask;
    private int histories;

    /// <summary>The lists as they are; null while they are not known, or may be older than what this process knows of.</summary>
    public ListState? Current =>
        Latest is { } known && known.Sequence >= cache.Now.Sequence && cache.Age <= settings.Safety && !cache.IsAway ? known : null;

    /// <summary>The lists as they were read last, without what has expired; null before they are read.</summary>
    public ListState? Latest => state is not { } known || clock.GetTimestamp() < known.NextDue ? state : Expire();

    /// <summary>Brings the lists to a sequence, or begins to: what takes long goes on when this has ended.</summary>
    public async Task Follow(long sequence, CancellationToken cancel)
    {
        if (!reading.IsCompleted || state?.Sequence >= sequence) return;
        var history = histories;
        try
        {
            if (state is { } known && await reader.Since(known, MostAtOnce, cancel) is { } delta) Apply(delta, history);
            else reading = Task.Run(() => ReadMuch(history), CancellationToken.None);
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            Tell(e);
        }
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

    private async Task ReadMuch(int history)
    {
        try
        {
            if (state is { } known && await reader.Since(known, MostChanges, CancellationToken.None) is { } delta) Apply(delta, history);
            else Begin(await reader.Whole(CancellationToken.None), history);
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            Tell(e);
        }
    }

    private void Begin(ListState whole, int history)
    {
        lock (gate)
        {
            if (histories != history) return;
            items.Clear(whole.Sequence);
            state = whole;
        }
    }

    private void Apply(ListDelta delta, int history)
    {
        lock (gate)
        {
            if (histories != history || state is not { } known) return;
            // First, so that nobody finds an item as it was in the lists of now.
            if (delta.ReferenceSequence != known.ReferenceSequence) items.Clear(delta.Sequence);
            else items.Drop(delta.Left.Select(change => change.Number), delta.Sequence);
            state = known.After(delta);
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

    private void Tell(Exception e) => log.LogDebug("Lists are read later: {Reason}", e.Message);
}

using Api.Http.Errors;
using Api.Listing;

namespace Api.Preview;

/// <summary>
/// The second list index: the lists of previews in memory. The lists with all drafts are read at the first request and again when something
/// was saved; those of other views are made from them.
/// </summary>
internal sealed class PreviewIndex(PreviewReader reader, TimeProvider clock)
{
    // Of views at other moments. One more takes the place of the oldest.
    private const int MostStates = 8;

    private const int MostAttempts = 3;

    private readonly Lock gate = new();
    private readonly List<(PreviewView View, ListState Of, Task<PreviewState?> Reading)> states = [];
    private Task<ListState>? all;

    /// <summary>Whether lists are in memory, or are being read.</summary>
    public bool IsThere
    {
        get
        {
            lock (gate)
                return all is not null;
        }
    }

    /// <summary>The lists of a view that show everything up to an edit; several requests share a reading.</summary>
    /// <exception cref="ListsNotReadException">Something was saved each time the lists had been read.</exception>
    public async Task<PreviewState> State(PreviewView view, long edits)
    {
        ListState? tried = null;
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var drafts = await Drafts(edits, tried);
            var (reading, isShared) = drafts.Sequence < edits ? (null, false) : Of(drafts, view);
            if (reading is not null && await reading is { } found)
            {
                if (!isShared || found.Holds(view, view.At ?? clock.GetUtcNow().UtcDateTime))
                    return found;
                // It was read for another moment, between which something changes.
                attempt--;
                continue;
            }
            tried = drafts;
        }
        throw new ListsNotReadException();
    }

    /// <summary>Drops the lists of a view, which showed something that has changed.</summary>
    public void Forget(PreviewView view)
    {
        lock (gate)
            states.RemoveAll(state => state.View.IsLike(view));
    }

    /// <summary>Drops all lists.</summary>
    public void Drop()
    {
        lock (gate)
        {
            all = null;
            states.Clear();
        }
    }

    // tried: what has become old since.
    private Task<ListState> Drafts(long edits, ListState? tried)
    {
        lock (gate)
        {
            if (
                all is { IsFaulted: false, IsCanceled: false } known
                && (!known.IsCompleted || (tried is null ? known.Result.Sequence == edits : known.Result != tried))
            )
                return known;
            states.Clear();
            return all = Detached(() => reader.Drafts(CancellationToken.None));
        }
    }

    // Of the same kind of view one at a time is read, as it is mostly that of all moments that are asked for.
    private (Task<PreviewState?> Reading, bool IsShared) Of(ListState drafts, PreviewView view)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        lock (gate)
        {
            foreach (var (known, of, reading) in states)
            {
                if (of == drafts && (reading.IsCompleted ? Holds(reading, view, now) : known.IsLike(view)))
                    return (reading, true);
            }
            states.RemoveAll(state => state.Reading.IsCompleted && (state.Of != drafts || !Holds(state.Reading, state.View, now)));
            if (states.Count >= MostStates)
                states.RemoveAt(0);
            var made = Detached(() => reader.Of(drafts, view, CancellationToken.None));
            states.Add((view, drafts, made));
            return (made, false);
        }
    }

    private static bool Holds(Task<PreviewState?> reading, PreviewView view, DateTime now) =>
        reading is { IsCompletedSuccessfully: true, Result: { } state } && state.Holds(view, view.At ?? now);

    // Not in the flow of a request, whose server and count of round trips it is not.
    private static Task<T> Detached<T>(Func<Task<T>> read)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Run(read);
    }
}

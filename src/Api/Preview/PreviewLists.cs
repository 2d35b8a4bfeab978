using Api.Data.Delivery;
using Api.Http.Errors;
using Api.Listing;

namespace Api.Preview;

/// <summary>The lists of one view.</summary>
/// <param name="queries">Statements of the view.</param>
/// <param name="view">The view.</param>
/// <param name="index">The lists of all views.</param>
/// <param name="passed">Called when time has changed what the view shows, which is no commit.</param>
internal sealed class PreviewLists(IQueries queries, PreviewView view, PreviewIndex index, Action passed) : ILists
{
    private const int MostAttempts = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private volatile PreviewState? last;

    /// <summary>Null: only the database knows whether something was saved since.</summary>
    public ListState? Current => null;

    public async Task<T> Answer<T>(Func<ListState, Task<T?>> answer, CancellationToken cancel)
        where T : class
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var edits = await queries.QueryFirst<long>("select sequence from delivery.head", null, cancel);
            // The reading goes on when this request gives up.
            var reading = index.State(view, edits);
            try
            {
                var state = await reading.WaitAsync(LongestWait, cancel);
                if (last is { } before && before != state && before.Lists.Sequence == state.Lists.Sequence)
                    passed();
                last = state;
                if (await answer(state.Lists) is { } made)
                    return made;
            }
            catch (TimeoutException) when (!reading.IsCompleted)
            {
                break;
            }
            index.Forget(view);
        }
        throw new ListsNotReadException();
    }
}

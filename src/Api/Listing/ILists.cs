using Api.Http.Errors;

namespace Api.Listing;

/// <summary>The lists of articles and events in memory: the public ones, or those of a preview.</summary>
internal interface ILists
{
    /// <summary>The lists, if they are current without a query; null otherwise.</summary>
    ListState? Current { get; }

    /// <summary>
    /// Answers from the current lists. Waits while the lists are read, and repeats with a later state when an item in the answer has
    /// changed since.
    /// </summary>
    /// <param name="answer">Makes the answer from a state; null when an item in it has changed since.</param>
    /// <param name="cancel">Cancels the wait.</param>
    /// <exception cref="ListsNotReadException">No current lists were available within two seconds.</exception>
    Task<T> Answer<T>(Func<ListState, Task<T?>> answer, CancellationToken cancel)
        where T : class;
}

namespace Api.Purging;

/// <summary>A shared cache that can be told to drop answers by their keys.</summary>
internal interface IPurgedCache
{
    /// <summary>What the log calls it: without secrets.</summary>
    string Name { get; }

    /// <summary>What one request may name.</summary>
    KeyLimit Limit { get; }

    /// <summary>Sends one request. No failure of the network or of the cache escapes.</summary>
    /// <param name="keys">At most <see cref="Limit"/>.</param>
    /// <param name="cancel">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    Task<PurgeReply> Purge(IReadOnlyList<string> keys, CancellationToken cancel);
}

/// <summary>How a cache took a request to purge.</summary>
/// <param name="Problem">
/// Null when it was accepted; otherwise the rest of a sentence that begins with the cache: <c>answered 403</c>.
/// </param>
/// <param name="RetryAfter">How long it asks to wait before the next attempt; null when it does not say.</param>
internal sealed record PurgeReply(string? Problem, TimeSpan? RetryAfter = null)
{
    public static readonly PurgeReply Accepted = new((string?)null);

    public bool IsAccepted => Problem is null;
}

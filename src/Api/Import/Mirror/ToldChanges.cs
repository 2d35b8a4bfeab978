using Api.Contracts;
using Api.Import.Lines;

namespace Api.Import.Mirror;

/// <summary>The changes of another instance, as lines of the import format that can be written at once.</summary>
/// <param name="client">The other instance.</param>
/// <param name="origin">Its base URL.</param>
internal sealed class ToldChanges(MirrorClient client, string origin) : IAsyncDisposable
{
    private const int LongestWait = 30;

    private readonly ChangedLines lines = new();

    // The latest sequence of the pages read so far, and at first of the stream.
    private long latestSequence;

    /// <summary>The paths of all redirects, if any of them changed; null otherwise.</summary>
    public IReadOnlyCollection<string>? Paths { get; private set; }

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => lines.Count == 0 && Paths is null;

    /// <summary>Reads changes until no more are available.</summary>
    /// <param name="token">The cursor.</param>
    /// <param name="wait">Whether to wait for a change.</param>
    /// <param name="least">The sequence that the changes must have reached; 0 for any.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <returns>The token to continue from.</returns>
    /// <exception cref="IOException">The response has another format.</exception>
    public async Task<string> Collect(string token, bool wait, long least, CancellationToken cancel)
    {
        latestSequence = least;
        try
        {
            // An item refers to the state in which it was read, and all of that state is among the changes by the end. Redirects may lead
            // to items of later changes, so these are read again after the redirects.
            for (var redirectsChanged = true; redirectsChanged; )
            {
                (token, redirectsChanged) = await ReadChanges(token, wait, cancel);
                if (redirectsChanged)
                    Paths = await ReadRedirects(cancel);
            }
            return token;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new IOException($"The other side answers something else than changes: {e.Message}", e);
        }
    }

    /// <summary>The lines: the last one of each item.</summary>
    public IAsyncEnumerable<ImportLine> Lines(CancellationToken cancel) => lines.Read(cancel);

    public ValueTask DisposeAsync() => lines.DisposeAsync();

    private async Task<(string Token, bool RedirectsChanged)> ReadChanges(string token, bool wait, CancellationToken cancel)
    {
        var redirectsChanged = false;
        for (var more = true; more; )
        {
            using var page = await client.Changes(token, wait && IsEmpty ? LongestWait : 0, latestSequence, cancel);
            foreach (var change in page.RootElement.GetProperty("data").EnumerateArray())
            {
                if (change.GetProperty("resource").ValueEquals(Catalogue.Redirect))
                    redirectsChanged = true;
                else
                    await lines.Add(change.GetProperty("id").GetString()!, MirrorLine.Of(change), cancel);
            }
            var info = page.RootElement.GetProperty("page");
            (token, more) = (info.GetProperty("next").GetString()!, info.GetProperty("more").GetBoolean());
            // Otherwise a page from another node or from a cache might end before the items that these items refer to.
            if (info.TryGetProperty("sequence", out var sequence))
                latestSequence = Math.Max(latestSequence, sequence.GetInt64());
        }
        return (token, redirectsChanged);
    }

    // Redirects are few and seldom change: all of them are read again.
    private async Task<List<string>> ReadRedirects(CancellationToken cancel)
    {
        var paths = new List<string>();
        lines.Remove(item => item.StartsWith('/'));
        // Uses the origin by which this instance reaches the other one, which may differ from the other one's own public URL.
        for (var cursor = ""; ; )
        {
            using var page = await client.Json($"{origin}/v1/redirects?limit=100&count=none{cursor}", cancel);
            foreach (var redirect in page.RootElement.GetProperty("data").EnumerateArray())
            {
                paths.Add(redirect.GetProperty("from").GetString()!);
                await lines.Add(paths[^1], MirrorLine.Redirect(redirect), cancel);
            }
            if (page.RootElement.GetProperty("page").GetProperty("next").GetString() is not { } next)
                return paths;
            cursor = $"&cursor={next}";
        }
    }
}

using Api.Contracts;
using Api.Import.Lines;

namespace Api.Import.Mirror;

/// <summary>What the other instance tells of changes, as lines of the import format that can be written at once.</summary>
/// <param name="client">The other instance.</param>
/// <param name="origin">Its base URL.</param>
internal sealed class ToldChanges(MirrorClient client, string origin) : IAsyncDisposable
{
    private const int LongestWait = 30;

    private readonly ChangedLines lines = new();

    // The newest state that any of them is of.
    private long seen;

    /// <summary>All addresses of old there are, when any changed; null when none did.</summary>
    public IReadOnlyCollection<string>? Paths { get; private set; }

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => lines.Count == 0 && Paths is null;

    /// <summary>Asks until there is no more to be had at once.</summary>
    /// <param name="token">Where to go on.</param>
    /// <param name="wait">Whether to wait for something to happen.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The token to go on from.</returns>
    /// <exception cref="IOException">The other side answers something else.</exception>
    public async Task<string> Collect(string token, bool wait, CancellationToken cancel)
    {
        try
        {
            // Whatever was read refers to what was there then, and by the end all of that is among the changes. Redirects lead to what the next changes may tell.
            for (var redirectsChanged = true; redirectsChanged;)
            {
                (token, redirectsChanged) = await ReadChanges(token, wait, cancel);
                if (redirectsChanged) Paths = await ReadRedirects(cancel);
            }
            return token;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new IOException($"The other side answers something else than changes: {e.Message}", e);
        }
    }

    /// <summary>The lines: the last of each item.</summary>
    public IAsyncEnumerable<ImportLine> Lines(CancellationToken cancel) => lines.Read(cancel);

    public ValueTask DisposeAsync() => lines.DisposeAsync();

    private async Task<(string Token, bool RedirectsChanged)> ReadChanges(string token, bool wait, CancellationToken cancel)
    {
        var redirectsChanged = false;
        for (var more = true; more;)
        {
            using var page = await client.Changes(token, wait && IsEmpty ? LongestWait : 0, seen, cancel);
            foreach (var change in page.RootElement.GetProperty("data").EnumerateArray())
            {
                if (change.GetProperty("resource").ValueEquals(Catalogue.Redirect)) redirectsChanged = true;
                else await lines.Add(change.GetProperty("id").GetString()!, MirrorLine.Of(change), cancel);
            }
            var info = page.RootElement.GetProperty("page");
            (token, more) = (info.GetProperty("next").GetString()!, info.GetProperty("more").GetBoolean());
            // Else a page from another node, or from a cache, might end before what these items refer to.
            if (info.TryGetProperty("sequence", out var sequence)) seen = Math.Max(seen, sequence.GetInt64());
        }
        return (token, redirectsChanged);
    }

    // They are few, and change seldom: all of them, anew.
    private async Task<List<string>> ReadRedirects(CancellationToken cancel)
    {
        var paths = new List<string>();
        lines.Remove(item => item.StartsWith('/'));
        // On the address that leads there from here, which may not be the one that the other instance has for itself.
        for (var cursor = ""; ;)
        {
            using var page = await client.Json($"{origin}/v1/redirects?limit=100&count=none{cursor}", cancel);
            foreach (var redirect in page.RootElement.GetProperty("data").EnumerateArray())
            {
                paths.Add(redirect.GetProperty("from").GetString()!);
                await lines.Add(paths[^1], MirrorLine.Redirect(redirect), cancel);
            }
            if (page.RootElement.GetProperty("page").GetProperty("next").GetString() is not { } next) return paths;
            cursor = $"&cursor={next}";
        }
    }
}

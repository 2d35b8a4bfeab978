using System.Globalization;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>A running WordPress site, fetched by its REST API. Comments are never requested.</summary>
internal sealed class LiveSite : IDisposable
{
    private readonly LiveSpool spool;

    private LiveSite(LiveSpool spool, LiveContents contents)
    {
        this.spool = spool;
        Contents = contents;
    }

    /// <summary>The fetched content.</summary>
    public LiveContents Contents { get; }

    /// <summary>Fetches the pages that are not stored yet.</summary>
    /// <param name="options">Which site, and how.</param>
    /// <param name="clock">For pauses.</param>
    /// <param name="progress">Receives the progress after every page; called from any thread.</param>
    /// <param name="cancel">Cancels the operation; the pages fetched so far are kept for the next run.</param>
    /// <exception cref="LiveException">The site cannot be fetched; stored pages are kept for the next run.</exception>
    public static async Task<LiveSite> Fetch(
        LiveOptions options,
        TimeProvider clock,
        IProgress<LiveProgress>? progress,
        CancellationToken cancel
    )
    {
        if (options.User is not null && options.Site.Scheme != "https" && !options.Site.IsLoopback)
            throw new LiveException($"{options.Site} would carry the application password in the clear: use https");
        var spool = LiveSpool.Open(options);
        try
        {
            var begun = spool.Begun;
            if (spool.Contents is not { } contents)
                spool.Finish(contents = await Fetch(options, spool, clock, progress, cancel));
            return new LiveSite(
                spool,
                begun is null
                    ? contents
                    : contents with
                    {
                        Notes =
                        [
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"Pages that an earlier run has fetched since {begun:u} were reused; --fresh fetches everything again."
                            ),
                            .. contents.Notes,
                        ],
                    }
            );
        }
        catch
        {
            if (spool.Begun is null)
                spool.Remove();
            spool.Dispose();
            throw;
        }
    }

    /// <summary>Starts reading at the first part.</summary>
    public IWxrReader Read() => new LiveReader(this.spool, Contents);

    /// <summary>Deletes the stored pages after the import.</summary>
    public void Remove() => this.spool.Remove();

    public void Dispose() => this.spool.Dispose();

    private static async Task<LiveContents> Fetch(
        LiveOptions options,
        LiveSpool spool,
        TimeProvider clock,
        IProgress<LiveProgress>? progress,
        CancellationToken cancel
    )
    {
        using var client = new LiveClient(options, clock);
        var api = await LiveApi.Discover(client, options.Site, cancel);
        if (options.User is not null && await client.Get(api.Of("wp/v2/users/me", "_fields=id"), cancel) is { Status: not 200 } refused)
            throw new LiveException($"{options.Site} does not take the application password of {options.User}: {refused.Problem}");

        var names = new LiveNames();
        var all = await LiveCollections.Announced(client, api, options, names, cancel);
        var walk = new LiveWalk(client, api, spool, options, progress);
        var heads = new List<string>();
        var items = new List<string>();
        var notes = new List<string>(all.Notes);

        // Items name users and terms by number, so these are fetched first.
        foreach (var users in all.Users)
            if (await Walk(users, heads, isLast: users == all.Users[^1]))
                break;
        foreach (var taxonomy in all.Terms)
            await Walk(taxonomy, heads);
        var people = new LivePeople(client, api, spool, options);
        if (await people.Fetch([.. heads.SelectMany(spool.Pages).SelectMany(page => page.Terms)], all.Items, names, cancel))
            heads.Add(LivePeople.Collection);
        foreach (var type in all.Items)
            if (await Walk(type, items) && type.List is null)
                await people.Order(type.Name, cancel);
        return new LiveContents(api.Settings, heads, items, notes);

        async Task<bool> Walk(LiveCollection collection, List<string> fetched, bool isLast = true)
        {
            var note = await walk.Fetch(collection, cancel);
            var pages = spool.Pages(collection.Name);
            if (note is not null && (isLast || pages.Any()))
                notes.Add(note);
            if (!pages.Any())
                return false;
            fetched.Add(collection.Name);
            if (fetched == heads)
                foreach (var page in pages)
                    names.Learn(page);
            return true;
        }
    }
}

using System.Globalization;
using Api.Import.WordPress.Live;

namespace Api.Import.WordPress.Following;

/// <summary>
/// Finds the changes of a site and stores them. Lists only the fields that show whether an entry has changed, which are small, and fetches
/// changed entries completely (<see cref="FollowEntries"/>).
/// </summary>
/// <param name="client">The HTTP client of the site.</param>
/// <param name="api">The REST API of the site.</param>
/// <param name="all">The collections of the site, with names that are <see cref="LiveNames.Open"/>.</param>
/// <param name="parts">Stores the parts.</param>
/// <param name="options">User, custom fields and limits of the requests.</param>
internal sealed class FollowLook(LiveClient client, LiveApi api, LiveCollections all, FollowedParts parts, LiveOptions options)
{
    private const int Rounds = 3;
    private const int MostPages = 1_000_000;

    // Items saved at the same moment may become visible one after the other, and a clock may be set back.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private readonly FollowPeople people = new(client, api, all, parts);
    private readonly FollowEntries entries = new(client, api, options.PerPage);
    private readonly int requestsBefore = client.Requests;

    /// <summary>Requests made so far.</summary>
    public int Requests => client.Requests - requestsBefore;

    /// <summary>Entries that could not be stored, one sentence each.</summary>
    public List<string> Notes => entries.Notes;

    /// <summary>
    /// Fetches the items that changed after a time. Removals, and changes for which WordPress has no time of change, are left to <see
    /// cref="Complete"/>.
    /// </summary>
    /// <param name="after">Time by the site's clock; null for any.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <returns>The site's time at the first request; null when the site does not send it.</returns>
    /// <exception cref="LiveException">The site does not answer as expected.</exception>
    public async Task<DateTimeOffset?> Quick(DateTime? after, CancellationToken cancel)
    {
        var since = after is { } time
            ? "&modified_after=" + (time - Overlap).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : "";
        DateTimeOffset? asked = null;
        var isUnknown = false;
        // Collections that plugins provide by their own APIs have no time of change.
        foreach (var collection in all.Items.Where(collection => collection.List is null))
        {
            for (var number = 1; ; number++)
            {
                var (page, answer) = await entries.Ask(collection, $"{since}&orderby=modified&order=desc&page={number}", cancel);
                using (page)
                {
                    asked ??= answer.At;
                    // Usual case: nothing has changed.
                    if (page is null || page.Things.GetArrayLength() == 0)
                        break;
                    var changed = page.Changed(
                        await parts.Marks(collection.Name, [.. page.Things.EnumerateArray().Select(each => each.Id)], cancel)
                    );
                    var fetched = await entries.Fetch(collection, changed, answer.At, cancel);
                    isUnknown |= fetched.Count > 0 && !await AreKnown(fetched, cancel);
                    await parts.Keep(fetched, cancel);
                    await Details(collection.Name, fetched, cancel);
                    // Items are sorted by time of change, latest first: after a page without changes there are none. A site that ignores
                    // modified_after returns all items.
                    if (changed.Count == 0 || page.Things.GetArrayLength() < options.PerPage)
                        break;
                }
            }
        }
        // The item names an unknown user or term: these have no time of change and are few, so all are fetched.
        if (isUnknown)
            await Heads(null, cancel);
        return asked;
    }

    /// <summary>Scans all collections.</summary>
    /// <param name="between">Called repeatedly during the scan, for work that must not wait.</param>
    /// <param name="cancel">Cancels the operation; what was found so far is kept.</param>
    /// <returns>The collections of the site that were read.</returns>
    /// <exception cref="LiveException">The site does not answer as expected; this scan then marks nothing as missing.</exception>
    public async Task<LiveContents> Complete(Func<Task> between, CancellationToken cancel)
    {
        // Entries count as missing only after a scan that read everything.
        var seen = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var heads = await Heads(seen, cancel);
        var items = new List<string>();
        foreach (var collection in all.Items)
            if (await Whole(collection, seen, between, cancel))
                items.Add(collection.Name);
        foreach (var (name, numbers) in seen)
            await parts.Seen(name, numbers, cancel);
        return new LiveContents(api.Settings, heads, items, all.Notes);
    }

    /// <summary>Fetches the data of items that plugins provide by their own APIs, which have no time of change.</summary>
    private async Task Details(string name, List<FollowedPart> changed, CancellationToken cancel)
    {
        foreach (var collection in all.Items.Where(collection => collection.Completes == name && changed.Count > 0))
        {
            var ids = string.Join(',', changed.Select(part => part.Number.ToString(CultureInfo.InvariantCulture)));
            var (page, answer) = await entries.Ask(collection, $"&include={ids}", cancel);
            using (page)
                if (page is not null)
                    await parts.Keep(
                        await entries.Fetch(collection, [.. page.Things.EnumerateArray().Where(each => each.Id > 0)], answer.At, cancel),
                        cancel
                    );
        }
    }

    private async Task<IReadOnlyList<string>> Heads(Dictionary<string, int[]>? seen, CancellationToken cancel)
    {
        var shown = new List<string>();
        foreach (var users in all.Users)
            if (await Whole(users, seen, null, cancel))
            {
                shown.Add(users.Name);
                break;
            }
        foreach (var taxonomy in all.Terms)
            if (await Whole(taxonomy, seen, null, cancel))
                shown.Add(taxonomy.Name);
        // Changes of people who are already stored can wait.
        if (await this.people.Look(onlyNew: seen is null, cancel) is { } people)
        {
            seen?[LivePeople.Collection] = [.. people];
            shown.Add(LivePeople.Collection);
        }
        return shown;
    }

    /// <returns>Whether the site shows the collection.</returns>
    private async Task<bool> Whole(
        LiveCollection collection,
        Dictionary<string, int[]>? seen,
        Func<Task>? between,
        CancellationToken cancel
    )
    {
        var known = await parts.Marks(collection.Name, null, cancel);
        for (var round = 1; ; round++)
        {
            var found = new HashSet<int>();
            if (await Pages(collection, known, found, between, cancel) is not { } isSteady)
            {
                // A collection that was shown before is not treated as removed.
                if (known.Count > 0)
                    throw new LiveException($"{collection.Name} is not shown any more");
                return false;
            }
            // If entries keep moving between pages, an entry that was not seen may still exist.
            if (isSteady)
                seen?[collection.Name] = [.. found];
            if (isSteady || round == Rounds)
                return true;
        }
    }

    /// <returns>Null if the site does not show the collection; false if entries moved between pages meanwhile.</returns>
    private async Task<bool?> Pages(
        LiveCollection collection,
        Dictionary<int, long> known,
        HashSet<int> found,
        Func<Task>? between,
        CancellationToken cancel
    )
    {
        int? total = null,
            pages = null;
        var isSteady = true;
        for (var number = 1; number <= MostPages; number++)
        {
            var (page, answer) = await entries.Ask(collection, $"&orderby=id&order=asc&page={number}", cancel);
            using (page)
            {
                if (page is null)
                    return number == 1 ? null : false;
                if (number == 1)
                    (total, pages) = (answer.Total, answer.Pages);
                isSteady &= answer.Total == total;
                foreach (var each in page.Things.EnumerateArray())
                    if (each.Id > 0)
                        found.Add(each.Id);
                var fetched = await entries.Fetch(collection, page.Changed(known), answer.At, cancel);
                await parts.Keep(fetched, cancel);
                foreach (var part in fetched)
                    known[part.Number] = part.Mark;
                if (between is not null)
                    await between();
                if (pages is { } last ? number >= last : page.Things.GetArrayLength() == 0)
                    return isSteady;
            }
        }
        return false;
    }

    private async Task<bool> AreKnown(List<FollowedPart> fetched, CancellationToken cancel)
    {
        var names = await parts.Names(all.Users.Concat(all.Terms).Select(c => c.Name), cancel);
        return fetched.TrueForAll(part => FollowedPart.Read(part.Head, null, null).Items.TrueForAll(names.Know));
    }
}

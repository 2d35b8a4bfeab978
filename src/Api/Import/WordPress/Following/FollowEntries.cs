using System.Globalization;
using System.Text.Json;
using Api.Import.WordPress.Live;

namespace Api.Import.WordPress.Following;

/// <summary>Requests the entries of a site's collections: pages with small fields only, then changed entries completely.</summary>
/// <param name="client">The HTTP client of the site.</param>
/// <param name="api">The REST API of the site.</param>
/// <param name="perPage">Entries per request.</param>
internal sealed class FollowEntries(LiveClient client, LiveApi api, int perPage)
{
    private const long UnknownMark = 0;

    // The time of change and the time of the answer are both in whole seconds.
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(2);

    /// <summary>Entries that could not be read, one sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>One page of a collection, with the fields that show whether an entry has changed.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="how">Further parameters: order, number of the page, filters.</param>
    /// <param name="cancel">Cancels the request.</param>
    /// <returns>Without a page if the site does not show the collection.</returns>
    public async Task<(EntryPage? Page, LiveAnswer Answer)> Ask(LiveCollection collection, string how, CancellationToken cancel)
    {
        var answer = await client.Get(
            api.Of(
                collection.Path,
                string.Create(CultureInfo.InvariantCulture, $"{collection.Marks ?? collection.Query}&per_page={perPage}{how}")
            ),
            cancel
        );
        if (
            answer.Status is 400 or 404
            && answer.Code is var code
            && (code.EndsWith("invalid_page_number", StringComparison.Ordinal) || code.EndsWith("page-not-found", StringComparison.Ordinal))
        )
            return (null, answer);
        if (!collection.IsRequired && answer.Status is 400 or 401 or 403 or 404)
            return (null, answer);
        return (List(collection, answer), answer);
    }

    /// <summary>Fetches changed entries.</summary>
    /// <param name="collection">Their collection.</param>
    /// <param name="changed">The entries, with the fields that show that they have changed.</param>
    /// <param name="at">The site's time when it listed them; null when unknown.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <returns>The changed entries, complete. An entry may be newer than its mark: then it is fetched once more.</returns>
    public async Task<List<FollowedPart>> Fetch(
        LiveCollection collection,
        List<JsonElement> changed,
        DateTimeOffset? at,
        CancellationToken cancel
    )
    {
        var fetched = new List<FollowedPart>();
        if (collection.Marks is null)
        {
            foreach (var each in changed)
                await Add(each, FollowedPart.MarkOf(each));
            return fetched;
        }
        // WordPress gives times in seconds: an item that has just changed may change again within the same second, so it is fetched again.
        var marks = changed.ToDictionary(each => each.Id, each => IsRecent(each, at) ? UnknownMark : FollowedPart.MarkOf(each));
        if (marks.Count == 0)
            return fetched;
        var ids = string.Join(',', marks.Keys.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        var answer = await client.Get(
            api.Of(collection.Path, string.Create(CultureInfo.InvariantCulture, $"{collection.Query}&per_page={perPage}&include={ids}")),
            cancel
        );
        using var page = List(collection, answer);
        foreach (var each in page.Things.EnumerateArray())
            if (marks.TryGetValue(each.Id, out var mark))
                await Add(each, mark);
        return fetched;

        static bool IsRecent(JsonElement each, DateTimeOffset? at) =>
            DateTime.TryParse(
                each.Text("modified_gmt"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var modified
            )
            && at - modified < Second;

        async Task Add(JsonElement each, long mark)
        {
            if (FollowedPart.Page(collection, each) is { } one)
            {
                await FollowPeople.Order(client, api, collection, each, one, cancel);
                fetched.Add(FollowedPart.Of(collection.Name, each.Id, mark, one));
            }
            else
                Notes.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"number {each.Id} of {collection.Name} left as it was: it has texts that are no Unicode"
                    )
                );
        }
    }

    private static EntryPage List(LiveCollection collection, LiveAnswer answer)
    {
        if (answer.Status != 200)
            throw new LiveException($"{answer.Address} answered {answer.Problem}");
        var json = answer.Json();
        if (
            (collection.List is { } member ? json.RootElement.Member(member) : json.RootElement) is
            { ValueKind: JsonValueKind.Array } things
        )
            return new(json, things);
        json.Dispose();
        throw new LiveException($"{answer.Address} answered something other than a list");
    }
}

/// <summary>A page of a collection.</summary>
/// <param name="Json">The answer, which the page owns.</param>
/// <param name="Things">Its list of entries.</param>
internal sealed record EntryPage(JsonDocument Json, JsonElement Things) : IDisposable
{
    /// <summary>The entries that are not among the known ones, or whose marks differ.</summary>
    /// <param name="known">Marks of stored entries, by number.</param>
    public List<JsonElement> Changed(Dictionary<int, long> known)
    {
        var changed = new List<JsonElement>();
        foreach (var each in Things.EnumerateArray())
            if (each.Id > 0 && (!known.TryGetValue(each.Id, out var mark) || mark != FollowedPart.MarkOf(each)))
                changed.Add(each);
        return changed;
    }

    public void Dispose() => Json.Dispose();
}

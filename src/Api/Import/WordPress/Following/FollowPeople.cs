using System.Text.Json;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Following;

/// <summary>
/// Data that Co-Authors Plus provides by its own API: the description of guests, and the order of an item's authors. It has no time of
/// change.
/// </summary>
/// <param name="client">The HTTP client of the site.</param>
/// <param name="api">The REST API of the site.</param>
/// <param name="all">The collections of the site.</param>
/// <param name="parts">Stores the parts.</param>
internal sealed class FollowPeople(LiveClient client, LiveApi api, LiveCollections all, FollowedParts parts)
{
    private const string Between = ",";

    /// <summary>The field of a stored item that holds the order of its authors.</summary>
    private const string OrderField = "co_authors";

    /// <summary>Fetches the people who are authors of items.</summary>
    /// <param name="onlyNew">Skips people who are stored already.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <returns>The numbers of the people whom the site describes; null if it describes none.</returns>
    public async Task<IReadOnlyList<int>?> Look(bool onlyNew, CancellationToken cancel)
    {
        if (!LivePeople.Describes(api) || all.Terms.FirstOrDefault(terms => terms.IsPeople) is not { } filed)
            return null;
        var known = await parts.Marks(LivePeople.Collection, null, cancel);
        var people = parts.Read([filed.Name], texts: false).SelectMany(part => part.Page.Terms).Where(LivePeople.IsCoAuthor).ToList();
        var names = await parts.Names(all.Users.Select(users => users.Name), cancel);
        var found = new List<int>();
        foreach (var term in people.Where(term => !onlyNew || !known.ContainsKey(term.Line)))
        {
            var (json, status) = await LivePeople.Describe(client, api, term, all.Items, cancel);
            if (json is { } person)
            {
                var page = new LivePage { Count = 1 };
                page.Authors.Add(LivePeople.CoAuthor(term, people, names, person));
                await parts.Keep([FollowedPart.Of(LivePeople.Collection, term.Line, FollowedPart.MarkOf(person), page)], cancel);
            }
            // A person whose description is refused may still exist.
            if (json is not null || status != 404 && known.ContainsKey(term.Line))
                found.Add(term.Line);
        }
        return found;
    }

    /// <summary>Stores the order of authors on an item that has several.</summary>
    public static async Task Order(
        LiveClient client,
        LiveApi api,
        LiveCollection collection,
        JsonElement json,
        LivePage page,
        CancellationToken cancel
    )
    {
        if (
            !LivePeople.Describes(api)
            || collection.People is not { } filed
            || page.Items is not [var item]
            || json.Numbers(filed).Count() < 2
        )
            return;
        item.Fields[OrderField] = string.Join(Between, await LivePeople.OrderOf(client, api, item, cancel));
    }

    /// <summary>Sorts the authors of an item by the stored order, once their names are known.</summary>
    public static void Sort(WxrItem item) =>
        LivePeople.Sort(item, item.Field(OrderField).Split(Between, StringSplitOptions.RemoveEmptyEntries));
}

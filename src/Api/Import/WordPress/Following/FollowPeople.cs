using System.Text.Json;
using Api.Import.WordPress.Live;

namespace Api.Import.WordPress.Following;

/// <summary>What Co-Authors Plus tells by an API of its own: who a guest is, and in which order people wrote an item. None of it has a time of change.</summary>
/// <param name="client">The HTTP client of the site.</param>
/// <param name="api">The REST API of the site.</param>
/// <param name="all">What there is.</param>
/// <param name="parts">What is kept.</param>
internal sealed class FollowPeople(LiveClient client, LiveApi api, LiveCollections all, FollowedParts parts)
{
    private const string Between = ",";

    /// <summary>The field of an item as it is kept that holds the order of its people.</summary>
    private const string OrderField = "co_authors";

    /// <summary>Looks at the people under whom items are filed.</summary>
    /// <param name="onlyNew">Leaves out those who are kept already.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <returns>The numbers of those whom the site describes; null where it does not describe any.</returns>
    public async Task<IReadOnlyList<int>?> Look(bool onlyNew, CancellationToken cancel)
    {
        if (!LivePeople.Describes(api) || all.Terms.FirstOrDefault(terms => terms.IsPeople) is not { } filed)
            return null;
        var known = await parts.Marks(LivePeople.Collection, null, cancel);
        var people = parts.Read([filed.Name], texts: false).SelectMany(part => part.Page.Terms).Where(LivePeople.IsCoAuthor).ToList();
        var names = await FollowLook.Names(all.Users.Select(users => users.Name), parts, cancel);
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
            // What is refused may be there.
            if (json is not null || status != 404 && known.ContainsKey(term.Line))
                found.Add(term.Line);
        }
        return found;
    }

    /// <summary>Notes on an item that several people wrote in which order they did.</summary>
    public async Task Order(LiveCollection collection, JsonElement json, LivePage page, CancellationToken cancel)
    {
        if (!LivePeople.Describes(api) || collection.People is not { } filed || page.Items is not [var item] || json.Numbers(filed).Count() < 2)
            return;
        item.Fields[OrderField] = string.Join(Between, await LivePeople.OrderOf(client, api, item, cancel));
    }

    /// <summary>Puts the people of an item into the order that is noted on it, once their names are known.</summary>
    public static void Sort(WxrItem item) => LivePeople.Sort(item, item.Field(OrderField).Split(Between, StringSplitOptions.RemoveEmptyEntries));
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Who wrote what, where a plugin knows it: Co-Authors Plus by its routes below <c>coauthors/v1</c>, PublishPress Authors by the member <c>authors</c> of each post. Of what these show only what is
/// named here is kept: no e-mail address, and no picture that a service finds by one.
/// </summary>
internal sealed partial class LivePeople(LiveClient client, LiveApi api, LiveSpool spool, LiveOptions options)
{
    /// <summary>The taxonomy by which both plugins file posts under people; its descriptions hold e-mail addresses and are never asked for.</summary>
    public const string Taxonomy = "author";

    /// <summary>The collection under which people are kept.</summary>
    public const string Collection = "co-authors";

    private const string Prefix = "cap-";
    private const string Described = "_fields=id,display_name,user_nicename,description,featured_media";

    /// <summary>Whether a site has the routes of Co-Authors Plus.</summary>
    public static bool Describes(LiveApi api) => api.Namespaces.Contains("coauthors/v1", StringComparer.Ordinal);

    /// <summary>True for the term of a person of Co-Authors Plus.</summary>
    public static bool IsCoAuthor(WxrTerm term) => term.Taxonomy == Taxonomy && term.Slug.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Asks how the site describes a person.</summary>
    /// <param name="client">The HTTP client of the site.</param>
    /// <param name="api">The REST API of the site.</param>
    /// <param name="term">The person's.</param>
    /// <param name="items">What may be filed under it.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <returns>Null with the status of the answer where it does not.</returns>
    public static async Task<(JsonElement? Person, int Status)> Describe(LiveClient client, LiveApi api, WxrTerm term, IEnumerable<LiveCollection> items, CancellationToken cancel)
    {
        var name = WordPressGuests.Login(term.Slug);
        if (Simple().IsMatch(name))
        {
            var answer = await client.Get(api.Of($"coauthors/v1/coauthors/{name}", Described), cancel);
            return (answer.Status == 200 ? Whole(answer) : null, answer.Status);
        }
        // No address leads to a name in another script; but an item of theirs does.
        foreach (var collection in items.Where(collection => collection.People is not null))
            if (await client.Get(api.Of(collection.Path, $"{collection.Marks}&{collection.People}={term.Id}&per_page=1"), cancel) is { Status: 200 } found && Whole(found) is { ValueKind: JsonValueKind.Array } list
                && list.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } item
                && await client.Get(api.Of("coauthors/v1/coauthors", $"post_id={item.Text("id")}&{Described}"), cancel) is { Status: 200 } answer && Whole(answer) is { ValueKind: JsonValueKind.Array } people)
                return (people.EnumerateArray().Where(person => person.Text("user_nicename") == name).Select(person => (JsonElement?)person).FirstOrDefault(), 200);
        return (null, 404);

        static JsonElement Whole(LiveAnswer answer)
        {
            using var json = answer.Json();
            return json.RootElement.Clone();
        }
    }

    /// <summary>The people whom PublishPress Authors names on a post, in order; their terms take the place of those that have no order.</summary>
    public static IEnumerable<WxrAuthor> OfItem(WxrItem item, LiveNames names, JsonElement json)
    {
        if (json.Member("authors") is not { ValueKind: JsonValueKind.Array } all)
            yield break;
        var people = all.EnumerateArray().Where(person => person.Text("slug").Length > 0 && person.Text("display_name").Length > 0).Take(200).ToList();
        if (people.Count == 0)
            yield break;
        item.Terms.RemoveAll(term => term.Taxonomy == Taxonomy);
        foreach (var person in people)
        {
            item.Terms.Add(new WxrItemTerm(Taxonomy, person.Text("slug"), person.Text("display_name")));
            yield return new WxrAuthor(item.Line, "", WordPressGuests.Login(person.Text("slug")), person.Text("display_name"), person.Text("first_name"), person.Text("last_name"))
            {
                Biography = person.Text("description"),
                Website = person.Text("user_url"),
                // Of a picture of the media library there are two sizes, of one of Gravatar an address.
                Picture = Own(person.Member("avatar_url") is { ValueKind: JsonValueKind.Object } sizes ? sizes.Text("url") : person.Text("avatar_url"), item.Link),
                LinkedLogin = names.Login(person.Text("user_id")),
            };
        }
    }

    /// <summary>Fetches what Co-Authors Plus says of each person, guests above all, once.</summary>
    /// <param name="terms">All terms of the site.</param>
    /// <param name="items">What may be filed under them.</param>
    /// <param name="names">Logins.</param>
    /// <param name="cancel">Cancels the operation; the next run asks again.</param>
    /// <returns>True when there is anything.</returns>
    public async Task<bool> Fetch(IReadOnlyList<WxrTerm> terms, IReadOnlyList<LiveCollection> items, LiveNames names, CancellationToken cancel)
    {
        var filed = terms.Where(IsCoAuthor).ToList();
        if (!Describes(api) || filed.Count == 0)
            return false;
        if (spool.Find(Collection, 1) is not null)
            return true;
        var found = new WxrAuthor?[filed.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, filed.Count), new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancel }, async (at, each) =>
        {
            if (await Describe(client, api, filed[at], items, each) is { Person: { } json })
                found[at] = CoAuthor(filed[at], filed, names, json);
        });
        var page = new LivePage { Total = filed.Count, Count = filed.Count };
        page.Authors.AddRange(found.OfType<WxrAuthor>());
        spool.Keep(Collection, 1, page);
        return page.Authors.Count > 0;
    }

    /// <summary>Puts the co-authors of posts that have several into their order, which the terms of a post do not tell. Once for each page.</summary>
    public async Task Order(string collection, CancellationToken cancel)
    {
        if (!Describes(api))
            return;
        var number = 0;
        foreach (var page in spool.Pages(collection))
        {
            number++;
            var several = page.Items.Where(item => item.Terms.Count(term => term.Taxonomy == Taxonomy && term.Slug.StartsWith(Prefix, StringComparison.Ordinal)) > 1).ToList();
            if (page.IsOrdered || several.Count == 0)
                continue;
            await Parallel.ForEachAsync(several, new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancel }, async (item, each) =>
                Sort(item, await OrderOf(client, api, item, each)));
            page.IsOrdered = true;
            spool.Keep(collection, number, page);
        }
    }

    /// <summary>A person as Co-Authors Plus shows them: asked for a user who is a guest as well, it shows the guest.</summary>
    /// <param name="term">The person's, of which it was asked.</param>
    /// <param name="people">The terms of all.</param>
    /// <param name="names">Logins.</param>
    /// <param name="json">What the site says.</param>
    public static WxrAuthor CoAuthor(WxrTerm term, IEnumerable<WxrTerm> people, LiveNames names, JsonElement json)
    {
        var shown = json.Text("user_nicename") is { Length: > 0 } name && name != WordPressGuests.Login(term.Slug) ? people.FirstOrDefault(other => WordPressGuests.Login(other.Slug) == name) : null;
        return new(term.Line, "", LoginOf(shown ?? term), json.Text("display_name"), "", "")
        {
            Biography = json.Written("description"),
            Picture = json.Text("featured_media") is { Length: > 0 } picture and not "0" ? picture : "",
            LinkedLogin = shown is null ? "" : LoginOf(term),
            Unknown = ["givenName", "familyName", "orcid", "profiles"],
        };

        string LoginOf(WxrTerm person) => names.IsLogin(WordPressGuests.Login(person.Slug)) ? WordPressGuests.Login(person.Slug) : person.Name;
    }

    /// <summary>Sorts the terms of people by their names in addresses; those that are not among them stay last.</summary>
    public static void Sort(WxrItem item, IReadOnlyList<string> order)
    {
        if (order.Count == 0)
            return;
        var people = item.Terms.Where(term => term.Taxonomy == Taxonomy)
            .OrderBy(term => order.ToList().IndexOf(WordPressGuests.Login(term.Slug)) is >= 0 and var place ? place : int.MaxValue).ToList();
        item.Terms.RemoveAll(term => term.Taxonomy == Taxonomy);
        item.Terms.AddRange(people);
    }

    /// <summary>The names in addresses of the people who wrote an item, in order; empty where the site does not tell.</summary>
    // Before version 3.6 only editors are told, with e-mail addresses that are not read.
    public static async Task<IReadOnlyList<string>> OrderOf(LiveClient client, LiveApi api, WxrItem item, CancellationToken cancel)
    {
        var id = item.Field("post_id");
        foreach (var (route, query, member) in new[] { ("coauthors/v1/coauthors", $"post_id={id}&_fields=user_nicename", "user_nicename"), ($"coauthors/v1/authors/{id}", "_fields=userNicename", "userNicename") })
            if (await client.Get(api.Of(route, query), cancel) is { Status: 200 } answer)
            {
                using var json = answer.Json();
                if (json.RootElement.ValueKind == JsonValueKind.Array)
                    return [.. json.RootElement.EnumerateArray().Select(person => person.Text(member))];
            }
        return [];
    }

    // As the plugin's routes have them.
    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Simple();

    // Gravatar's addresses are made of e-mail addresses.
    private static string Own(string picture, string site) =>
        Uri.TryCreate(picture, UriKind.Absolute, out var address) && Uri.TryCreate(site, UriKind.Absolute, out var home) && address.Scheme is "http" or "https"
            && string.Equals(address.Host, home.Host, StringComparison.OrdinalIgnoreCase) && !picture.Contains("gravatar", StringComparison.OrdinalIgnoreCase)
            ? address.AbsoluteUri
            : "";
}

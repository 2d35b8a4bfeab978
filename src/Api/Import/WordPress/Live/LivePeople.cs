using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Who wrote what, where a plugin knows it: Co-Authors Plus by its routes below <c>coauthors/v1</c>, PublishPress Authors by the member <c>authors</c> of each post. Of what these show only what is
/// named here is kept: no e-mail address, and no picture that a service finds by one.
/// </summary>
internal sealed class LivePeople(LiveClient client, LiveApi api, LiveSpool spool, LiveOptions options)
{
    /// <summary>The taxonomy by which both plugins file posts under people; its descriptions hold e-mail addresses and are never asked for.</summary>
    public const string Taxonomy = "author";

    /// <summary>The collection under which people are kept.</summary>
    public const string Collection = "co-authors";

    private const string Prefix = "cap-";

    /// <summary>Whether a site has the routes of Co-Authors Plus.</summary>
    public static bool Describes(LiveApi api) => api.Namespaces.Contains("coauthors/v1", StringComparer.Ordinal);

    /// <summary>True for the term of a person of Co-Authors Plus.</summary>
    public static bool IsCoAuthor(WxrTerm term) => term.Taxonomy == Taxonomy && term.Slug.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Where the site describes a person.</summary>
    public static Uri AddressOf(LiveApi api, WxrTerm term) =>
        api.Of($"coauthors/v1/coauthors/{Uri.EscapeDataString(WordPressGuests.Login(term.Slug))}", "_fields=id,display_name,user_nicename,description,featured_media");

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
                Picture = Own(person.Text("avatar_url"), item.Link),
                LinkedLogin = names.Login(person.Text("user_id")),
            };
        }
    }

    /// <summary>Fetches what Co-Authors Plus says of each person, guests above all, once.</summary>
    /// <returns>True when there is anything.</returns>
    public async Task<bool> Fetch(IReadOnlyList<WxrTerm> terms, LiveNames names, CancellationToken cancel)
    {
        var filed = terms.Where(IsCoAuthor).ToList();
        if (!Describes(api) || filed.Count == 0)
            return false;
        if (spool.Find(Collection, 1) is not null)
            return true;
        var found = new WxrAuthor?[filed.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, filed.Count), new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancel }, async (at, each) =>
        {
            var answer = await client.Get(AddressOf(api, filed[at]), each);
            if (answer.Status != 200)
                return;
            using var json = answer.Json();
            found[at] = CoAuthor(filed[at], names, json.RootElement);
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

    /// <summary>A person as Co-Authors Plus shows them.</summary>
    public static WxrAuthor CoAuthor(WxrTerm term, LiveNames names, JsonElement json) => new(
        term.Line, "", names.IsLogin(WordPressGuests.Login(term.Slug)) ? WordPressGuests.Login(term.Slug) : term.Name, json.Text("display_name"), "", "")
    {
        Biography = json.Written("description"),
        Picture = json.Text("featured_media") is { Length: > 0 } picture and not "0" ? picture : "",
        Unknown = ["givenName", "familyName", "profiles"],
    };

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

    // Gravatar's addresses are made of e-mail addresses.
    private static string Own(string picture, string site) =>
        Uri.TryCreate(picture, UriKind.Absolute, out var address) && Uri.TryCreate(site, UriKind.Absolute, out var home) && address.Scheme is "http" or "https"
            && string.Equals(address.Host, home.Host, StringComparison.OrdinalIgnoreCase) && !picture.Contains("gravatar", StringComparison.OrdinalIgnoreCase)
            ? address.AbsoluteUri
            : "";
}

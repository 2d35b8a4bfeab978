using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Authors of items, as far as a plugin records them: Co-Authors Plus by its routes below <c>coauthors/v1</c>, PublishPress Authors by the
/// member <c>authors</c> of each post. Only the members named here are kept: no e-mail address, and no picture of a service that finds it
/// by e-mail address.
/// </summary>
internal sealed partial class LivePeople(LiveClient client, LiveApi api, LiveSpool spool, LiveOptions options)
{
    /// <summary>
    /// The taxonomy in which both plugins store authors; its descriptions contain e-mail addresses and are never requested.
    /// </summary>
    public const string Taxonomy = "author";

    /// <summary>The collection under which people are stored.</summary>
    public const string Collection = "co-authors";

    private const string Prefix = "cap-";
    private const string Described = "_fields=id,display_name,user_nicename,description,featured_media";

    /// <summary>Whether a site has the routes of Co-Authors Plus.</summary>
    public static bool Describes(LiveApi api) => api.Namespaces.Contains("coauthors/v1", StringComparer.Ordinal);

    /// <summary>True for the term of a Co-Authors Plus author.</summary>
    public static bool IsCoAuthor(WxrTerm term) => term.Taxonomy == Taxonomy && term.Slug.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Asks for the description of a person.</summary>
    /// <param name="client">The HTTP client of the site.</param>
    /// <param name="api">The REST API of the site.</param>
    /// <param name="term">The term of the person.</param>
    /// <param name="items">The collections of items that may have the term.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <returns>The description; null if the site gives none, with the status of the response.</returns>
    public static async Task<(JsonElement? Person, int Status)> Describe(
        LiveClient client,
        LiveApi api,
        WxrTerm term,
        IEnumerable<LiveCollection> items,
        CancellationToken cancel
    )
    {
        var name = WordPressGuests.Login(term.Slug);
        if (Simple().IsMatch(name))
        {
            var answer = await client.Get(api.Of($"coauthors/v1/coauthors/{name}", Described), cancel);
            return (answer.Status == 200 ? Whole(answer) : null, answer.Status);
        }
        // The route does not accept names in other scripts, but an item of the person gives the description.
        foreach (var collection in items.Where(collection => collection.People is not null))
            if (
                await client.Get(api.Of(collection.Path, $"{collection.Marks}&{collection.People}={term.Id}&per_page=1"), cancel)
                    is { Status: 200 } found
                && Whole(found) is { ValueKind: JsonValueKind.Array } list
                && list.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } item
                && await client.Get(api.Of("coauthors/v1/coauthors", $"post_id={item.Text("id")}&{Described}"), cancel)
                    is { Status: 200 } answer
                && Whole(answer) is { ValueKind: JsonValueKind.Array } people
            )
                return (
                    people
                        .EnumerateArray()
                        .Where(person => person.Text("user_nicename") == name)
                        .Select(person => (JsonElement?)person)
                        .FirstOrDefault(),
                    200
                );
        return (null, 404);

        static JsonElement Whole(LiveAnswer answer)
        {
            using var json = answer.Json();
            return json.RootElement.Clone();
        }
    }

    /// <summary>The authors whom PublishPress Authors gives for a post, in order; their terms replace the unordered ones.</summary>
    public static IEnumerable<WxrAuthor> OfItem(WxrItem item, LiveNames names, JsonElement json)
    {
        if (json.Member("authors") is not { ValueKind: JsonValueKind.Array } all)
            yield break;
        var people = all.EnumerateArray()
            .Where(person => person.Text("slug").Length > 0 && person.Text("display_name").Length > 0)
            .Take(200)
            .ToList();
        if (people.Count == 0)
            yield break;
        item.Terms.RemoveAll(term => term.Taxonomy == Taxonomy);
        foreach (var person in people)
        {
            item.Terms.Add(new WxrItemTerm(Taxonomy, person.Text("slug"), person.Text("display_name")));
            yield return new WxrAuthor(
                item.Line,
                "",
                WordPressGuests.Login(person.Text("slug")),
                person.Text("display_name"),
                person.Text("first_name"),
                person.Text("last_name")
            )
            {
                Biography = person.Text("description"),
                Website = person.Text("user_url"),
                // A picture of the media library has two sizes; one of Gravatar is a URL.
                Picture = Own(
                    person.Member("avatar_url") is { ValueKind: JsonValueKind.Object } sizes
                        ? sizes.Text("url")
                        : person.Text("avatar_url"),
                    item.Link
                ),
                LinkedLogin = names.Login(person.Text("user_id")),
            };
        }
    }

    /// <summary>Fetches the Co-Authors Plus description of each person once; needed for guests above all.</summary>
    /// <param name="terms">All terms of the site.</param>
    /// <param name="items">The collections of items that may have these terms.</param>
    /// <param name="names">Logins of users.</param>
    /// <param name="cancel">Cancels the operation; the next run asks again.</param>
    /// <returns>True when there is at least one description.</returns>
    public async Task<bool> Fetch(
        IReadOnlyList<WxrTerm> terms,
        IReadOnlyList<LiveCollection> items,
        LiveNames names,
        CancellationToken cancel
    )
    {
        var filed = terms.Where(IsCoAuthor).ToList();
        if (!Describes(api) || filed.Count == 0)
            return false;
        if (spool.Find(Collection, 1) is not null)
            return true;
        var found = new WxrAuthor?[filed.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, filed.Count),
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancel },
            async (at, each) =>
            {
                if (await Describe(client, api, filed[at], items, each) is { Person: { } json })
                    found[at] = CoAuthor(filed[at], filed, names, json);
            }
        );
        var page = new LivePage { Total = filed.Count, Count = filed.Count };
        page.Authors.AddRange(found.OfType<WxrAuthor>());
        spool.Keep(Collection, 1, page);
        return page.Authors.Count > 0;
    }

    /// <summary>
    /// Sorts the co-authors of posts with several authors: the terms of a post are not in order. Runs once for each page.
    /// </summary>
    public async Task Order(string collection, CancellationToken cancel)
    {
        if (!Describes(api))
            return;
        var number = 0;
        foreach (var page in spool.Pages(collection))
        {
            number++;
            var several = page
                .Items.Where(item =>
                    item.Terms.Count(term => term.Taxonomy == Taxonomy && term.Slug.StartsWith(Prefix, StringComparison.Ordinal)) > 1
                )
                .ToList();
            if (page.IsOrdered || several.Count == 0)
                continue;
            await Parallel.ForEachAsync(
                several,
                new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancel },
                async (item, each) => Sort(item, await OrderOf(client, api, item, each))
            );
            page.IsOrdered = true;
            spool.Keep(collection, number, page);
        }
    }

    /// <summary>A person as Co-Authors Plus describes them: for a user with a linked guest author, it describes the guest.</summary>
    /// <param name="term">The term of the person that was requested.</param>
    /// <param name="people">The terms of all people.</param>
    /// <param name="names">Logins of users.</param>
    /// <param name="json">The JSON of the description.</param>
    public static WxrAuthor CoAuthor(WxrTerm term, IEnumerable<WxrTerm> people, LiveNames names, JsonElement json)
    {
        var shown =
            json.Text("user_nicename") is { Length: > 0 } name && name != WordPressGuests.Login(term.Slug)
                ? people.FirstOrDefault(other => WordPressGuests.Login(other.Slug) == name)
                : null;
        return new(term.Line, "", LoginOf(shown ?? term), json.Text("display_name"), "", "")
        {
            Biography = json.Written("description"),
            Picture = json.Text("featured_media") is { Length: > 0 } picture and not "0" ? picture : "",
            LinkedLogin = shown is null ? "" : LoginOf(term),
            Unknown = ["givenName", "familyName", "orcid", "profiles"],
        };

        string LoginOf(WxrTerm person) =>
            names.IsLogin(WordPressGuests.Login(person.Slug)) ? WordPressGuests.Login(person.Slug) : person.Name;
    }

    /// <summary>Sorts the terms of authors by the order of their slugs; terms that are not in the order come last.</summary>
    public static void Sort(WxrItem item, IReadOnlyList<string> order)
    {
        if (order.Count == 0)
            return;
        var people = item
            .Terms.Where(term => term.Taxonomy == Taxonomy)
            .OrderBy(term => order.ToList().IndexOf(WordPressGuests.Login(term.Slug)) is >= 0 and var place ? place : int.MaxValue)
            .ToList();
        item.Terms.RemoveAll(term => term.Taxonomy == Taxonomy);
        item.Terms.AddRange(people);
    }

    /// <summary>The slugs of the authors of an item, in order; empty if the site does not give them.</summary>
    // Before version 3.6 only editors may read them, together with e-mail addresses that are not kept.
    public static async Task<IReadOnlyList<string>> OrderOf(LiveClient client, LiveApi api, WxrItem item, CancellationToken cancel)
    {
        var id = item.Field("post_id");
        foreach (
            var (route, query, member) in new[]
            {
                ("coauthors/v1/coauthors", $"post_id={id}&_fields=user_nicename", "user_nicename"),
                ($"coauthors/v1/authors/{id}", "_fields=userNicename", "userNicename"),
            }
        )
            if (await client.Get(api.Of(route, query), cancel) is { Status: 200 } answer)
            {
                using var json = answer.Json();
                if (json.RootElement.ValueKind == JsonValueKind.Array)
                    return [.. json.RootElement.EnumerateArray().Select(person => person.Text(member))];
            }
        return [];
    }

    // The names that the plugin's routes accept.
    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Simple();

    // Gravatar URLs contain a hash of the e-mail address.
    private static string Own(string picture, string site) =>
        Uri.TryCreate(picture, UriKind.Absolute, out var address)
        && Uri.TryCreate(site, UriKind.Absolute, out var home)
        && address.Scheme is "http" or "https"
        && string.Equals(address.Host, home.Host, StringComparison.OrdinalIgnoreCase)
        && !picture.Contains("gravatar", StringComparison.OrdinalIgnoreCase)
            ? address.AbsoluteUri
            : "";
}

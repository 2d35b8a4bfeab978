using System.Text.Json;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>The collections that a site announces.</summary>
/// <param name="Users">Collections of authors; the first one that the site shows is read.</param>
/// <param name="Terms">One collection for each taxonomy.</param>
/// <param name="Items">One collection for each post type.</param>
/// <param name="Notes">Notes on what is left out.</param>
internal sealed record LiveCollections(
    IReadOnlyList<LiveCollection> Users,
    IReadOnlyList<LiveCollection> Terms,
    IReadOnlyList<LiveCollection> Items,
    IReadOnlyList<string> Notes
)
{
    private const string Statuses = "publish,future,draft,pending,private,trash";
    private const string AnyFields = "id,date,date_gmt,guid,modified,modified_gmt,slug,status,link,title,author,parent,menu_order";
    private const string Languages = "lang,translations,wpml_current_locale,wpml_translations";
    private const string AnyMarks = "id,date_gmt,modified_gmt,slug,status,link,author,parent,menu_order";

    /// <summary>Asks the site for its collections.</summary>
    /// <param name="client">The HTTP client of the site.</param>
    /// <param name="api">The REST API of the site.</param>
    /// <param name="options">The user and the custom fields.</param>
    /// <param name="names">Names for the numbers of users and terms in items.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <exception cref="LiveException">The site does not answer the question.</exception>
    public static async Task<LiveCollections> Announced(
        LiveClient client,
        LiveApi api,
        LiveOptions options,
        LiveNames names,
        CancellationToken cancel
    )
    {
        using var announcedTypes = await Ask(client, api, "wp/v2/types", cancel);
        using var announcedTaxonomies = await Ask(client, api, "wp/v2/taxonomies", cancel);
        var isEditor = options.User is not null;
        var taxonomies = LiveSchema.Taxonomies(announcedTaxonomies.RootElement, menus: isEditor);
        var types = LiveSchema.Types(announcedTypes.RootElement, reusable: isEditor);
        var notes = new List<string>();
        if (!isEditor)
            notes.Add(
                "This is what visitors see, with texts as the site shows them: no drafts, private items and menus. --user asks for all."
            );
        else if (types.All(type => type.Name != "nav_menu_item"))
            notes.Add("Menus left out: WordPress shows them from version 5.9 on.");
        if (
            api.Namespaces.Any(space => space.StartsWith("events-manager/", StringComparison.Ordinal))
            && types.All(type => type.Name != "event")
        )
            notes.Add("Events left out: Events Manager does not show them by the REST API. Import a file.");
        var authors = UsersOf("authors", "_fields=id,slug,name,description,url");
        // For guests the collection has only numbers and dates; their descriptions come from the plugin's own API.
        if (LivePeople.Describes(api))
            types = [.. types.Where(type => type.Name != PostTypes.GuestAuthor)];
        var languages = await LiveLanguages.Ask(client, api, cancel);
        var items = types.Select(type => ItemsOf(type, taxonomies, names, languages, options)).OfType<LiveCollection>().ToList();
        if (api.Namespaces.Contains(LiveEvents.Space))
            items.Add(
                LiveEvents.Own(
                    types.FirstOrDefault(type => type.Name == LiveEvents.EventType) is { } events ? NameOf(events.Path) : null,
                    names
                )
            );
        return new(
            isEditor
                ? [UsersOf("users", "context=edit&_fields=id,username,slug,name,first_name,last_name,description,url"), authors]
                : [authors],
            [.. taxonomies.Select(TermsOf)],
            items,
            notes
        );
    }

    private static LiveCollection UsersOf(string name, string query) =>
        new(name, "wp/v2/users", query, (page, json) => page.Authors.Add(LiveNodes.Author(json)));

    private static LiveCollection TermsOf(LiveTaxonomy taxonomy) =>
        new(
            NameOf(taxonomy.Path),
            taxonomy.Path,
            $"_fields=id,slug,name,parent{(taxonomy.Name == LivePeople.Taxonomy ? "" : ",description")}",
            (page, json) => page.Terms.Add(LiveNodes.Term(taxonomy.Name, json))
        )
        {
            IsPeople = taxonomy.Name == LivePeople.Taxonomy,
        };

    private static LiveCollection? ItemsOf(
        LiveType type,
        IReadOnlyList<LiveTaxonomy> taxonomies,
        LiveNames names,
        LiveLanguages languages,
        LiveOptions options
    )
    {
        var isEditor = options.User is not null;
        return type.Name switch
        {
            "nav_menu_item" => isEditor
                ? new(
                    NameOf(type.Path),
                    type.Path,
                    $"context=edit&status={Statuses}&_fields=id,status,title,url,type,object,object_id,parent,menu_order,menus",
                    (page, json) => page.Items.Add(LiveNodes.MenuItem(names, json))
                )
                : null,
            "attachment" => Files(type.Path, isEditor ? "context=edit&status=inherit,private,trash&" : "", names),
            _ => Posts(type, [.. taxonomies.Where(t => type.Taxonomies.Contains(t.Name))], names, languages, options),
        };
    }

    private static LiveCollection Files(string path, string whose, LiveNames names) =>
        new(
            NameOf(path),
            path,
            $"{whose}_fields={AnyFields},source_url,alt_text,caption,description,media_details,post",
            (page, json) => page.Items.Add(LiveNodes.Attachment(names, json))
        )
        {
            Marks = $"{whose}_fields={AnyMarks},source_url,alt_text,post",
        };

    private static LiveCollection Posts(LiveType type, LiveTaxonomy[] filed, LiveNames names, LiveLanguages languages, LiveOptions options)
    {
        var isEditor = options.User is not null;
        // An editor gets the stored text only: rendering it would cost the site time.
        var texts = isEditor ? "content.raw,content.protected,excerpt.raw" : "content,excerpt";
        var terms = string.Concat(filed.Select(t => "," + t.Base));
        var whose = isEditor ? $"context=edit&status={Statuses}&" : "";
        var whole = LiveEvents.Whole(type.Name);
        return new LiveCollection(
            NameOf(type.Path),
            type.Path,
            $"{whose}_fields={AnyFields},{texts},featured_media,sticky,{Languages},yoast_head_json,meta,acf,authors{terms}{whole}",
            (page, json) =>
            {
                page.Items.Add(LiveNodes.Item(type.Name, filed, names, languages, options.CustomFields, json));
                page.Authors.AddRange(LivePeople.OfItem(page.Items[^1], names, json));
            }
        )
        {
            IsRequired = type.Name is "post" or "page",
            People = filed.FirstOrDefault(t => t.Name == LivePeople.Taxonomy)?.Base,
            // The authors and the translations of an item may change without a new time of change.
            Marks = $"{whose}_fields={AnyMarks},featured_media,sticky,{Languages},authors{terms}{whole}",
        };
    }

    private static async Task<JsonDocument> Ask(LiveClient client, LiveApi api, string route, CancellationToken cancel)
    {
        var answer = await client.Get(api.Of(route, "context=view"), cancel);
        return answer.Status == 200 ? answer.Json() : throw new LiveException($"{answer.Address} answered {answer.Problem}");
    }

    private static string NameOf(string path) =>
        path.StartsWith("wp/v2/", StringComparison.Ordinal) ? path["wp/v2/".Length..] : path.Replace('/', '-');
}

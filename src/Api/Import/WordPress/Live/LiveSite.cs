using System.Globalization;
using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>A running WordPress, fetched by its REST API. Comments are never asked for.</summary>
internal sealed class LiveSite : IDisposable
{
    private const string Statuses = "publish,future,draft,pending,private,trash";
    private const string AnyFields = "id,date,date_gmt,guid,modified,modified_gmt,slug,status,link,title,author,parent,menu_order";

    private readonly LiveSpool _spool;

    private LiveSite(LiveSpool spool, LiveContents contents)
    {
        _spool = spool;
        Contents = contents;
    }

    /// <summary>What was fetched.</summary>
    public LiveContents Contents { get; }

    /// <summary>Fetches what is not here yet.</summary>
    /// <param name="options">Which site, and how.</param>
    /// <param name="clock">For pauses.</param>
    /// <param name="progress">Told of every page; from any thread.</param>
    /// <param name="cancel">Stops; what is here stays for the next run.</param>
    /// <exception cref="LiveException">It cannot be fetched; what is here stays for the next run.</exception>
    public static async Task<LiveSite> Fetch(LiveOptions options, TimeProvider clock, IProgress<LiveProgress>? progress, CancellationToken cancel)
    {
        if (options.User is not null && options.Site.Scheme != "https" && !options.Site.IsLoopback)
            throw new LiveException($"{options.Site} would carry the application password in the clear: use https");
        var spool = LiveSpool.Open(options);
        try
        {
            var begun = spool.Begun;
            if (spool.Contents is not { } contents)
                spool.Finish(contents = await Fetch(options, spool, clock, progress, cancel));
            return new LiveSite(spool, begun is null ? contents : contents with
            {
                Notes = [string.Create(CultureInfo.InvariantCulture, $"What an earlier run fetched from {begun:u} on was used again; --fresh fetches anew."), .. contents.Notes],
            });
        }
        catch
        {
            if (spool.Begun is null)
                spool.Remove();
            spool.Dispose();
            throw;
        }
    }

    /// <summary>Begins at its first part.</summary>
    public IWxrReader Read() => new LiveReader(_spool, Contents);

    /// <summary>Throws away what was fetched: it has been imported.</summary>
    public void Remove() => _spool.Remove();

    public void Dispose() => _spool.Dispose();

    private static async Task<LiveContents> Fetch(
        LiveOptions options, LiveSpool spool, TimeProvider clock, IProgress<LiveProgress>? progress, CancellationToken cancel)
    {
        using var client = new LiveClient(options, clock);
        var api = await LiveApi.Discover(client, options.Site, cancel);
        var isEditor = options.User is not null;
        if (isEditor && await client.Get(api.Of("wp/v2/users/me", "_fields=id"), cancel) is { Status: not 200 } refused)
            throw new LiveException($"{options.Site} does not take the application password of {options.User}: {refused.Problem}");

        using var announcedTypes = await Announced("wp/v2/types");
        using var announcedTaxonomies = await Announced("wp/v2/taxonomies");
        var taxonomies = LiveSchema.Taxonomies(announcedTaxonomies.RootElement, menus: isEditor);
        var names = new LiveNames();
        var walk = new LiveWalk(client, api, spool, options, progress);
        var heads = new List<string>();
        var items = new List<string>();
        var notes = new List<string>();
        if (!isEditor)
            notes.Add("This is what visitors see, with texts as the site shows them: no drafts, private items and menus. --user asks for all.");

        // Items name users and terms by number: these come first.
        if (!isEditor || !await Walk(Users("users", "context=edit&_fields=id,username,slug,name,first_name,last_name,description,url"), heads, isLast: false))
            await Walk(Users("authors", "_fields=id,slug,name,description,url"), heads);
        foreach (var taxonomy in taxonomies)
            await Walk(new LiveCollection(NameOf(taxonomy.Path), taxonomy.Path, $"_fields=id,slug,name,parent{(taxonomy.Name == LivePeople.Taxonomy ? "" : ",description")}", (page, json) => page.Terms.Add(LiveNodes.Term(taxonomy.Name, json))), heads);
        var people = new LivePeople(client, api, spool, options);
        if (await people.Fetch([.. heads.SelectMany(spool.Pages).SelectMany(page => page.Terms)], names, cancel))
            heads.Add(LivePeople.Collection);
        var types = LiveSchema.Types(announcedTypes.RootElement, reusable: isEditor);
        foreach (var type in types)
            if (ItemsOf(type) is { } collection && await Walk(collection, items))
                await people.Order(collection.Name, cancel);
        if (api.Namespaces.Contains(LiveEvents.Space))
            foreach (var collection in LiveEvents.Collections(hasEvents: types.Any(type => type.Name == LiveEvents.EventType), names))
                await Walk(collection, items);
        if (isEditor && types.All(type => type.Name != "nav_menu_item"))
            notes.Add("Menus left out: WordPress shows them from version 5.9 on.");
        return new LiveContents(api.Settings, heads, items, notes);

        async Task<JsonDocument> Announced(string route)
        {
            var answer = await client.Get(api.Of(route, "context=view"), cancel);
            return answer.Status == 200 ? answer.Json() : throw new LiveException($"{answer.Address} answered {answer.Problem}");
        }

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

        LiveCollection Users(string name, string query) => new(name, "wp/v2/users", query, (page, json) => page.Authors.Add(LiveNodes.Author(json)));

        LiveCollection? ItemsOf(LiveType type) => type.Name switch
        {
            "nav_menu_item" => isEditor
                ? new(NameOf(type.Path), type.Path, $"context=edit&status={Statuses}&_fields=id,status,title,url,type,object,object_id,parent,menu_order,menus",
                    (page, json) => page.Items.Add(LiveNodes.MenuItem(names, json)))
                : null,
            "attachment" => new(NameOf(type.Path), type.Path,
                $"{(isEditor ? "context=edit&status=inherit,private,trash&" : "")}_fields={AnyFields},source_url,alt_text,caption,description,media_details,post",
                (page, json) => page.Items.Add(LiveNodes.Attachment(names, json))),
            _ => Posts(type, [.. taxonomies.Where(t => type.Taxonomies.Contains(t.Name))]),
        };

        LiveCollection Posts(LiveType type, LiveTaxonomy[] filed)
        {
            // What is written is enough for an editor: what the site makes of it costs it time.
            var texts = isEditor ? "content.raw,content.protected,excerpt.raw" : "content,excerpt";
            var terms = string.Concat(filed.Select(t => "," + t.Base));
            return new LiveCollection(NameOf(type.Path), type.Path,
                $"{(isEditor ? $"context=edit&status={Statuses}&" : "")}_fields={AnyFields},{texts},featured_media,sticky,lang,translations,wpml_current_locale,wpml_translations,yoast_head_json,meta,acf,authors{terms}",
                (page, json) =>
                {
                    page.Items.Add(LiveNodes.Item(type.Name, filed, names, options.CustomFields, json));
                    page.Authors.AddRange(LivePeople.OfItem(page.Items[^1], names, json));
                })
            { IsRequired = type.Name is "post" or "page" };
        }
    }

    private static string NameOf(string path) => path.StartsWith("wp/v2/", StringComparison.Ordinal) ? path["wp/v2/".Length..] : path.Replace('/', '-');
}

using System.Globalization;
using System.Text.Json;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Looking;

/// <summary>A survey of a running site: its announced collections, and the first page of each. Nothing is stored.</summary>
/// <param name="Look">The survey.</param>
/// <param name="Facts">Findings for the operator, one sentence each; obstacles begin with "NO".</param>
internal sealed record LiveLook(SiteLook Look, IReadOnlyList<string> Facts)
{
    private const string Fields = "id,slug,status,type,title,link,source_url,meta,acf";

    /// <summary>Surveys a site with some requests for each post type and taxonomy.</summary>
    /// <exception cref="LiveException">The site cannot be reached, or has no API; the message says what to do.</exception>
    public static async Task<LiveLook> At(LiveOptions options, TimeProvider clock, CancellationToken cancel)
    {
        if (options.User is not null && options.Site.Scheme != "https" && !options.Site.IsLoopback)
            throw new LiveException($"{options.Site} would carry the application password in the clear: use https");
        using var client = new LiveClient(options, clock);
        var api = await LiveApi.Discover(client, options.Site, cancel);
        var look = new SiteLook { Name = Setting("title"), Url = Setting("base_blog_url") };
        var facts = new List<string> { $"yes  The REST API answers at {api.Of("wp/v2", "").GetLeftPart(UriPartial.Path)}." };
        foreach (var space in api.Namespaces)
            look.Trace($"api:{space}");

        if (options.User is not null)
            facts.Add(
                await client.Get(api.Of("wp/v2/users/me", "_fields=id"), cancel) is { Status: 200 }
                    ? $"yes  The application password of {options.User} is taken: drafts, private items and menus will come."
                    : $"NO   The application password of {options.User} is not taken: make one in WordPress under Users → Profile → Application Passwords."
            );
        else
            facts.Add("note No --user is given: only what visitors see will come; no drafts, no private items, no menus.");
        var users = await Page("wp/v2/users", "_fields=id,slug,name", 1, cancel);
        facts.Add(
            users is { } known
                ? string.Create(CultureInfo.InvariantCulture, $"yes  Users are visible ({known.Total}): articles will have their authors.")
                : "NO   Users are not visible: a security plugin hides them, and articles would have no authors. Use --user, or import the export file."
        );

        using var announced = await Get("wp/v2/types", "context=view");
        using var taxonomies = await Get("wp/v2/taxonomies", "context=view");
        if (announced is null || taxonomies is null)
            throw new LiveException($"{options.Site} does not say which post types and taxonomies it has");
        foreach (var taxonomy in LiveSchema.Taxonomies(taxonomies.RootElement, menus: options.User is not null))
            await Terms(taxonomy);
        foreach (var type in LiveSchema.Types(announced.RootElement, reusable: options.User is not null))
            await Items(type);
        facts.Add(
            look.HasPermalinks || look.Types.GetValueOrDefault("post") is not { Count: > 0 }
                ? "yes  Permalinks are words: old addresses will lead to the new ones."
                : "note Permalinks are plain (?p=123): old addresses will lead on, but archives have none."
        );
        return new(look, facts);

        string Setting(string name) => api.Settings.FirstOrDefault(setting => setting.Name == name)?.Value ?? "";

        async Task<JsonDocument?> Get(string route, string query) =>
            await client.Get(api.Of(route, query), cancel) is { Status: 200 } answer ? answer.Json() : null;

        async Task<(JsonDocument Json, int Total)?> Page(string path, string query, int size, CancellationToken stop)
        {
            var answer = await client.Get(api.Of(path, string.Create(CultureInfo.InvariantCulture, $"{query}&per_page={size}")), stop);
            return answer.Status == 200 && answer.Json() is { RootElement.ValueKind: JsonValueKind.Array } json
                ? (json, answer.Total ?? json.RootElement.GetArrayLength())
                : null;
        }

        async Task Terms(LiveTaxonomy taxonomy)
        {
            look.Trace($"taxonomy:{taxonomy.Name}");
            if (await Page(taxonomy.Path, "_fields=id,slug,name", options.PerPage, cancel) is not { } page)
                return;
            using (page.Json)
                foreach (var term in page.Json.RootElement.EnumerateArray())
                    look.Terms.Add(term.Text("id"));
            look.Taxonomies[taxonomy.Name] = page.Total;
        }

        async Task Items(LiveType type)
        {
            look.Type(type.Name);
            if (await Page(type.Path, $"_fields={Fields}", options.PerPage, cancel) is not { } page)
            {
                facts.Add($"note {type.Name}: the site does not show these to {options.User ?? "visitors"}.");
                return;
            }
            using (page.Json)
                foreach (var json in page.Json.RootElement.EnumerateArray().Where(json => json.Id > 0))
                    look.Add(Item(type.Name, json));
            look.Types[type.Name].Count = page.Total;
            look.Types[type.Name].Public = page.Total;
        }
    }

    private static WxrItem Item(string type, JsonElement json)
    {
        var item = new WxrItem(json.Id, 0)
        {
            Title = PlainText.Of(json.Written("title"), 200),
            Link = json.Text("link"),
            AttachmentUrl = json.Text("source_url"),
        };
        item.Fields["post_id"] = json.Text("id");
        item.Fields["post_type"] = type;
        item.Fields["status"] = json.Text("status") is { Length: > 0 } status ? status : "publish";
        LiveFields.Add(item, json.Member("meta"), EveryField.Instance);
        LiveFields.Add(item, json.Member("acf"), EveryField.Instance);
        return item;
    }
}

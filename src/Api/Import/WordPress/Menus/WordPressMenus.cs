using System.Globalization;
using System.Text.Json.Nodes;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Menus;

/// <summary>The menus of an export: <c>nav_menu</c> terms, and the <c>nav_menu_item</c> items filed under them.</summary>
internal sealed class WordPressMenus(WordPressIds ids, WordPressNotes notes, HiddenRules rules)
{
    private readonly Dictionary<string, WordPressMenu> menus = new(StringComparer.Ordinal);

    public void Add(WxrTerm term) => Menu(term.Slug, term.Name, term.Line);

    public void Add(WxrItem item)
    {
        if (item.Field("status") is not ("publish" or ""))
            return;
        foreach (var term in item.Terms.Where(t => t.Taxonomy == "nav_menu"))
            Menu(term.Slug, term.Name, item.Line)
                ?.Entries.Add(
                    new WordPressMenuEntry(
                        item.Number,
                        item.Line,
                        item.Field("post_id"),
                        item.MetaValue("_menu_item_menu_item_parent"),
                        int.TryParse(item.Field("menu_order"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var order)
                            ? order
                            : 0,
                        PlainText.Of(item.Title, 500),
                        item.MetaValue("_menu_item_type"),
                        item.MetaValue("_menu_item_object_id"),
                        item.MetaValue("_menu_item_url")
                    )
                );
    }

    /// <summary>Adds the menu of a block theme.</summary>
    /// <param name="item">The menu.</param>
    /// <param name="siteUrl">Target of entries for the home page.</param>
    public void AddNavigation(WxrItem item, string siteUrl)
    {
        if (item.Field("status") is "publish" or "")
            Menu(item.Field("post_name"), item.Title, item.Line)
                ?.Entries.AddRange(WordPressNavigation.Entries(item, siteUrl, rules, notes).Take(LineLimits.MenuEntries + 1));
    }

    /// <summary>The menus as lines.</summary>
    /// <param name="targetOf">Finds the label and the target of an entry; the target is null when there is none.</param>
    public IEnumerable<WordPressLine> Lines(Func<WordPressMenuEntry, (string Label, JsonObject? Target)> targetOf)
    {
        var slugs = new SlugTable();
        foreach (var menu in menus.Values)
        {
            var slug = slugs.Claim(menu.Slug);
            if (menu.Entries.Count > LineLimits.MenuEntries)
                notes.Add(0, menu.Line, $"the menu '{menu.Label}' has more than {LineLimits.MenuEntries} entries: the others are left out");
            var kept = menu.Entries.OrderBy(e => e.Order).ThenBy(e => e.Item).Take(LineLimits.MenuEntries).ToList();
            var known = kept.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
            var tree = kept.ToLookup(e => known.Contains(e.Parent) && e.Parent != e.Id ? e.Parent : "");
            yield return new WordPressLine(
                new JsonObject
                {
                    ["resource"] = "menu",
                    ["id"] = ids.Menu(menu.Slug).ToString(),
                    ["slug"] = slug,
                    ["label"] = menu.Label,
                    ["items"] = Entries(tree, "", targetOf, 1),
                },
                0,
                menu.Line
            );
        }
    }

    private JsonArray Entries(
        ILookup<string, WordPressMenuEntry> tree,
        string parent,
        Func<WordPressMenuEntry, (string Label, JsonObject? Target)> targetOf,
        int depth
    )
    {
        var entries = new JsonArray();
        // Two exports in one file repeat the numbers of menu items: each number is taken once.
        foreach (var entry in tree[parent].DistinctBy(e => (e.Id, e.Id.Length > 0 ? 0 : e.Item)))
        {
            var below = depth < LineLimits.MenuLevels ? Entries(tree, entry.Id, targetOf, depth + 1) : [];
            if (depth == LineLimits.MenuLevels && tree.Contains(entry.Id))
                notes.Add(
                    entry.Item,
                    entry.Line,
                    $"the menu is more than {LineLimits.MenuLevels} levels deep: what is below '{entry.Title}' is left out"
                );
            var (label, target) = targetOf(entry);
            if (label.Length > 0 && (target is not null || entry.IsHeading || below.Count > 0))
                entries.Add(
                    new JsonObject
                    {
                        ["label"] = label,
                        ["target"] = target,
                        ["items"] = below,
                    }
                );
            else
                notes.Add(
                    entry.Item,
                    entry.Line,
                    $"the menu entry '{entry.Title}' leads to something that is not in the file: it is left out"
                );
        }
        return entries;
    }

    private WordPressMenu? Menu(string slug, string name, int line)
    {
        var made = Slugs.FromSlug(slug) is { Length: > 0 } given ? given : Slugs.FromText(PlainText.Of(name, 500));
        if (made.Length == 0)
            return null;
        if (!menus.TryGetValue(made, out var menu))
            menus[made] = menu = new WordPressMenu(made, PlainText.Of(name, 500) is { Length: > 0 } label ? label : made, line, []);
        return menu;
    }
}

internal sealed record WordPressMenu(string Slug, string Label, int Line, List<WordPressMenuEntry> Entries);

internal sealed record WordPressMenuEntry(
    int Item,
    int Line,
    string Id,
    string Parent,
    int Order,
    string Title,
    string Type,
    string ObjectId,
    string Url
)
{
    /// <summary>A custom entry without a URL of its own, which themes use to open a submenu.</summary>
    public bool IsHeading => Type == "custom" && Url.Trim() is "" or "#";
}

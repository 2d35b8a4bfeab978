using System.Text.Json;
using Api.Import.Lines.Values;
using Api.Import.Staging;
using static Api.Import.Staging.DetailColumns<Api.Import.Lines.MenuLine>;

namespace Api.Import.Lines;

/// <summary>The members of a line that only a menu has. Its entries are rows of their own.</summary>
internal sealed record MenuLine(long Line, string Label)
{
    private static readonly string[] Targets = ["topic", "expert", "article", "event", "page"];

    public static DetailTable<MenuLine> Table { get; } = new("menus", line => line.Line, Text("label", line => line.Label));

    public static MenuLine Read(LineDraft draft)
    {
        Entries(draft, draft.Members, parent: null, level: 1);
        if (draft.Line.MenuEntries.Count > LineLimits.MenuEntries)
            draft.Members.Reject("items", $"hold more than {LineLimits.MenuEntries} entries in all");
        return new(draft.Number, draft.Members.Line("label") ?? draft.Line.Slug ?? "");
    }

    private static void Entries(LineDraft draft, ObjectReader above, int? parent, int level)
    {
        foreach (var entry in above.Objects("items", LineLimits.MenuEntries))
        {
            if (level > LineLimits.MenuLevels)
            {
                above.Reject("items", $"are more than {LineLimits.MenuLevels} levels deep");
                return;
            }
            var position = draft.Line.MenuEntries.Count;
            var label = entry.RequiredLine("label");
            draft.Line.MenuEntries.Add(new(draft.Number, position, parent, label, Url: null));
            if (Target(draft, entry, position) is { } url)
                draft.Line.MenuEntries[position] = draft.Line.MenuEntries[position] with { Url = url };
            Entries(draft, entry, position, level + 1);
            entry.Finish("path");
        }
    }

    /// <summary>The URL that an entry leads to; null when it leads to an item, which is recorded as a reference.</summary>
    private static string? Target(LineDraft draft, ObjectReader entry, int position)
    {
        var beside = entry.Url("url");
        if (entry.Object("target") is not { } target)
            return beside;
        if (target.Value("url") is not null)
            return target.Url("url");
        var resource = target.Word("resource", "", Targets);
        JsonElement? item = null;
        foreach (var name in Targets)
        {
            if (target.Value(name) is not { } named)
                continue;
            if (item is not null)
                entry.Reject("target", $"names more than one: {resource} and {name}");
            (resource, item) = (name, named);
        }
        var (id, slug) = (target.Value("id"), target.Value("slug"));
        if (item is null && (id ?? slug) is not null)
            item = entry.Value("target");
        if (resource == "" || item is null)
            entry.Reject("target", $"has to name one of {string.Join(", ", Targets)}, or a url");
        else
            draft.Add("items", $"items ({position})", resource, position, item.Value, roleless: true, "");
        target.Finish();
        return null;
    }
}

using Api.Import.WordPress.Fields;

namespace Api.Import.WordPress.Live;

/// <summary>Reads what was fetched as if it were an export.</summary>
internal sealed class LiveReader(LiveSpool spool, LiveContents contents) : IWxrReader
{
    private readonly IEnumerator<WxrNode> _nodes = Nodes(spool, contents).GetEnumerator();

    // What XML forbids was replaced when it came in, and WordPress's JSON holds none of it.
    public int ReplacedCharacters => 0;

    public int FirstReplacedLine => 0;

    public WxrNode? Next() => _nodes.MoveNext() ? _nodes.Current : null;

    public void Dispose() => _nodes.Dispose();

    private static IEnumerable<WxrNode> Nodes(LiveSpool spool, LiveContents contents)
    {
        IEnumerable<LivePage> Heads() => contents.Heads.SelectMany(spool.Pages);
        IEnumerable<WxrItem> Items() => contents.Items.SelectMany(spool.Pages).SelectMany(p => p.Items);

        foreach (var setting in contents.Settings)
            yield return setting;

        // An export has those users only who wrote something.
        var creators = Items().Select(i => i.Creator).ToHashSet(StringComparer.Ordinal);
        // … or whom a field of an item names.
        var named = Items().SelectMany(i => i.Meta).Where(m => !m.Key.StartsWith('_')).SelectMany(m => PhpText.Values(m.Value) ?? [m.Value]).Where(FieldValues.IsNumber).ToHashSet(StringComparer.Ordinal);
        var filed = Items().SelectMany(i => i.Terms).Where(t => t.Taxonomy == LivePeople.Taxonomy).SelectMany(t => new[] { WordPressGuests.Login(t.Slug), t.Name }).ToHashSet(StringComparer.Ordinal);
        creators.UnionWith(filed);
        // WordPress gives whoever installed it the site itself as website.
        var home = contents.Settings.FirstOrDefault(setting => setting.Name == "base_blog_url")?.Value.TrimEnd('/');
        foreach (var author in Heads().SelectMany(p => p.Authors).Where(a => a.Id.Length == 0 || creators.Contains(a.Login) || named.Contains(a.Id)).DistinctBy(a => a.Id.Length > 0 ? a.Id : a.Login))
            yield return author.Website.TrimEnd('/') == home ? author with { Website = "" } : author;

        // Those whom PublishPress Authors names on its posts.
        foreach (var author in contents.Items.SelectMany(spool.Pages).SelectMany(p => p.Authors).DistinctBy(a => a.Login))
            yield return author;

        // The site numbers parents, an export names them; and a parent may come after its child.
        var slugs = Heads().SelectMany(p => p.Terms).DistinctBy(t => t.Id).ToDictionary(t => t.Id, t => t.Slug, StringComparer.Ordinal);
        foreach (var term in Heads().SelectMany(p => p.Terms).DistinctBy(t => t.Id))
            yield return term with { Parent = slugs.GetValueOrDefault(term.Parent, "") };

        var seen = new HashSet<int>();
        foreach (var item in Items())
            if (seen.Add(item.Line))
                yield return item with { Number = seen.Count };
    }
}

using Api.Import.WordPress.People;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>Reads the fetched pages as if they were an export.</summary>
/// <param name="settings">Texts of the head.</param>
/// <param name="heads">Users and terms.</param>
/// <param name="named">Items; their texts may be missing.</param>
/// <param name="guests">People described by items.</param>
/// <param name="items">The same items, each once, with their texts.</param>
internal sealed class LiveReader(
    IReadOnlyList<WxrSetting> settings,
    IEnumerable<LivePage> heads,
    IEnumerable<WxrItem> named,
    IEnumerable<WxrAuthor> guests,
    IEnumerable<WxrItem> items
) : IWxrReader
{
    private readonly IEnumerator<WxrNode> nodes = Nodes(settings, heads, named, guests, items).GetEnumerator();

    public LiveReader(LiveSpool spool, LiveContents contents)
        : this(
            contents.Settings,
            contents.Heads.SelectMany(spool.Pages),
            ItemsOf(spool, contents),
            contents.Items.SelectMany(spool.Pages).SelectMany(p => p.Authors),
            LiveEvents.Complete(ItemsOf(spool, contents), spool.Pages(LiveEvents.Collection).SelectMany(p => p.Items))
        ) { }

    // Characters that XML forbids were replaced when the pages were fetched.
    public int ReplacedCharacters => 0;

    public int FirstReplacedLine => 0;

    public WxrNode? Next() => nodes.MoveNext() ? nodes.Current : null;

    public void Dispose() => nodes.Dispose();

    private static IEnumerable<WxrItem> ItemsOf(LiveSpool spool, LiveContents contents) =>
        contents.Items.SelectMany(spool.Pages).SelectMany(p => p.Items);

    private static IEnumerable<WxrNode> Nodes(
        IReadOnlyList<WxrSetting> settings,
        IEnumerable<LivePage> heads,
        IEnumerable<WxrItem> named,
        IEnumerable<WxrAuthor> guests,
        IEnumerable<WxrItem> items
    )
    {
        foreach (var setting in settings)
            yield return setting;

        // An export contains only users who wrote something …
        var creators = named.Select(i => i.Creator).ToHashSet(StringComparer.Ordinal);
        // … or whom a field of an item names.
        var numbers = named
            .SelectMany(i => i.Meta)
            .Where(m => !m.Key.StartsWith('_'))
            .SelectMany(m => PhpText.Values(m.Value) ?? [m.Value])
            .Where(FieldValues.IsNumber)
            .ToHashSet(StringComparer.Ordinal);
        var filed = named
            .SelectMany(i => i.Terms)
            .Where(t => t.Taxonomy == LivePeople.Taxonomy)
            .SelectMany(t => new[] { WordPressGuests.Login(t.Slug), t.Name })
            .ToHashSet(StringComparer.Ordinal);
        creators.UnionWith(filed);
        // WordPress stores the site itself as the website of the user who installed it.
        var home = settings.FirstOrDefault(setting => setting.Name == "base_blog_url")?.Value.TrimEnd('/');
        foreach (
            var author in heads
                .SelectMany(p => p.Authors)
                .Where(a => a.Id.Length == 0 || creators.Contains(a.Login) || numbers.Contains(a.Id))
                .GroupBy(a => a.Id.Length > 0 ? a.Id : a.Login, (_, same) => same.ToList())
                .Select(same => same.Find(a => a.LinkedLogin.Length > 0) ?? same[0])
        )
            yield return author.Website.TrimEnd('/') == home ? author with { Website = "" } : author;

        // Authors that PublishPress Authors gives for posts.
        foreach (var author in guests.DistinctBy(a => a.Login))
            yield return author;

        // The API gives parents by number, an export by slug; and a parent may come after its child.
        var slugs = heads.SelectMany(p => p.Terms).DistinctBy(t => t.Id).ToDictionary(t => t.Id, t => t.Slug, StringComparer.Ordinal);
        foreach (var term in heads.SelectMany(p => p.Terms).DistinctBy(t => t.Id))
            yield return term with
            {
                Parent = slugs.GetValueOrDefault(term.Parent, ""),
            };

        var number = 0;
        foreach (var item in items)
            yield return item with
            {
                Number = ++number,
            };
    }
}

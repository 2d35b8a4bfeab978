using Api.Import.WordPress.Live;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Following;

/// <summary>Reads the stored parts of a site as if they were an export.</summary>
internal sealed class FollowReader : IWxrReader
{
    private readonly LiveReader reader;
    private readonly HashSet<int>? changed;

    /// <param name="parts">The stored parts.</param>
    /// <param name="contents">The collections of the site.</param>
    /// <param name="names">The names of all users and terms.</param>
    /// <param name="texts">Whether long texts are read.</param>
    /// <param name="onlyChanged">Skips items of which lines were made already.</param>
    public FollowReader(FollowedParts parts, LiveContents contents, LiveNames names, bool texts, bool onlyChanged)
    {
        changed = onlyChanged ? [] : null;
        reader = new LiveReader(
            contents.Settings,
            parts.Read(contents.Heads, texts: false).Select(part => part.Page),
            Items(false),
            parts.Read(contents.Items, texts: false).SelectMany(part => part.Page.Authors).Select(names.Resolve),
            LiveEvents.Complete(Items(texts), Told())
        );

        IEnumerable<WxrItem> Told()
        {
            foreach (var (page, hasChanged) in parts.Read([LiveEvents.Collection], texts: false))
            foreach (var item in page.Items)
            {
                if (hasChanged)
                    changed?.Add(item.Line);
                yield return item;
            }
        }

        IEnumerable<WxrItem> Items(bool withTexts)
        {
            foreach (var (page, hasChanged) in parts.Read(contents.Items, withTexts))
            foreach (var item in page.Items)
            {
                if (hasChanged)
                    changed?.Add(item.Line);
                names.Resolve(item);
                FollowPeople.Sort(item);
                yield return item;
            }
        }
    }

    public int ReplacedCharacters => 0;

    public int FirstReplacedLine => 0;

    public WxrNode? Next()
    {
        while (reader.Next() is { } node)
            if (node is not WxrItem item || changed?.Contains(item.Line) != false)
                return node;
        return null;
    }

    public void Dispose() => reader.Dispose();
}

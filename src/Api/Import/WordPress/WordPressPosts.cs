using System.Globalization;

namespace Api.Import.WordPress;

/// <summary>The posts and pages of an export, with the ids and slugs they get.</summary>
internal sealed class WordPressPosts(WordPressIds ids, WordPressNotes notes)
{
    private const int MaxTitle = 500;

    private readonly List<WordPressPost> _all = [];
    private readonly Dictionary<int, WordPressPost> _byItem = [];
    private readonly Dictionary<string, WordPressPost> _byPostId = new(StringComparer.Ordinal);

    public IReadOnlyList<WordPressPost> All => _all;

    public WordPressPost Add(WxrItem item, string resource, DateTime? publishedAt)
    {
        var status = item.Field("status");
        var post = new WordPressPost
        {
            Item = item.Number,
            Line = item.Line,
            Resource = resource,
            PostType = item.PostType,
            PostId = item.Field("post_id"),
            GivenSlug = Slugs.FromSlug(TrashSuffix(item.Field("post_name"))),
            Title = TitleOf(item),
            Status = WordPressStatus.Of(status, item.Field("post_password"), publishedAt is not null),
            PublishedAt = publishedAt,
            Parent = item.Field("post_parent") is "0" ? "" : item.Field("post_parent"),
            Address = item.Guid,
            OldSlugs = [.. item.Meta.Where(m => m.Key == "_wp_old_slug").Select(m => Slugs.FromSlug(m.Value)).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).Take(50)],
        };
        if (!WordPressStatus.IsKnown(status))
            notes.Add(item.Number, item.Line, $"the status '{status}' is not one of WordPress: kept as a draft");
        else if (status is "publish" or "future" && publishedAt is null)
            notes.Add(item.Number, item.Line, "it has no date that can be read: kept as a draft");
        _all.Add(post);
        _byItem.Add(item.Number, post);
        if (!_byPostId.TryAdd(post.PostId, post) && post.PostId.Length > 0)
            notes.Add(item.Number, item.Line, $"the post id {post.PostId} is used by item {_byPostId[post.PostId].Item} as well: both are kept");
        return post;
    }

    /// <summary>The post or page that stands in this item; null for any other item.</summary>
    public WordPressPost? FindByItem(int item) => _byItem.GetValueOrDefault(item);

    /// <summary>The post or page with this number, the first where it repeats.</summary>
    public WordPressPost? FindByPostId(string postId) => _byPostId.GetValueOrDefault(postId);

    /// <summary>True when a page stands somewhere below another one.</summary>
    public bool IsBelow(WordPressPost page, WordPressPost ancestor)
    {
        var seen = new HashSet<WordPressPost>();
        for (var at = page; at is not null && seen.Add(at); at = _byPostId.GetValueOrDefault(at.Parent))
            if (at == ancestor)
                return true;
        return false;
    }

    /// <summary>Gives out ids and slugs. What readers see chooses first, so that no draft takes its address; then the lower number.</summary>
    public void Settle()
    {
        var repeated = _all.GroupBy(p => p.PostId, StringComparer.Ordinal).Where(g => g.Key.Length == 0 || g.Skip(1).Any()).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<Guid>();
        foreach (var post in _all)
            post.Id = IdOf(post, repeated, used);
        var slugs = _all.Select(p => p.Resource).Distinct().ToDictionary(resource => resource, _ => new SlugTable(), StringComparer.Ordinal);
        // People have theirs from WordPressAuthors.
        foreach (var post in _all.Where(p => p.Person is not null))
            (post.Id, post.Slug) = (post.Person!.ProfileOnly ? post.Id : ids.Author(post.Person.Login), post.Person.Slug);
        foreach (var post in _all.Where(p => p.Person is null).OrderBy(Rank).ThenBy(NumberOf).ThenBy(p => p.Item))
            SetSlug(post, slugs[post.Resource]);
        foreach (var post in _all.Where(p => p.OldSlugs.Count > 0 && p.Status != "draft" && p.Person is null))
            post.PreviousSlugs = [.. post.OldSlugs.Where(s => !slugs[post.Resource].IsTaken(s)).Select(slugs[post.Resource].Claim)];
    }

    private void SetSlug(WordPressPost post, SlugTable slugs)
    {
        var wanted = post.GivenSlug.Length > 0 ? post.GivenSlug
            : Slugs.FromText(post.Title) is { Length: > 0 } made ? made
            : Slugs.FromText($"{post.Resource}-{post.PostId}");
        post.Slug = slugs.Claim(wanted);
        if (post.Slug != wanted)
            notes.Add(post.Item, post.Line, $"the slug '{wanted}' is used by another {post.Resource}: it gets '{post.Slug}'");
        else if (post.GivenSlug.Length == 0)
            notes.Add(post.Item, post.Line, $"it has no slug: it gets '{post.Slug}'");
    }

    private Guid IdOf(WordPressPost post, HashSet<string> repeated, HashSet<Guid> used)
    {
        var id = repeated.Contains(post.PostId) ? ids.Post(post.PostId, $"{post.Resource} {post.Address}") : ids.Post(post.PostId);
        for (var n = 1; !used.Add(id); n++)
            id = ids.Post(post.PostId, string.Create(CultureInfo.InvariantCulture, $"{post.Resource} {post.Address} {post.GivenSlug} {n}"));
        return id;
    }

    private string TitleOf(WxrItem item)
    {
        var title = PlainText.Of(item.Title, MaxTitle);
        if (title.Length > 0)
        {
            if (title.Length == MaxTitle && title[^1] == '…' || item.Title.Length > 4 * MaxTitle)
                notes.Add(item.Number, item.Line, $"its title is longer than {MaxTitle} characters: it is cut");
            return title;
        }
        var words = PlainText.FirstWords(item.Content) is { Length: > 0 } first ? first : "Untitled";
        notes.Add(item.Number, item.Line, $"it has no title: it gets '{words}'");
        return words;
    }

    private static int Rank(WordPressPost post) => (WordPressStatus.IsForReaders(post.Status) ? 0 : 1) + (post.GivenSlug.Length > 0 ? 0 : 2);

    private static long NumberOf(WordPressPost post) =>
        long.TryParse(post.PostId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    // WordPress renames what goes to the trash, to free the address.
    private static string TrashSuffix(string slug) => slug.EndsWith("__trashed", StringComparison.Ordinal) ? slug[..^"__trashed".Length] : slug;
}

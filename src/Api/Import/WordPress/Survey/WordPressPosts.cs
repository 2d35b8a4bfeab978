using System.Globalization;
using System.Runtime.InteropServices;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Survey;

/// <summary>The posts and pages of an export, with their ids and slugs.</summary>
internal sealed class WordPressPosts(WordPressIds ids, WordPressNotes notes, HiddenRules rules)
{
    private readonly List<WordPressPost> all = [];
    private readonly HashSet<WordPressPost> byPostId = new(new SamePostId());
    private readonly HashSet<string> repeated = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> repeatedIds = [];

    public IReadOnlyList<WordPressPost> All => all;

    public WordPressPost Add(WxrItem item, string resource, DateTime? publishedAt)
    {
        var status = item.Field("status");
        var here = WordPressStatus.Of(status, item.Field("post_password"), publishedAt is not null);
        var limit = WordPressStatus.IsForReaders(here) ? LimitedPosts.FieldOf(item) : null;
        var post = new WordPressPost(
            item.Field("post_id"),
            Slugs.FromSlug(TrashSuffix(item.Field("post_name"))),
            TitleOf(item),
            item.Field("post_parent") is var parent and not "0" ? parent : ""
        )
        {
            Item = item.Number,
            Line = item.Line,
            Resource = resource,
            Status = limit is null ? here : "private",
            PublishedAt = publishedAt,
            PreviousSlugs =
            [
                .. item
                    .Meta.Where(m => m.Key == "_wp_old_slug")
                    .Select(m => Slugs.FromSlug(m.Value))
                    .Where(s => s.Length > 0)
                    .Distinct(StringComparer.Ordinal)
                    .Take(50),
            ],
        };
        if (!WordPressStatus.IsKnown(status))
            notes.Add(item.Number, item.Line, $"the status '{status}' is not one of WordPress: kept as a draft");
        else if (status is "publish" or "future" && publishedAt is null)
            notes.Add(item.Number, item.Line, "it has no date that can be read: kept as a draft");
        else if (limit is not null)
            notes.Add(item.Number, item.Line, $"its custom field '{limit}' says that it is not for everybody: kept, but not shown");
        all.Add(post);
        if (byPostId.Add(post) || post.PostId.Length == 0)
            return post;
        repeated.Add(post.PostId);
        notes.Add(
            item.Number,
            item.Line,
            $"the post id {post.PostId} is used by item {FindByPostId(post.PostId)!.Item} as well: both are kept"
        );
        return post;
    }

    /// <summary>The post or page of this item; null for any other item.</summary>
    public WordPressPost? FindByItem(int item) =>
        CollectionsMarshal.AsSpan(all).BinarySearch(new InItem(item)) is >= 0 and var at ? all[at] : null;

    /// <summary>The post or page with this number; if the number repeats, the first.</summary>
    public WordPressPost? FindByPostId(string postId) =>
        byPostId.GetAlternateLookup<string>().TryGetValue(postId, out var post) ? post : null;

    /// <summary>True when a page stands below another one, at any depth.</summary>
    public bool IsBelow(WordPressPost page, WordPressPost ancestor)
    {
        var seen = new HashSet<WordPressPost>();
        for (var at = page; at is not null && seen.Add(at); at = FindByPostId(at.Parent))
            if (at == ancestor)
                return true;
        return false;
    }

    /// <summary>The id of a post; may be called once for each post, in the order of the file.</summary>
    /// <param name="post">The post.</param>
    /// <param name="address">Its <c>guid</c>, usually <c>https://…/?p=123</c>, which distinguishes posts with the same number.</param>
    public Guid IdOf(WordPressPost post, string address)
    {
        var own = OwnIdOf(post, address);
        return post.Person is null or { ProfileOnly: true } ? own : ids.Author(post.Person.Login);
    }

    /// <summary>Assigns slugs. Public items come first, so that no draft takes their slug; then lower numbers.</summary>
    public void Settle()
    {
        byPostId.TrimExcess();
        var slugs = all.CountBy(p => p.Resource)
            .ToDictionary(posts => posts.Key, posts => new SlugTable(posts.Value), StringComparer.Ordinal);
        // The slugs of people come from WordPressAuthors.
        foreach (var post in all.Where(p => p.Person is not null))
            post.Slug = post.Person!.Slug;
        foreach (var post in all.Where(p => p.Person is null).OrderBy(Rank).ThenBy(NumberOf).ThenBy(p => p.Item))
            SetSlug(post, slugs[post.Resource]);
        foreach (var post in all.Where(p => p.PreviousSlugs.Length > 0))
            post.PreviousSlugs =
                post.Status == "draft" || post.Person is not null
                    ? []
                    : [.. post.PreviousSlugs.Where(s => !slugs[post.Resource].IsTaken(s)).Select(slugs[post.Resource].Claim)];
    }

    private void SetSlug(WordPressPost post, SlugTable slugs)
    {
        var wanted =
            post.GivenSlug.Length > 0 ? post.GivenSlug
            : Slugs.FromText(post.Title) is { Length: > 0 } made ? made
            : Slugs.FromText($"{post.Resource}-{post.PostId}");
        post.Slug = slugs.Claim(wanted);
        if (post.Slug != wanted)
            notes.Add(post.Item, post.Line, $"the slug '{wanted}' is used by another {post.Resource}: it gets '{post.Slug}'");
        else if (post.GivenSlug.Length == 0)
            notes.Add(post.Item, post.Line, $"it has no slug: it gets '{post.Slug}'");
    }

    private Guid OwnIdOf(WordPressPost post, string address)
    {
        if (post.PostId is { Length: > 0 } number && !repeated.Contains(number))
            return ids.Post(number);
        var id = ids.Post(post.PostId, $"{post.Resource} {address}");
        for (var n = 1; !repeatedIds.Add(id); n++)
            id = ids.Post(post.PostId, string.Create(CultureInfo.InvariantCulture, $"{post.Resource} {address} {post.GivenSlug} {n}"));
        return id;
    }

    private string TitleOf(WxrItem item)
    {
        var title = PlainText.Of(item.Title, LineLimits.Title);
        if (title.Length > 0)
        {
            if (title.Length == LineLimits.Title && title[^1] == '…' || item.Title.Length > 4 * LineLimits.Title)
                notes.Add(item.Number, item.Line, $"its title is longer than {LineLimits.Title} characters: it is cut");
            return title;
        }
        var words = PlainText.FirstWords(HiddenText.Cut(item.Content, rules, new HiddenParts())) is { Length: > 0 } first
            ? first
            : "Untitled";
        notes.Add(item.Number, item.Line, $"it has no title: it gets '{words}'");
        return words;
    }

    // The URL of a page here is its slug. In WordPress this is true of top-level pages only, so these choose first.
    private static int Rank(WordPressPost post) =>
        (post is { Resource: "page", Parent.Length: > 0 } ? 1 : 0)
        + (WordPressStatus.IsForReaders(post.Status) ? 0 : 2)
        + (post.GivenSlug.Length > 0 ? 0 : 4);

    private static long NumberOf(WordPressPost post) =>
        long.TryParse(post.PostId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    // WordPress renames items in the trash to free their slugs.
    private static string TrashSuffix(string slug) =>
        slug.EndsWith("__trashed", StringComparison.Ordinal) ? slug[..^"__trashed".Length] : slug;

    // Items are added in ascending order of their numbers.
    private readonly struct InItem(int item) : IComparable<WordPressPost>
    {
        public int CompareTo(WordPressPost? other) => item.CompareTo(other!.Item);
    }

    private sealed class SamePostId : IEqualityComparer<WordPressPost>, IAlternateEqualityComparer<string, WordPressPost>
    {
        public bool Equals(WordPressPost? x, WordPressPost? y) => x?.PostId == y?.PostId;

        public int GetHashCode(WordPressPost post) => GetHashCode(post.PostId);

        public bool Equals(string postId, WordPressPost post) => post.PostId == postId;

        public int GetHashCode(string postId) => string.GetHashCode(postId, StringComparison.Ordinal);

        public WordPressPost Create(string postId) => throw new NotSupportedException();
    }
}

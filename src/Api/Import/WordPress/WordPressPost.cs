namespace Api.Import.WordPress;

/// <summary>
/// What must be known of a post, page, event or profile before any of them can be written: little enough to keep for a hundred thousand, which is
/// some 200 bytes with a title and a slug of usual length. What nobody else asks for is read from the item when it comes by again.
/// </summary>
/// <param name="postId">See <see cref="PostId"/>.</param>
/// <param name="givenSlug">See <see cref="GivenSlug"/>.</param>
/// <param name="title">See <see cref="Title"/>.</param>
/// <param name="parent">See <see cref="Parent"/>.</param>
internal sealed class WordPressPost(string postId, string givenSlug, string title, string parent)
{
    private const int Fixed = 4;

    private PackedTexts _texts = new(postId, givenSlug, title, parent);
    private DateTime _publishedAt;
    private string? _slug;

    /// <summary>Number of its <c>item</c>, from 1.</summary>
    public required int Item { get; init; }

    /// <summary>Line where the item begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>What it becomes: article, event, expert or page.</summary>
    public required string Resource { get; init; }

    /// <summary>The person an expert's profile is of, who may have written too; null for anything else.</summary>
    public WordPressAuthor? Person { get; set; }

    /// <summary>Its number within the site; not unique in merged exports.</summary>
    public string PostId => _texts[0];

    /// <summary>Its slug as WordPress has it, made valid; empty when it has none, as drafts often do.</summary>
    public string GivenSlug => _texts[1];

    /// <summary>Title, plain text.</summary>
    public string Title => _texts[2];

    /// <summary>The <c>publicationStatus</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When it was or will be published, UTC; null when unknown.</summary>
    public required DateTime? PublishedAt
    {
        get => _publishedAt == default ? null : _publishedAt;
        set => _publishedAt = value ?? default;
    }

    /// <summary>Number of the page above it; <c>0</c> or empty at the top.</summary>
    public string Parent => _texts[3];

    /// <summary>Slugs it had before, as WordPress recorded them; once <see cref="WordPressPosts.Settle"/> ran, those that nothing else uses.</summary>
    public required string[] PreviousSlugs
    {
        get => _texts.From(Fixed);
        set
        {
            if (value.Length > 0 || PreviousSlugs.Length > 0)
                _texts = new PackedTexts([PostId, GivenSlug, Title, Parent, .. value]);
        }
    }

    /// <summary>Slug, unique within its resource; the given one until <see cref="WordPressPosts.Settle"/> ran.</summary>
    public string Slug
    {
        get => _slug ?? GivenSlug;
        set => _slug = value == GivenSlug ? null : value;
    }

    /// <summary>Where redirects lead, such as <c>articles/a-longer-view</c>.</summary>
    public string Target => $"{Resource}s/{Slug}";
}

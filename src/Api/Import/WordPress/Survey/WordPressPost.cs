using Api.Import.WordPress.People;
using Api.Import.WordPress.Values;

namespace Api.Import.WordPress.Survey;

/// <summary>
/// The data of a post, page, event or profile that must be known before any line can be written: small enough for a hundred thousand, as it
/// takes about 200 bytes with a title and a slug of usual length. Everything else is read from the item when it is reached again.
/// </summary>
/// <param name="postId">See <see cref="PostId"/>.</param>
/// <param name="givenSlug">See <see cref="GivenSlug"/>.</param>
/// <param name="title">See <see cref="Title"/>.</param>
/// <param name="parent">See <see cref="Parent"/>.</param>
internal sealed class WordPressPost(string postId, string givenSlug, string title, string parent)
{
    private const int Fixed = 4;

    private PackedTexts texts = new(postId, givenSlug, title, parent);
    private DateTime publishedAt;
    private string? slug;

    /// <summary>Number of its <c>item</c>, from 1.</summary>
    public required int Item { get; init; }

    /// <summary>Line where the item begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The resource: article, event, expert or page.</summary>
    public required string Resource { get; init; }

    /// <summary>The person of an expert's profile, who may be an author as well; null for other resources.</summary>
    public WordPressAuthor? Person { get; set; }

    /// <summary>The WordPress number; not unique in merged exports.</summary>
    public string PostId => texts[0];

    /// <summary>The WordPress slug, made valid; empty if there is none, as in many drafts.</summary>
    public string GivenSlug => texts[1];

    /// <summary>Title, plain text.</summary>
    public string Title => texts[2];

    /// <summary>The <c>publicationStatus</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When it was or will be published, UTC; null when unknown.</summary>
    public required DateTime? PublishedAt
    {
        get => publishedAt == default ? null : publishedAt;
        set => publishedAt = value ?? default;
    }

    /// <summary>Number of the parent page; <c>0</c> or empty at the top.</summary>
    public string Parent => texts[3];

    /// <summary>
    /// Former slugs that WordPress recorded; after <see cref="WordPressPosts.Settle"/> only those that nothing else uses.
    /// </summary>
    public required string[] PreviousSlugs
    {
        get => texts.From(Fixed);
        set
        {
            if (value.Length > 0 || PreviousSlugs.Length > 0)
                texts = new PackedTexts([PostId, GivenSlug, Title, Parent, .. value]);
        }
    }

    /// <summary>Slug, unique within its resource; before <see cref="WordPressPosts.Settle"/> the WordPress slug.</summary>
    public string Slug
    {
        get => slug ?? GivenSlug;
        set => slug = value == GivenSlug ? null : value;
    }

    /// <summary>The target of its redirects, such as <c>articles/a-longer-view</c>.</summary>
    public string Target => $"{Resource}s/{Slug}";
}

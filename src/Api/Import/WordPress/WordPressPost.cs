namespace Api.Import.WordPress;

/// <summary>What must be known of a post, page, event or profile before any of them can be written: little enough to keep for a hundred thousand.</summary>
internal sealed class WordPressPost
{
    /// <summary>Number of its <c>item</c>, from 1.</summary>
    public required int Item { get; init; }

    /// <summary>Line where the item begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>What it becomes: article, event, expert or page.</summary>
    public required string Resource { get; init; }

    /// <summary>The WordPress post type.</summary>
    public required string PostType { get; init; }

    /// <summary>The person an expert's profile is of, who may have written too; null for anything else.</summary>
    public WordPressAuthor? Person { get; set; }

    /// <summary>Its number within the site; not unique in merged exports.</summary>
    public required string PostId { get; init; }

    /// <summary>Its slug as WordPress has it, made valid; empty when it has none, as drafts often do.</summary>
    public required string GivenSlug { get; init; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>The <c>publicationStatus</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When it was or will be published, UTC; null when unknown.</summary>
    public required DateTime? PublishedAt { get; init; }

    /// <summary>Number of the page above it; <c>0</c> or empty at the top.</summary>
    public required string Parent { get; init; }

    /// <summary>Globally unique address, mostly <c>https://…/?p=123</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Slugs it had before, as WordPress recorded them.</summary>
    public required IReadOnlyList<string> OldSlugs { get; set; }

    /// <summary>Identifier; set by <see cref="WordPressPosts.Settle"/>.</summary>
    public Guid Id { get; set; }

    /// <summary>Slug, unique within its resource; set by <see cref="WordPressPosts.Settle"/>.</summary>
    public string Slug { get; set; } = "";

    /// <summary>Valid old slugs that nothing else uses; set by <see cref="WordPressPosts.Settle"/>.</summary>
    public IReadOnlyList<string> PreviousSlugs { get; set; } = [];

    /// <summary>Where redirects lead, such as <c>articles/a-longer-view</c>.</summary>
    public string Target => $"{Resource}s/{Slug}";
}

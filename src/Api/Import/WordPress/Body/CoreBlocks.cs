using System.Collections.Frozen;

namespace Api.Import.WordPress.Body;

/// <summary>Where the text and files of a WordPress block are stored.</summary>
internal enum BlockWords
{
    /// <summary>In its HTML.</summary>
    InHtml,

    /// <summary>In the settings in its comment: see <see cref="BlockComments"/>.</summary>
    InComment,

    /// <summary>In another item or in custom fields; they are inserted before blocks are rendered.</summary>
    Elsewhere,

    /// <summary>The block shows members of the item or the site: title, date, author, menu.</summary>
    OfTheItem,

    /// <summary>In the site or its theme, and in neither texts nor exports: the block is counted.</summary>
    OfTheSite,

    /// <summary>The block shows other items, comments or a form, generated for each visitor: left out with all its content.</summary>
    OfOthers,

    /// <summary>The block has no text.</summary>
    None,
}

/// <summary>
/// The blocks of WordPress 7.1 (@wordpress/block-library 11), by names without <c>core/</c>; a test fails for a block that is missing here.
/// </summary>
internal static class CoreBlocks
{
    private static readonly FrozenDictionary<string, BlockWords> All = new (BlockWords Words, string Names)[]
    {
        (
            BlockWords.InHtml,
            """
            paragraph image heading gallery list list-item quote accordion accordion-item accordion-heading accordion-panel audio button buttons code column columns cover details embed file
            freeform group html math media-text missing playlist preformatted pullquote shortcode social-links table tabs tab-list tab-panels tab-panel text-columns verse video query terms-query
            """
        ),
        (BlockWords.InComment, "playlist-track social-link navigation-link navigation-submenu home-link"),
        (BlockWords.Elsewhere, "block footnotes"),
        (
            BlockWords.OfTheItem,
            """
            avatar breadcrumbs post-author post-author-biography post-author-name post-content post-date post-excerpt post-featured-image post-terms post-time-to-read post-title read-more
            site-logo site-tagline site-title table-of-contents query-title term-count term-description term-name
            """
        ),
        (
            BlockWords.OfOthers,
            """
            archives calendar categories comment-author-avatar comment-author-name comment-content comment-date comment-edit-link comment-reply-link comment-template comments comments-pagination
            comments-pagination-next comments-pagination-numbers comments-pagination-previous comments-title latest-comments latest-posts loginout page-list page-list-item post-comment post-comments
            post-comments-count post-comments-form post-comments-link post-navigation-link post-template query-no-results query-pagination query-pagination-next query-pagination-numbers
            query-pagination-previous query-total rss search tag-cloud term-template
            """
        ),
        (BlockWords.OfTheSite, "navigation pattern template-part"),
        (BlockWords.None, "icon more nextpage navigation-overlay-close separator spacer"),
    }
        .SelectMany(kind =>
            kind.Names.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(name => (name, kind.Words))
        )
        .ToFrozenDictionary(block => block.name, block => block.Words);

    /// <summary>The decision for a block; null for a plugin's block.</summary>
    public static BlockWords? Of(string name) => All.TryGetValue(name, out var words) ? words : null;

    /// <summary>True for a block that is left out with all its content.</summary>
    public static bool IsLeftOut(string name) => Of(name) is BlockWords.OfOthers;
}

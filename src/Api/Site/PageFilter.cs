using Api.Http.Answers;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Tags;

namespace Api.Site;

/// <summary>The filter of a list of pages, and its query parameters.</summary>
/// <param name="Parent">Slug of the direct parent page; null for all.</param>
/// <param name="Language">Language range in lower case; null for all.</param>
internal sealed record PageFilter(string? Parent, string? Language)
{
    private static readonly Parameter ParentPage = Parameter.Slug("parent", "Pages directly below this page.", "about");
    private static readonly Parameter InLanguage = Parameter.Language(
        "language",
        "Pages in this language; `en` finds `en-US` too (RFC 4647, basic filtering).",
        "en"
    );

    /// <summary>The sort orders of the list.</summary>
    public static readonly Parameter Sort = ListParameters.Sort("title", "-title", "-updatedAt", "updatedAt");

    /// <summary>All filter parameters.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } = [ParentPage, InLanguage];

    /// <summary>
    /// Reads the filter from a query and resolves its values. An invalid value becomes the problem of <paramref name="query"/>.
    /// </summary>
    public static async Task<PageFilter> Read(Query query, PageRepository pages, CancellationToken cancel)
    {
        var (parent, language) = (query.Text(ParentPage), query.Text(InLanguage));
        if (parent is not null)
        {
            var place = await pages.FindPlace(parent, cancel);
            if (place.Slug is null)
                query.Fail(
                    place.Gone
                        ? QueryProblems.GoneValue(ParentPage, parent)
                        : QueryProblems.UnknownValue(ParentPage, parent, await pages.Slugs(cancel))
                );
            parent = place.Slug;
        }
        if (language is not null)
        {
            var known = await pages.Languages(cancel);
            if (!known.Any(tag => Matches(language, tag)))
                query.Fail(QueryProblems.UnknownValue(InLanguage, language, known, closed: true));
        }
        return new PageFilter(parent, language?.ToLowerInvariant());
    }

    /// <summary>Adds the cache keys of a list of pages. The default order is by title.</summary>
    public static void Name(AnswerKeys keys, Query query, PageFilter filter, PageWindow window)
    {
        if (window.Sort.EndsWith("title", StringComparison.Ordinal))
            keys.List("pages");
        else
            keys.Whole("pages");
        if (query.Text(ParentPage) is not { } given)
            return;
        keys.Address("pages", given);
        // An old slug can be reassigned to another page.
        if (given != filter.Parent)
            keys.Content();
    }

    private static bool Matches(string range, string tag) =>
        tag.StartsWith(range, StringComparison.OrdinalIgnoreCase) && (tag.Length == range.Length || tag[range.Length] == '-');
}

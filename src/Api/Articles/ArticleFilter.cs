using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Listing;
using Api.Reading;

namespace Api.Articles;

/// <summary>The filter of a list of articles, and its query parameters.</summary>
internal sealed record ArticleFilter
{
    private static readonly Parameter Type = Parameter.Slugs("type", "Articles of any of these types.", "op-ed");
    private static readonly Parameter Topic = Parameter.Slugs(
        "topic",
        "Articles on any of these topics or a topic below them.",
        "china",
        "topicAll"
    );
    private static readonly Parameter TopicAll = Parameter.Slugs(
        "topicAll",
        "Articles on all of these topics, or topics below them.",
        "china,asia"
    );
    private static readonly Parameter Expert = Parameter.Slugs("expert", "Articles with any of these experts.", "ada-moreau", "expertAll");
    private static readonly Parameter ExpertAll = Parameter.Slugs("expertAll", "Articles with all of these experts.", "ada-moreau");
    private static readonly Parameter Role = Parameter.Slugs(
        "role",
        "Articles with the experts of `expert` or `expertAll` in any of these roles; alone, with any expert in one of them.",
        "author"
    );
    private static readonly Parameter Source = Parameter.Slugs("source", "Media items from any of these outlets.", "the-daily-example");
    private static readonly Parameter Language = Parameter.Language(
        "language",
        "Articles in this language; `en` finds `en-US` too (RFC 4647, basic filtering).",
        "en"
    );
    private static readonly Parameter Year = Parameter.Year("year", "Articles published in this year, in the site's time zone.", "2024");
    private static readonly Parameter PublishedFrom = Parameter.Date(
        "publishedFrom",
        "Articles published on or after this day or instant.",
        "2020-01-01"
    );
    private static readonly Parameter PublishedTo = Parameter.Date(
        "publishedTo",
        "Articles published on or before this day or instant.",
        "2026-12-31"
    );
    private static readonly Parameter UpdatedFrom = Parameter.Date(
        "updatedFrom",
        "Articles last changed on or after this day or instant.",
        "2020-01-01"
    );
    private static readonly Parameter Featured = Parameter.Flag(
        "featured",
        "`true`: only articles the editors put forward; `false`: only the others."
    );
    private static readonly Parameter Slug = Parameter.Slugs(
        "slug",
        "Just these articles; slugs that do not exist are skipped. Together with `sort=given` a curated page."
    ) with
    {
        Ordered = true,
    };
    private static readonly Parameter ExcludeType = Parameter.Slugs("excludeType", "No articles of these types.", "press-release");
    private static readonly Parameter ExcludeTopic = Parameter.Slugs("excludeTopic", "No articles on these topics or a topic below them.");
    private static readonly Parameter ExcludeExpert = Parameter.Slugs("excludeExpert", "No articles with these experts.");
    private static readonly Parameter Exclude = Parameter.Slugs("exclude", "Not these articles; slugs that do not exist are skipped.");

    /// <summary>The sort orders of the list.</summary>
    public static readonly Parameter Sort = ListParameters.Sort(
        "-publishedAt",
        "publishedAt",
        "-updatedAt",
        "updatedAt",
        "title",
        "-title",
        "given",
        "relevance"
    ) with
    {
        Description =
            "The order of the list; `-` is descending. Ties are ordered by the immutable id. `given` is the order of `slug`; `relevance` is the best match for `q` first and ends after 1,000.",
    };

    /// <summary>All filter parameters.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        Type,
        Topic,
        TopicAll,
        Expert,
        ExpertAll,
        Role,
        Source,
        Language,
        Year,
        PublishedFrom,
        PublishedTo,
        UpdatedFrom,
        Featured,
        Slug,
        ExcludeType,
        ExcludeTopic,
        ExcludeExpert,
        Exclude,
        ListParameters.Search,
    ];

    /// <summary>The keys that the filter values resolve to.</summary>
    public required FilterKeys Keys { get; init; }

    /// <summary>The search; null for no search.</summary>
    public SearchText? Search { get; init; }

    /// <summary>First instant (UTC) of publication, included; null for no bound.</summary>
    public DateTime? From => Latest(Published.From, PublishedIn?.From);

    /// <summary>End (UTC) of publication, excluded; null for no bound.</summary>
    public DateTime? Before => Earliest(Published.Before, PublishedIn?.Before);

    /// <summary>First instant (UTC) of the last change, included; null for no bound.</summary>
    public DateTime? ChangedFrom { get; init; }

    /// <summary>The year of publication in the site's time zone; null for any.</summary>
    public int? PublishedYear => PublishedIn?.From.AddDays(100).Year;

    /// <summary>
    /// Reads the filter from a query and resolves its values against a state of the lists. An invalid value becomes the problem of
    /// <paramref name="query"/>.
    /// </summary>
    public static async Task<ArticleFilter> Read(Query query, FilterKeyReader keys, ListState? state, CancellationToken cancel)
    {
        var values = new FilterValues();
        values.AnyOf(query, Type, "type");
        values.AnyOf(query, Topic, "topic");
        values.AllOf(query, TopicAll, "topic");
        values.Experts(query, Expert, ExpertAll, Role);
        values.AnyOf(query, Source, "source");
        if (query.Text(Language) is { } language)
            values.Groups.Add([new FilterValue(Language, "language", language)]);
        values.NoneOf(query, ExcludeType, "type");
        values.NoneOf(query, ExcludeTopic, "topic");
        values.NoneOf(query, ExcludeExpert, "expert");
        if (query.Flag(Featured) is { } featured)
            Flag(values, featured);
        if (query.Has(Slug))
            values.Slugs = query.Values(Slug);
        values.ExcludedSlugs = query.Values(Exclude);
        if (query.Choice(Sort) == "given" && !query.Has(Slug))
            query.Fail(
                QueryProblems.ConflictingParameters("sort", "slug", "sort=given is the order of slug: name the articles with slug=a,b.")
            );
        if (query.Choice(Sort) == "relevance" && !query.Has(ListParameters.Search))
            query.Fail(
                QueryProblems.ConflictingParameters("sort", "q", "sort=relevance is how well articles match q: say what to look for.")
            );
        return new ArticleFilter
        {
            Keys = await keys.Read(query, values, "article", state, cancel),
            Search = query.Search(ListParameters.Search),
            Published = (query.From(PublishedFrom), query.Before(PublishedTo)),
            PublishedIn = query.Year(Year),
            ChangedFrom = query.From(UpdatedFrom),
        };
    }

    /// <summary>The filter without the parameter of a facet; the same object when the request does not use that parameter.</summary>
    public ArticleFilter Without(string facet) =>
        facet == Year.Name
            ? PublishedIn is null
                ? this
                : this with
                {
                    PublishedIn = null,
                }
            : Keys.Parameters.Contains(facet)
                ? this with
                {
                    Keys = Keys with
                    {
                        Groups = [.. Keys.Groups.Where((_, place) => Keys.Parameters[place] != facet)],
                        Parameters = [.. Keys.Parameters.Where(name => name != facet)],
                    },
                }
                : this;

    private (DateTime? From, DateTime? Before) Published { get; init; }

    private (DateTime From, DateTime Before)? PublishedIn { get; init; }

    private static void Flag(FilterValues values, bool featured)
    {
        var value = new FilterValue(Featured, "featured", "");
        if (featured)
            values.Groups.Add([value]);
        else
            values.Excluded.Add(value);
    }

    private static DateTime? Latest(DateTime? one, DateTime? other) => one is null || other > one ? other ?? one : one;

    private static DateTime? Earliest(DateTime? one, DateTime? other) => one is null || other < one ? other ?? one : one;
}

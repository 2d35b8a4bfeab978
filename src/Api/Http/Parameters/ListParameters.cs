namespace Api.Http.Parameters;

/// <summary>The parameters that lists and items share.</summary>
internal static class ListParameters
{
    /// <summary>
    /// The last row that <c>page</c> reaches in lists read from the database and in searches. A cursor reaches every row.
    /// </summary>
    public const int DeepestRow = 10_000;

    /// <summary>The most values of a facet in an answer.</summary>
    public const int MostFacetValues = 100;

    public static readonly Parameter Limit = Parameter.Number("limit", "How many items a page holds at most.", 1, 100, 20, "5") with
    {
        View = true,
        Prefilled = true,
    };

    /// <summary><see cref="Limit"/> for lists with <see cref="Facets"/>: 0 returns the counts only.</summary>
    public static readonly Parameter LimitOrNone = Limit with
    {
        Min = 0,
        Description = "How many items a page holds at most; 0, together with `facets`, for the counts only.",
    };

    public static readonly Parameter Facets = Parameter.Choices(
        "facets",
        "Facets to count over the whole result. `facets` then holds the values of each and the number of articles that have them: "
            + $"at most {MostFacetValues}, the most frequent first. A facet ignores the filter of its own name. "
            + "Counts are exact (`facetsKind`).",
        ["type", "topic", "expert", "year", "source"],
        "type,year"
    ) with
    {
        View = true,
    };

    public static readonly Parameter Page = Parameter.Number(
        "page",
        "Number of the page, from 1. Reaches every item of a list of articles or events without `q`, else 10,000 items deep; not together with `cursor`.",
        1,
        int.MaxValue
    ) with
    {
        View = true,
    };

    public static readonly Parameter Cursor = new()
    {
        Name = "cursor",
        Description =
            "Where to go on: `page.next` or `page.previous` of an earlier answer to the same filters and sort. Costs the same at any depth and neither skips nor repeats an item. Not together with `page`.",
        Kind = ParameterKind.Cursor,
        MaxLength = 4_000,
        View = true,
    };

    public static readonly Parameter Count = Parameter.Choice(
        "count",
        "Whether to count what matches. `auto` is exact, but of more than 10,000 experts, topics, pages or redirects it says `atLeast`.",
        ["auto", "exact", "none"],
        "auto"
    ) with
    {
        View = true,
    };

    public static readonly Parameter IncludeBody = Included(["body"]);

    /// <summary>
    /// <see cref="IncludeBody"/>, and related data of a page that shows a list, see <see cref="Contracts.Cards.ListIncluded"/>.
    /// </summary>
    public static readonly Parameter IncludeInList = Included(["body", "menus"]);

    /// <summary><see cref="IncludeInList"/> for articles.</summary>
    public static readonly Parameter IncludeInArticles = Included(["body", "featured", "events", "menus"]);

    /// <summary>Related data of a page that shows a list, for lists without texts.</summary>
    public static readonly Parameter IncludeMenus = Included(["menus"]);

    /// <summary>The search in a list.</summary>
    public static readonly Parameter Search = Parameter.Search(
        "q",
        "Words to find: all of them, or any of those with `OR` between them; `\"in quotes\"` in this sequence, `-not` with this word. "
            + "Accents, case, hyphens and apostrophes do not matter, and forms of a word are found by the language of the text. "
            + "Words that occur nowhere are replaced by the nearest known words; `correctedQuery` then holds the corrected search. "
            + "Where nothing has all words, what has most of them is found, and `match` is `most`.",
        "strait"
    );

    /// <summary>Taken by every endpoint.</summary>
    public static readonly Parameter MinSequence = Parameter.Number(
        "minSequence",
        "The answer reflects at least the changes up to this sequence number, such as the `Content-Sequence` of an earlier answer.",
        0,
        int.MaxValue
    ) with
    {
        View = true,
        Once = true,
    };

    /// <summary>What a preview shows beside what is public.</summary>
    public static readonly Parameter Preview = Parameter.Choice(
        "preview",
        "Shows what is not public yet, to a key that may see it: `drafts`, with scheduled and embargoed items, with a key of scope `preview`; "
            + "`early`, embargoed articles and events on the topics of a key of scope `early`. `q` still looks among public words.",
        ["drafts", "early"]
    ) with
    {
        NeedsKey = true,
    };

    /// <summary>The moment a preview shows.</summary>
    public static readonly Parameter At = Parameter.Instant(
        "at",
        "Shows what will be public at this instant, at most 366 days from now, to a key of scope `preview`. Up to an hour ago counts as now."
    ) with
    {
        NeedsKey = true,
    };

    /// <summary>How long to wait for a change.</summary>
    public static readonly Parameter Wait = Parameter.Number(
        "wait",
        "Seconds to wait for a change when there is none yet. The answer comes with the next change, "
            + "and may be empty if that change does not match the request.",
        0,
        30
    ) with
    {
        View = true,
        Once = true,
    };

    /// <summary>Related data for the page of an item.</summary>
    public static Parameter Include(params string[] allowed) =>
        Parameter.Choices("include", "Related data to return beside the item.", allowed, string.Join(',', allowed)) with
        {
            View = true,
        };

    /// <summary>
    /// The exact set of members, from <typeparamref name="T"/>, and of related data from <typeparamref name="TIncluded"/>.
    /// </summary>
    public static Parameter Fields<T, TIncluded>(string? example = null) =>
        Fields<T>(example) with
        {
            Description =
                $"{Fields<T>().Description} `included.` before a name selects from what `include` adds (`included.menus.label`); lists there that are not named stay whole.",
            IncludedContract = typeof(TIncluded),
        };

    /// <summary>The exact set of members, from <typeparamref name="T"/>.</summary>
    public static Parameter Fields<T>(string? example = null) =>
        new()
        {
            Name = "fields",
            Description =
                "The members to answer, at any depth (`title,experts.name`), at most 1,500 bytes; `resource`, `id` and `slug` always stay.",
            Kind = ParameterKind.Fields,
            MaxItems = 50,
            // A redirect repeats the query in its Location header, and some proxies accept only 4 KB of headers.
            MaxTotal = 1_500,
            Example = example,
            Contract = typeof(T),
            View = true,
        };

    /// <summary>One of <paramref name="allowed"/>; a leading <c>-</c> means descending. The first is the default.</summary>
    public static Parameter Sort(params string[] allowed) =>
        Parameter.Choice(
            "sort",
            "The order of the list; `-` is descending. Ties are ordered by the immutable id.",
            allowed,
            allowed[0]
        ) with
        {
            IsSort = true,
        };

    /// <summary>A parameter as a format takes it; null where the format does not support it.</summary>
    public static Parameter? In(Format format, Parameter parameter) =>
        parameter.Name switch
        {
            "preview" or "at" when !format.HasPreviews => null,
            "fields" when !format.HasFields => null,
            "include" => Included([.. parameter.Allowed.Where(what => what == "body" ? format.HasFields : format.HasIncluded)], parameter),
            "view" => null,
            "facets" when !format.HasIncluded => null,
            "limit" when format.HasIncluded => parameter,
            // Without the parameter a calendar omits events long past, so its default value is not the same as omitting it.
            "when" when format == Format.Calendar => parameter with { MeansMoreThanNothing = true },
            "limit" when parameter.Default == Limit.Default => Limit with
            {
                Default = format.UsualLimit.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            _ => parameter,
        };

    private static Parameter Included(string[] allowed) => Parameter.Choices("include", IncludeText(allowed), allowed) with { View = true };

    private static Parameter? Included(string[] allowed, Parameter parameter) =>
        allowed.Length == 0 ? null
        : allowed.Length == parameter.Allowed.Count ? parameter
        : Included(allowed);

    private static string IncludeText(string[] allowed) =>
        string.Join(
            ' ',
            new[]
            {
                allowed.Contains("body") ? "`body` adds the texts, which lists otherwise leave out; not together with `fields`." : null,
                allowed.Contains("featured")
                    ? "`featured` and `events` add the newest featured articles and the events that end next, whatever the filters."
                    : null,
                allowed.Contains("menus") ? "`menus` adds all menus of the site." : null,
            }.OfType<string>()
        );

    /// <summary>The paging parameters of every list: <c>limit, page, cursor, count</c>.</summary>
    public static IReadOnlyList<Parameter> Paging { get; } = [Limit, Page, Cursor, Count];

    /// <summary>The paging parameters of lists with facets.</summary>
    public static IReadOnlyList<Parameter> FacetedPaging { get; } = [LimitOrNone, Page, Cursor, Count, Facets];
}

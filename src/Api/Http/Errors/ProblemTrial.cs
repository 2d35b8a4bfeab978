namespace Api.Http.Errors;

/// <summary>How to try out a kind of problem.</summary>
/// <param name="Fails">A request that causes the problem, as path and query; null when no link can.</param>
/// <param name="Works">A request that works instead; null for none.</param>
/// <param name="Why">A sentence that says what causes the problem where no link can; null where one can.</param>
internal sealed record ProblemTrial(string? Fails, string? Works, string? Why)
{
    // Written by this API for GET /v1/articles?limit=1.
    private const string CursorOfArticles = "AQAIn3_197WAAAAGYKJhrZwAEz3FUcSYUr6O7G8A88ndyJGzVNA_ZEqexrj7k_H6atc";

    private static readonly Dictionary<ProblemKind, ProblemTrial> All = new()
    {
        [ProblemKind.UnknownParameter] = Link("/v1/articles?topics=china", "/v1/articles?topic=china", worksInDemo: true),
        [ProblemKind.RepeatedParameter] = Link("/v1/articles?topic=china&topic=asia", "/v1/articles?topic=china,asia", worksInDemo: true),
        [ProblemKind.MissingParameter] = Link("/v1/resolve", "/v1/resolve?path=/about", worksInDemo: true),
        [ProblemKind.EmptyParameter] = Link("/v1/articles?topic=", "/v1/articles"),
        [ProblemKind.MalformedQuery] = Link("/v1/articles?topic=%FF", "/v1/articles?topic=china", worksInDemo: true),
        [ProblemKind.InvalidParameter] = Link("/v1/articles?publishedFrom=2024-02-30", "/v1/articles?publishedFrom=2024-02-29"),
        [ProblemKind.OutOfRange] = Link("/v1/articles?limit=1000", "/v1/articles?limit=100"),
        [ProblemKind.TooLong] = Link($"/v1/articles?topic={new string('x', 201)}", "/v1/articles?topic=china", worksInDemo: true),
        [ProblemKind.TooManyValues] = Link(
            $"/v1/articles?topic={string.Join(',', Enumerable.Range(1, 51))}",
            "/v1/articles?topic=china,asia",
            worksInDemo: true
        ),
        [ProblemKind.UnknownValue] = Link("/v1/articles?topic=chnia", "/v1/articles?topic=china", worksInDemo: true),
        [ProblemKind.GoneValue] = Link("/v1/articles?topic=pandemic-desk", "/v1/articles", failsInDemo: true),
        [ProblemKind.ConflictingParameters] = Link("/v1/articles?fields=title&include=body", "/v1/articles?fields=title,bodyHtml"),
        [ProblemKind.PageTooDeep] = Link("/v1/articles?q=strait&limit=100&page=101", "/v1/articles?q=strait&limit=100&page=100"),
        [ProblemKind.InvalidCursor] = Link("/v1/articles?cursor=abc", "/v1/articles"),
        [ProblemKind.ForeignCursor] = Link($"/v1/events?cursor={CursorOfArticles}", "/v1/events"),
        [ProblemKind.BadRequest] = NoLink("A link cannot cause it, as browsers send valid HTTP."),
        [ProblemKind.InvalidHost] = NoLink("A link cannot cause it, as browsers send the host of the address. curl -H 'Host: a b' does."),
        [ProblemKind.InvalidSignature] = NoLink("A link cannot cause it: only POST requests of another system are signed."),
        [ProblemKind.InvalidKey] = NoLink(
            "A link cannot cause it, as it takes the header Authorization. curl -H 'Authorization: Bearer x' does."
        ),
        [ProblemKind.KeyRequired] = Link("/v1/articles?preview=drafts", "/v1/articles"),
        [ProblemKind.InsufficientScope] = NoLink("A link cannot cause it, as it takes a key of another scope in the header Authorization."),
        [ProblemKind.UnknownRoute] = Link("/v1/artikles", "/v1/articles"),
        [ProblemKind.NotFound] = Link("/v1/articles/no-such-article", "/v1/articles"),
        [ProblemKind.MethodNotAllowed] = NoLink("A link cannot cause it, as links are followed by GET. curl -X POST does."),
        [ProblemKind.NotAcceptable] = NoLink(
            "A link cannot cause it, as browsers accept every format. curl -H 'Accept: text/html' at any address below /v1 does."
        ),
        [ProblemKind.Gone] = Link("/v1/articles/tariff-tables-for-fifty-ports", "/v1/articles", failsInDemo: true),
        [ProblemKind.ResyncRequired] = Link("/v1/changes?since=231.ug0Xb1qZ", "/v1/changes?since=0"),
        [ProblemKind.PreconditionFailed] = NoLink(
            "A link cannot cause it, as it takes the header If-Match, for a download of /v1/snapshot."
        ),
        [ProblemKind.ContentTooLarge] = NoLink("A link cannot cause it, as a GET request has no body."),
        [ProblemKind.UriTooLong] = Link($"/v1/articles?q={new string('x', 8_000)}", "/v1/articles?q=strait"),
        [ProblemKind.RangeNotSatisfiable] = NoLink("A link cannot cause it, as it takes the header Range, for a download of /v1/snapshot."),
        [ProblemKind.RateLimited] = NoLink("A link cannot cause it: it takes many connections at the same time, or a key."),
        [ProblemKind.HeadersTooLarge] = NoLink("A link cannot cause it, as it takes headers of more than 32 KB."),
        [ProblemKind.InternalError] = NoLink("No request is known to cause it: one that does is an error of the program."),
        [ProblemKind.ServiceUnavailable] = NoLink("A link cannot cause it: it depends on the database and on the load."),
    };

    /// <summary>Whether <see cref="Fails"/> causes the problem with the demo content only.</summary>
    public bool FailsInDemo { get; private init; }

    /// <summary>Whether <see cref="Works"/> works with the demo content only.</summary>
    public bool WorksInDemo { get; private init; }

    /// <summary>The trial of a kind; every kind has one.</summary>
    public static ProblemTrial Of(ProblemKind kind) => All[kind];

    private static ProblemTrial Link(string fails, string works, bool failsInDemo = false, bool worksInDemo = false) =>
        new(fails, works, null) { FailsInDemo = failsInDemo, WorksInDemo = worksInDemo };

    private static ProblemTrial NoLink(string why) => new(null, null, why);
}

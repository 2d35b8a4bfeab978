using Api.Http.Errors;
using Api.Http.Keys;
using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Http.OpenApi;

/// <summary>An example of every kind of problem, for the OpenAPI document and the problem pages.</summary>
internal static class ProblemExamples
{
    private static readonly Parameter Topic = Parameter.Slugs("topic", "", allOf: "topicAll");
    private static readonly Parameter PublishedFrom = Parameter.Date("publishedFrom", "");

    private static readonly Problem[] All =
    [
        QueryProblems.UnknownParameter("topics", ["limit", "page", "cursor", "count", "topic", "topicAll"]),
        QueryProblems.RepeatedParameter(Topic),
        QueryProblems.MissingParameter(Parameter.Text("path", "", "/about")),
        QueryProblems.EmptyParameter(Topic),
        QueryProblems.MalformedQuery("topic", null),
        QueryProblems.InvalidParameter(
            PublishedFrom,
            "2024-02-30",
            "a date that exists, such as 2024-02-29, or an instant with Z or an offset, such as 2024-02-29T13:00:00Z"
        ),
        QueryProblems.OutOfRange(ListParameters.Limit, "1000"),
        QueryProblems.TooLong(Topic),
        QueryProblems.TooManyValues(Topic),
        QueryProblems.UnknownValue(Topic, "chnia", ["china"]),
        QueryProblems.GoneValue(Topic, "pandemic-desk"),
        QueryProblems.ConflictingParameters("fields", "include", "Name bodyHtml or bodyText in fields instead."),
        QueryProblems.PageTooDeep(100),
        QueryProblems.InvalidCursor(),
        QueryProblems.ForeignCursor(),
        Problems.BadRequest("The request is not valid HTTP."),
        Problems.InvalidHost(),
        Problems.InvalidSignature("webhook-timestamp has to be the seconds since 1970, within five minutes of the time here."),
        Problems.UnknownKey(),
        Problems.KeyRequired(),
        Problems.InsufficientScope(GrantedKey.PreviewScope),
        Problems.UnknownRoute("/v1/artikles"),
        Problems.NotFound("article", "no-such-article"),
        Problems.Gone("article", "tariff-tables-for-fifty-ports", "retracted"),
        Problems.ResyncRequired(Parameter.Text("since", ""), "https://api.example.org/v1/snapshot"),
        Problems.MethodNotAllowed("POST", ["GET", "HEAD", "OPTIONS"]),
        Problems.NotAcceptable(["https://api.example.org/v1/articles.json"]),
        Problems.PreconditionFailed(),
        Problems.ContentTooLarge(16_384),
        Problems.UriTooLong(RequestLimits.LongestTarget),
        Problems.RangeNotSatisfiable(1_000),
        Problems.TooManyListeners(),
        Problems.HeadersTooLarge(),
        Problems.InternalError(),
        Problems.ServiceUnavailable(),
    ];

    /// <summary>The example of a kind; every kind has one.</summary>
    public static Problem Of(ProblemKind kind) => All.First(problem => problem.Kind == kind);
}

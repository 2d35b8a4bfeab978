using Api.Http.Errors;
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
        Problems.UnknownParameter("topics", ["limit", "page", "cursor", "count", "topic", "topicAll"]),
        Problems.RepeatedParameter(Topic),
        Problems.MissingParameter(Parameter.Text("path", "", "/about")),
        Problems.EmptyParameter(Topic),
        Problems.MalformedQuery("topic", null),
        Problems.InvalidParameter(
            PublishedFrom,
            "2024-02-30",
            "a date that exists, such as 2024-02-29, or an instant with Z or an offset, such as 2024-02-29T13:00:00Z"
        ),
        Problems.OutOfRange(ListParameters.Limit, "1000"),
        Problems.TooLong(Topic),
        Problems.TooManyValues(Topic),
        Problems.UnknownValue(Topic, "chnia", ["china"]),
        Problems.GoneValue(Topic, "old-topic"),
        Problems.ConflictingParameters("fields", "include", "Name bodyHtml or bodyText in fields instead."),
        Problems.PageTooDeep(100),
        Problems.InvalidCursor(),
        Problems.ForeignCursor(),
        Problems.SearchTooBroad(),
        Problems.BadRequest("The request is not valid HTTP."),
        Problems.InvalidHost(),
        Problems.InvalidSignature("webhook-timestamp has to be the seconds since 1970, within five minutes of the time here."),
        Problems.UnknownRoute("/v1/artikles"),
        Problems.NotFound("article", "no-such-article"),
        Problems.Gone("article", "an-old-article", "retracted"),
        Problems.ResyncRequired(Parameter.Text("since", ""), "https://api.example.org/v1/snapshot"),
        Problems.MethodNotAllowed("POST", ["GET", "HEAD", "OPTIONS"]),
        Problems.NotAcceptable(["https://api.example.org/v1/articles.json"]),
        Problems.PreconditionFailed(),
        Problems.ContentTooLarge(16_384),
        Problems.UriTooLong(RequestLimits.LongestTarget),
        Problems.RangeNotSatisfiable(1_000),
        Problems.HeadersTooLarge(),
        Problems.InternalError(),
        Problems.ServiceUnavailable(),
    ];

    /// <summary>The example of a kind; every kind has one.</summary>
    public static Problem Of(ProblemKind kind) => All.First(problem => problem.Kind == kind);
}

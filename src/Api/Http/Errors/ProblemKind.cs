using System.Reflection;

namespace Api.Http.Errors;

/// <summary>An entry in the catalogue of problems.</summary>
/// <param name="Code">Machine-readable code; never changes.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">Human-readable title, the same for every request.</param>
/// <param name="Explanation">Plain text for the page that <c>type</c> links to.</param>
internal sealed record ProblemKind(string Code, int Status, string Title, string Explanation)
{
    public static readonly ProblemKind UnknownParameter = new(
        "unknown-parameter",
        400,
        "Unknown parameter",
        "The query has a parameter that this address does not take. Names are case-sensitive and have no brackets: a list is topic=china,asia, not topic[]=china. Only utm_*, fbclid and gclid are dropped silently: a misspelt filter that was ignored would answer with far too much."
    );

    public static readonly ProblemKind RepeatedParameter = new(
        "repeated-parameter",
        400,
        "Repeated parameter",
        "A parameter may appear once. A comma separates values any of which may match; where all have to match there is a parameter of its own, such as topicAll. Clients generated from the OpenAPI document write arrays with commas."
    );

    public static readonly ProblemKind MissingParameter = new(
        "missing-parameter",
        400,
        "Missing parameter",
        "This address has no answer without the parameter."
    );

    public static readonly ProblemKind EmptyParameter = new(
        "empty-parameter",
        400,
        "Empty parameter",
        "A parameter is there without a value, or a comma list has an empty place. Leave the parameter out instead."
    );

    public static readonly ProblemKind MalformedQuery = new(
        "malformed-query",
        400,
        "Malformed query",
        "The query cannot be decoded: it has a percent sign without two hexadecimal digits, bytes that are not UTF-8, or a control character such as NUL."
    );

    public static readonly ProblemKind InvalidParameter = new(
        "invalid-parameter",
        400,
        "Invalid parameter",
        "The value is not of the form this parameter takes: a number, true or false, a date, an instant, a year, a language tag."
    );

    public static readonly ProblemKind OutOfRange = new(
        "out-of-range",
        400,
        "Out of range",
        "The number is smaller or larger than this parameter allows. "
            + "It is never silently brought into range: a client could otherwise believe that it has seen everything."
    );

    public static readonly ProblemKind TooLong = new(
        "too-long",
        400,
        "Value too long",
        "The value, one value of a comma list, or the list as a whole has more bytes of UTF-8 than this parameter allows."
    );

    public static readonly ProblemKind TooManyValues = new(
        "too-many-values",
        400,
        "Too many values",
        "The comma list has more values than this parameter allows. Ask in several requests."
    );

    public static readonly ProblemKind UnknownValue = new(
        "unknown-value",
        400,
        "Unknown value",
        "No such value exists. Where the list of values is short, allowed holds all of them; else it holds up to five that are spelt nearly the same."
    );

    public static readonly ProblemKind GoneValue = new(
        "gone-value",
        410,
        "Value is gone",
        "The value named something that was public once and has been withdrawn. Remove it from the query."
    );

    public static readonly ProblemKind ConflictingParameters = new(
        "conflicting-parameters",
        400,
        "Conflicting parameters",
        "Two parameters contradict each other: page counts pages while cursor follows links; fields names the exact members while include=body adds some."
    );

    public static readonly ProblemKind PageTooDeep = new(
        "page-too-deep",
        400,
        "Page too deep",
        "Of searches, experts, topics, pages and redirects, pages are counted up to 10,000 items deep. Beyond, follow page.next: a cursor costs the same at any depth."
    );

    public static readonly ProblemKind InvalidCursor = new(
        "invalid-cursor",
        400,
        "Invalid cursor",
        "The cursor was not written by this API, or was cut or changed on the way. Start again without it."
    );

    public static readonly ProblemKind ForeignCursor = new(
        "foreign-cursor",
        400,
        "Cursor of another list",
        "The cursor belongs to other filters, another sort or another address. limit, fields, include and count may change along a walk; the rest may not."
    );

    public static readonly ProblemKind BadRequest = new(
        "bad-request",
        400,
        "Bad request",
        "The request is not valid HTTP, or its headers are too large."
    );

    public static readonly ProblemKind InvalidHost = new(
        "invalid-host",
        400,
        "Invalid host",
        "The Host header is not a host name with an optional port."
    );

    public static readonly ProblemKind UnknownRoute = new(
        "unknown-route",
        404,
        "Unknown address",
        "Nothing is served at this address. /v1 lists everything there is."
    );

    public static readonly ProblemKind NotFound = new(
        "not-found",
        404,
        "Not found",
        "No such item is public. A list shows the slugs there are."
    );

    public static readonly ProblemKind Gone = new(
        "gone",
        410,
        "Gone",
        "The item was public once and has been withdrawn; reason says why. Delete copies of it."
    );

    public static readonly ProblemKind ResyncRequired = new(
        "resync-required",
        410,
        "Start again from a snapshot",
        "The token belongs to another history of the content: a backup was restored since, or the token is from another instance. Read a snapshot (allowed has its address), keep only its items, and follow the changes from the token at its end."
    );

    public static readonly ProblemKind MethodNotAllowed = new(
        "method-not-allowed",
        405,
        "Method not allowed",
        "The API is for reading: GET, HEAD and OPTIONS."
    );

    public static readonly ProblemKind NotAcceptable = new(
        "not-acceptable",
        406,
        "Not acceptable",
        "The Accept header excludes every format there is. The suffix of the address alone chooses the format, so leave the header out or send */*."
    );

    public static readonly ProblemKind UriTooLong = new(
        "uri-too-long",
        414,
        "Address too long",
        "Path and query have more than 8,000 characters. Ask in several requests."
    );

    public static readonly ProblemKind PreconditionFailed = new(
        "precondition-failed",
        412,
        "Precondition failed",
        "The file has changed since the version that If-Match names. Send If-Range instead to continue a download of an unchanged file and to restart the download of a changed one."
    );

    public static readonly ProblemKind InvalidSignature = new(
        "invalid-signature",
        401,
        "Invalid signature",
        "A call of another system has no signature, an old one, or one made with another secret. The headers are those of Standard Webhooks: webhook-id, webhook-timestamp in seconds, and webhook-signature with v1, a comma and the HMAC-SHA256 of id, timestamp and body in Base64."
    );

    public static readonly ProblemKind ContentTooLarge = new(
        "content-too-large",
        413,
        "Content too large",
        "The body of the request is longer than what is read at this address."
    );

    public static readonly ProblemKind RangeNotSatisfiable = new(
        "range-not-satisfiable",
        416,
        "Range not satisfiable",
        "The range begins behind the end of the file. Content-Range says how many bytes there are; a download that is as long already is complete."
    );

    public static readonly ProblemKind HeadersTooLarge = new(
        "headers-too-large",
        431,
        "Headers too large",
        "The headers of the request are larger than 32 KB or more than 100."
    );

    public static readonly ProblemKind InvalidKey = new(
        "invalid-key",
        401,
        "Invalid key",
        "The header Authorization: Bearer holds no key, or one that is unknown, revoked or expired. Public content needs no key: leave the header out, or ask who runs the API for a key."
    );

    public static readonly ProblemKind KeyRequired = new(
        "key-required",
        401,
        "Key required",
        "preview and at show what is not public yet, to those with a key: send it as the header Authorization: Bearer. Without the parameter the address answers with what is public."
    );

    public static readonly ProblemKind InsufficientScope = new(
        "insufficient-scope",
        403,
        "Insufficient scope",
        "The key is valid, but not for this parameter: preview=drafts and at take a key of scope preview, preview=early takes one of scope early. allowed holds the scope that would do."
    );

    public static readonly ProblemKind RateLimited = new(
        "rate-limited",
        429,
        "Too many requests",
        "One client asks for more than its share: too many requests of one address wait for changes, too many searches of one network wait, a key is used more often than it may be, or too many keys of one address were refused. Try again after the seconds that the Retry-After header names."
    );

    public static readonly ProblemKind InternalError = new(
        "internal-error",
        500,
        "Internal error",
        "Something unexpected happened. The traceId finds the request in the server's log."
    );

    public static readonly ProblemKind ServiceUnavailable = new(
        "service-unavailable",
        503,
        "Service unavailable",
        "The database does not answer or took too long, or too much is asked for at once. Try again after the seconds that the Retry-After header names."
    );

    /// <summary>Every kind, by status.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        .. typeof(ProblemKind)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (ProblemKind)field.GetValue(null)!)
            .OrderBy(kind => kind.Status)
            .ThenBy(kind => kind.Code, StringComparer.Ordinal),
    ];
}

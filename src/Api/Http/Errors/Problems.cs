using Api.Http.Parameters;
using static System.FormattableString;
using static Api.Http.Errors.ProblemText;

namespace Api.Http.Errors;

/// <summary>
/// The problems of the API, one method for each error; those of query parameters are <see cref="QueryProblems"/>. Every detail says what
/// would have worked.
/// </summary>
internal static class Problems
{
    /// <summary>A token of another history of the content. <paramref name="snapshot"/>: the URL to start over from.</summary>
    public static Problem ResyncRequired(Parameter parameter, string snapshot) =>
        Of(
            ProblemKind.ResyncRequired,
            parameter.Name,
            $"'{parameter.Name}' belongs to another history of the content. Start again with {snapshot}, or with {parameter.Name}=0 and an empty copy.",
            snapshot
        );

    /// <summary>No such item is public. The detail does not reveal whether it is hidden or never existed.</summary>
    public static Problem NotFound(string resource, string slug) => new(ProblemKind.NotFound, $"There is no {resource} '{Show(slug)}'.");

    /// <summary>An address of the old site that is a date archive.</summary>
    public static Problem ArchiveOfDates(string path, DateOnly first, DateOnly last) =>
        new(
            ProblemKind.NotFound,
            Invariant(
                $"'{Show(path)}' is an archive of dates, which leads to no item. /v1/articles?publishedFrom={first:yyyy-MM-dd}&publishedTo={last:yyyy-MM-dd} lists what it showed."
            )
        );

    /// <summary>The item was withdrawn. <paramref name="reason"/>: unpublished, retracted, merged, expired, deleted.</summary>
    public static Problem Gone(string resource, string slug, string reason) =>
        new(ProblemKind.Gone, $"The {resource} '{Show(slug)}' has been withdrawn ({reason}). Delete copies of it.") { Reason = reason };

    public static Problem UnknownRoute(string path) =>
        new(ProblemKind.UnknownRoute, $"Nothing is served at '{Show(path)}'. /v1 lists everything there is.");

    public static Problem MethodNotAllowed(string method, IReadOnlyList<string> allowed) =>
        new(ProblemKind.MethodNotAllowed, $"{Show(method)} is not possible here; {string.Join(", ", allowed)} are.") { Allowed = allowed };

    /// <summary>A webhook call whose signature is missing or wrong; <paramref name="detail"/> says why.</summary>
    public static Problem InvalidSignature(string detail) => new(ProblemKind.InvalidSignature, detail);

    /// <summary>A body of more than <paramref name="max"/> bytes.</summary>
    public static Problem ContentTooLarge(int max) =>
        new(ProblemKind.ContentTooLarge, Invariant($"A body has at most {max:N0} bytes here."));

    /// <summary><paramref name="urls"/>: the same resource in every format.</summary>
    public static Problem NotAcceptable(IReadOnlyList<string> urls) =>
        new(
            ProblemKind.NotAcceptable,
            "The Accept header excludes the format of this address. The suffix chooses it; send Accept: */* or none."
        )
        {
            Allowed = urls,
        };

    public static Problem UriTooLong(int max) => new(ProblemKind.UriTooLong, Invariant($"Path and query have at most {max} characters."));

    public static Problem PreconditionFailed() =>
        new(
            ProblemKind.PreconditionFailed,
            "The file has changed since the version that If-Match names. Send the request without If-Match."
        );

    /// <summary><paramref name="length"/>: length of the whole file, in bytes.</summary>
    public static Problem RangeNotSatisfiable(long length) =>
        new(
            ProblemKind.RangeNotSatisfiable,
            Invariant($"The file has {length} bytes, so a range starts at byte {length - 1} at most. Omit Range to get the whole file.")
        );

    public static Problem HeadersTooLarge() => new(ProblemKind.HeadersTooLarge, "The headers of the request are too large.");

    public static Problem BadRequest(string detail) => new(ProblemKind.BadRequest, detail);

    public static Problem InvalidHost() => new(ProblemKind.InvalidHost, "The Host header has to be a host name with an optional port.");

    public static Problem InternalError() => new(ProblemKind.InternalError, "Something unexpected happened. Please report the traceId.");

    public static Problem ServiceUnavailable() =>
        new(ProblemKind.ServiceUnavailable, "The database does not answer at the moment. Try again shortly.") { RetryAfter = 5 };

    /// <summary>The in-memory lists are not available.</summary>
    public static Problem ListsNotRead() =>
        new(ProblemKind.ServiceUnavailable, "The lists are just being read into memory. Try again in a second.") { RetryAfter = 1 };

    /// <summary>More requests than the API can answer in time.</summary>
    public static Problem Overloaded() =>
        new(ProblemKind.ServiceUnavailable, "The API receives more requests than it can answer at the moment. Try again in a second.")
        {
            RetryAfter = 1,
        };

    /// <summary>One client has more requests that wait for changes than the settings allow.</summary>
    public static Problem TooManyListeners() =>
        new(
            ProblemKind.RateLimited,
            "Too many requests from this address wait for changes. Close some of them, or let one connection pass the events on."
        )
        {
            RetryAfter = 30,
        };

    /// <summary>Seconds that a search waits for a place of its network, and after which another request may have one.</summary>
    public const int SearchWaitSeconds = 2;

    /// <summary>One network has more searches that wait than it may.</summary>
    public static Problem TooManySearches() =>
        new(
            ProblemKind.RateLimited,
            Invariant(
                $"Too many requests with q or facets come from your network at the same time. Send fewer at once, and the next in {SearchWaitSeconds} seconds. Lists without q and facets are not limited. The server of a front end sends a key, or who runs this API names its address in Search__Unlimited__0."
            )
        )
        {
            RetryAfter = SearchWaitSeconds,
        };

    /// <summary>A header Authorization with something else than a key.</summary>
    public static Problem MalformedKey() =>
        new(
            ProblemKind.InvalidKey,
            "What follows Bearer is no key. A key is cak_, 8 characters, _ and 36 characters; send the header Authorization: Bearer with it once, or leave the header out."
        );

    /// <summary>No such key, or another secret than the key has.</summary>
    public static Problem UnknownKey() =>
        new(ProblemKind.InvalidKey, "There is no such key. Ask who runs this API for one, or leave the header Authorization out.");

    public static Problem RevokedKey() =>
        new(ProblemKind.InvalidKey, "The key is revoked. Ask who runs this API for another one, or leave the header Authorization out.");

    public static Problem ExpiredKey() =>
        new(ProblemKind.InvalidKey, "The key has expired. Ask who runs this API for another one, or leave the header Authorization out.");

    /// <summary>A preview without a key.</summary>
    public static Problem KeyRequired() =>
        new(
            ProblemKind.KeyRequired,
            "preview and at need a key: send the header Authorization: Bearer with one, or leave the parameter out for what is public."
        );

    /// <summary>A preview with a key of another scope; <paramref name="needed"/>: the scope that would do.</summary>
    public static Problem InsufficientScope(string needed) =>
        new(
            ProblemKind.InsufficientScope,
            $"This takes a key of scope {needed}, which yours is not. Ask who runs this API for one, or leave the parameter out."
        )
        {
            Allowed = [needed],
        };

    /// <summary>The login for previews is not set up.</summary>
    public static Problem PreviewsAreOff() =>
        new(ProblemKind.ServiceUnavailable, "Previews are not set up here. Leave preview and at out for what is public.")
        {
            RetryAfter = 60,
        };

    /// <summary>More requests with a key than it may make in a minute.</summary>
    /// <param name="most">The most requests.</param>
    /// <param name="seconds">Until the next minute begins.</param>
    public static Problem TooManyRequestsOfKey(int most, int seconds) =>
        new(ProblemKind.RateLimited, Invariant($"The key may be used {most} times a minute. Try again in {seconds} seconds."))
        {
            RetryAfter = seconds,
        };

    /// <summary>One address has sent many keys that are none.</summary>
    public static Problem TooManyRefusedKeys() =>
        new(
            ProblemKind.RateLimited,
            "Too many keys of this address were refused. Try again in a minute; without the header Authorization you get an answer now."
        )
        {
            RetryAfter = 60,
        };

    private static Problem Of(ProblemKind kind, string parameter, string detail, params IReadOnlyList<string> allowed) =>
        new(kind, detail) { Parameter = parameter, Allowed = allowed };
}

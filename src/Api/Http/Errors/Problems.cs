using Api.Http.Parameters;
using static System.FormattableString;
using static Api.Http.Errors.ProblemText;

namespace Api.Http.Errors;

/// <summary>The problems of the API, one method for each error. Every detail says what would have worked.</summary>
internal static class Problems
{
    /// <summary>A parameter that the endpoint does not take.</summary>
    public static Problem UnknownParameter(string name, IReadOnlyList<string> declared) =>
        Of(
            ProblemKind.UnknownParameter,
            Show(name),
            $"There is no parameter '{Show(name)}' here{DidYouMean(name, declared)} {AllowedText(declared)}",
            declared
        );

    /// <summary>
    /// A parameter name with brackets, as other APIs write lists and filters; <paramref name="meant"/> is the parameter it refers to.
    /// </summary>
    public static Problem BracketedParameter(string name, Parameter meant, IReadOnlyList<string> declared) =>
        Of(
            ProblemKind.UnknownParameter,
            Show(name),
            $"There is no parameter '{Show(name)}' here: names have no brackets. {HowToWrite(meant)} {AllowedText(declared)}",
            declared
        );

    /// <summary>The same parameter twice.</summary>
    public static Problem RepeatedParameter(Parameter parameter) =>
        Of(
            ProblemKind.RepeatedParameter,
            parameter.Name,
            $"'{parameter.Name}' is there more than once. {HowToWrite(parameter)}",
            parameter.Allowed
        );

    /// <summary>A required parameter is missing.</summary>
    public static Problem MissingParameter(Parameter parameter) =>
        Of(
            ProblemKind.MissingParameter,
            parameter.Name,
            $"'{parameter.Name}' is missing.{(parameter.Example is null ? "" : $" Write {parameter.Name}={parameter.Example}.")}{AllowedSuffix(parameter)}",
            parameter.Allowed
        );

    /// <summary>No value, or an empty place in a comma list.</summary>
    public static Problem EmptyParameter(Parameter parameter) =>
        Of(
            ProblemKind.EmptyParameter,
            parameter.Name,
            $"'{parameter.Name}' has an empty value. Leave it out, or give it one.{AllowedSuffix(parameter)}",
            parameter.Allowed
        );

    /// <summary>Bytes that are not valid text.</summary>
    public static Problem MalformedQuery(string name, Parameter? parameter) =>
        Of(
            ProblemKind.MalformedQuery,
            Show(name),
            $"'{Show(name)}' cannot be decoded. Write text as UTF-8, percent-encoded, without control characters.",
            parameter?.Allowed ?? []
        );

    /// <summary>A value of the wrong form; <paramref name="expected"/> completes "Expected …".</summary>
    public static Problem InvalidParameter(Parameter parameter, string value, string expected) =>
        Of(
            ProblemKind.InvalidParameter,
            parameter.Name,
            $"'{Show(value)}' is not a value of '{parameter.Name}'. Expected {expected}.",
            parameter.Allowed
        );

    /// <summary>A sequence number that the content has not reached.</summary>
    public static Problem SequenceAhead(long asked, long head) =>
        Of(
            ProblemKind.OutOfRange,
            ListParameters.MinSequence.Name,
            Invariant($"'minSequence' is {asked}, but the content is at {head}. Take a number from Content-Sequence, or leave it out.")
        );

    /// <summary>A number out of bounds.</summary>
    public static Problem OutOfRange(Parameter parameter, string value) =>
        Of(
            ProblemKind.OutOfRange,
            parameter.Name,
            Invariant($"'{parameter.Name}' is from {parameter.Min} to {parameter.Max}, not {Show(value)}."),
            Invariant($"{parameter.Min}..{parameter.Max}")
        );

    /// <summary>A value with too many bytes.</summary>
    public static Problem TooLong(Parameter parameter) =>
        Of(
            ProblemKind.TooLong,
            parameter.Name,
            Invariant($"A value of '{parameter.Name}' has at most {parameter.MaxLength} bytes of UTF-8.{AllowedSuffix(parameter)}"),
            parameter.Allowed
        );

    /// <summary>A comma list with too many bytes.</summary>
    public static Problem TooLongList(Parameter parameter) =>
        Of(
            ProblemKind.TooLong,
            parameter.Name,
            Invariant($"'{parameter.Name}' has at most {parameter.MaxTotal} bytes of UTF-8 in all. ")
                + "Name a whole member instead of each member inside it."
        );

    /// <summary>A text with too many characters.</summary>
    public static Problem TooLongText(Parameter parameter, int max) =>
        Of(ProblemKind.TooLong, parameter.Name, Invariant($"'{parameter.Name}' has at most {max} characters."));

    /// <summary>A search with too many words.</summary>
    public static Problem TooManyWords(Parameter parameter, int max) =>
        Of(
            ProblemKind.TooManyValues,
            parameter.Name,
            Invariant($"'{parameter.Name}' takes at most {max} words and phrases. Leave out the least specific ones.")
        );

    /// <summary>A comma list with too many values.</summary>
    public static Problem TooManyValues(Parameter parameter) =>
        Of(
            ProblemKind.TooManyValues,
            parameter.Name,
            Invariant($"'{parameter.Name}' takes at most {parameter.MaxItems} values. Ask in several requests."),
            parameter.Allowed
        );

    /// <summary>A value that is not allowed.</summary>
    public static Problem UnknownValue(Parameter parameter, string value) =>
        UnknownValue(parameter, value, parameter.Allowed, closed: true);

    /// <summary>A value that no public item has, such as an unknown topic slug.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The requested value.</param>
    /// <param name="candidates">Visible values to take suggestions from.</param>
    /// <param name="closed">True when <paramref name="candidates"/> holds all values, few enough to list.</param>
    public static Problem UnknownValue(Parameter parameter, string value, IReadOnlyList<string> candidates, bool closed = false)
    {
        var nearest = Nearest.Of(value, candidates, 5);
        return Of(
            ProblemKind.UnknownValue,
            parameter.Name,
            $"'{parameter.Name}' has no value '{Show(value)}'{DidYouMean(nearest)}{(IsSplitOtherwise(parameter, value) ? " " + HowToWrite(parameter) : "")}{(closed ? " " + AllowedText(candidates) : "")}",
            closed ? candidates : nearest
        );
    }

    /// <summary>A value of an item that was withdrawn.</summary>
    public static Problem GoneValue(Parameter parameter, string value) =>
        Of(ProblemKind.GoneValue, parameter.Name, $"'{Show(value)}' was a value of '{parameter.Name}' and has been withdrawn. Remove it.");

    /// <summary>A value whose item was merged into another one.</summary>
    public static Problem MergedValue(Parameter parameter, string value, string successor) =>
        Of(
            ProblemKind.GoneValue,
            parameter.Name,
            $"'{Show(value)}' was a value of '{parameter.Name}' and has been merged into '{successor}'. Follow that one, from the beginning.",
            successor
        );

    /// <summary>Two parameters that contradict each other.</summary>
    public static Problem ConflictingParameters(string one, string other, string detail) =>
        Of(ProblemKind.ConflictingParameters, one, $"'{one}' and '{other}' do not go together. {detail}", one, other);

    /// <summary>A page number beyond the last row that page numbers reach.</summary>
    public static Problem PageTooDeep(int limit)
    {
        var last = ListParameters.DeepestRow / limit;
        return Of(
            ProblemKind.PageTooDeep,
            "page",
            Invariant($"With limit={limit} the last page that can be asked for by number is {last}. Go on from there with page.next."),
            Invariant($"1..{last}")
        );
    }

    /// <summary>A text that is not a cursor.</summary>
    public static Problem InvalidCursor() =>
        Of(
            ProblemKind.InvalidCursor,
            "cursor",
            "This cursor was not written here, or was cut on the way. Take page.next of an answer as it is, or start without a cursor."
        );

    /// <summary>A cursor of another list.</summary>
    public static Problem ForeignCursor() =>
        Of(
            ProblemKind.ForeignCursor,
            "cursor",
            "This cursor belongs to other filters or another sort. Keep them along a walk, or start without a cursor.",
            "limit",
            "fields",
            "include",
            "count"
        );

    /// <summary>A search that exceeds the statement timeout.</summary>
    public static Problem SearchTooBroad() =>
        Of(
            ProblemKind.SearchTooBroad,
            ListParameters.Search.Name,
            "Looking for these words takes too long. Add a word that fewer texts have, or a filter; if it was quicker before, try again later."
        );

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

    private static Problem Of(ProblemKind kind, string parameter, string detail, params IReadOnlyList<string> allowed) =>
        new(kind, detail) { Parameter = parameter, Allowed = allowed };
}

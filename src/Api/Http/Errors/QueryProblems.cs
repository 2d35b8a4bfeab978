using Api.Http.Parameters;
using static System.FormattableString;
using static Api.Http.Errors.ProblemText;

namespace Api.Http.Errors;

/// <summary>The problems of query parameters, one method for each error. Every detail says what would have worked.</summary>
internal static class QueryProblems
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

    /// <summary>A key in the address, where logs, histories and caches keep it.</summary>
    public static Problem KeyInAddress(string name, IReadOnlyList<string> declared) =>
        Of(
            ProblemKind.UnknownParameter,
            Show(name),
            $"'{Show(name)}' holds a key. Addresses are logged, so no parameter takes keys: send it as the header 'Authorization: Bearer …', and have this one revoked.",
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

    /// <summary>An instant that no preview reaches; <paramref name="days"/>: the most days from now.</summary>
    public static Problem MomentOutOfRange(Parameter parameter, int days) =>
        Of(
            ProblemKind.OutOfRange,
            parameter.Name,
            Invariant($"'{parameter.Name}' is from an hour ago, which counts as now, to {days} days from now.")
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

    /// <summary><c>fields</c> selects from related data that <c>include</c> does not ask for.</summary>
    /// <param name="list">The list.</param>
    /// <param name="includable">What <c>include</c> takes at this address.</param>
    public static Problem NotIncluded(string list, IReadOnlyList<string> includable) =>
        Of(
            ProblemKind.ConflictingParameters,
            "fields",
            includable.Contains(list)
                ? $"fields selects from included.{list}: let include name {list} as well."
                : $"fields selects from included.{list}, which is not included here. include takes {string.Join(", ", includable)}.",
            "fields",
            "include"
        );

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
            "This cursor belongs to other filters, another sort, or an earlier order of titles. Keep filters and sort along a walk, or start without a cursor.",
            "limit",
            "fields",
            "include",
            "count"
        );

    private static Problem Of(ProblemKind kind, string parameter, string detail, params IReadOnlyList<string> allowed) =>
        new(kind, detail) { Parameter = parameter, Allowed = allowed };
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Api.Http.Errors;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Site;

namespace Api.Http.Requests;

/// <summary>Parses the text of one parameter by its kind. Pure.</summary>
internal static partial class ParameterReader
{
    /// <summary>The value that <see cref="Query"/> stores and its canonical parts, or the problem.</summary>
    public static (object? Value, IReadOnlyList<string> Parts, Problem? Problem) Read(
        Parameter parameter,
        string text,
        SiteCalendar calendar
    )
    {
        if (parameter.IsList)
            return ReadList(parameter, text);
        if (Encoding.UTF8.GetByteCount(text) > parameter.MaxLength)
            return (null, [], QueryProblems.TooLong(parameter));
        var (value, problem) = parameter.Kind switch
        {
            ParameterKind.Choice => ReadChoice(parameter, text),
            ParameterKind.Number => ReadNumber(parameter, text, "a whole number"),
            ParameterKind.Flag => ReadFlag(parameter, text),
            ParameterKind.Date => ReadDate(parameter, text, calendar),
            ParameterKind.Instant => ReadInstant(parameter, text, calendar),
            ParameterKind.Year => ReadYear(parameter, text, calendar),
            ParameterKind.Language => ReadLanguage(parameter, text),
            ParameterKind.Search => ReadSearch(parameter, text),
            _ => (text, null),
        };
        // The canonical form of 020 is 20, and that of an instant is in UTC.
        var canonical = value switch
        {
            int number => number.ToString(CultureInfo.InvariantCulture),
            (DateTime From, DateTime _) when parameter.Kind == ParameterKind.Instant => Instant(From),
            _ => text,
        };
        return (value, [canonical], problem);
    }

    private static (object?, IReadOnlyList<string>, Problem?) ReadList(Parameter parameter, string text)
    {
        // Bounds the work below before the text is split.
        if (text.Length > (parameter.MaxLength + 1) * parameter.MaxItems)
            return (null, [], QueryProblems.TooLong(parameter));
        if (Encoding.UTF8.GetByteCount(text) > parameter.MaxTotal)
            return (null, [], QueryProblems.TooLongList(parameter));
        var parts = text.Split(',').Distinct(StringComparer.Ordinal).ToList();
        if (parts.Any(string.IsNullOrWhiteSpace))
            return (null, [], QueryProblems.EmptyParameter(parameter));
        if (parts.Any(part => Encoding.UTF8.GetByteCount(part) > parameter.MaxLength))
            return (null, [], QueryProblems.TooLong(parameter));
        if (parameter.Kind is ParameterKind.Choices && parts.Find(part => !parameter.Allowed.Contains(part)) is { } unknown)
            return (null, [], QueryProblems.UnknownValue(parameter, unknown));
        if (parts.Count > parameter.MaxItems)
            return (null, [], QueryProblems.TooManyValues(parameter));
        if (parameter.Kind is not ParameterKind.Fields)
            return (parts, parts, null);
        var contract = parameter.Contract ?? throw new InvalidOperationException($"The parameter {parameter.Name} has no contract.");
        var selection = FieldSelection.Read(contract, parameter.IncludedContract, parts, out var missing);
        return (
            selection,
            parts,
            missing is null ? null : QueryProblems.UnknownValue(parameter, missing.Path, missing.Members, closed: missing.Members.Count > 0)
        );
    }

    private static (object?, Problem?) ReadChoice(Parameter parameter, string text) =>
        parameter.Allowed.Contains(text) ? (text, null) : (null, QueryProblems.UnknownValue(parameter, text));

    private static (object?, Problem?) ReadFlag(Parameter parameter, string text) =>
        parameter.Allowed.Contains(text)
            ? (text == "true", null)
            : (null, QueryProblems.InvalidParameter(parameter, text, "true or false"));

    private static (object?, Problem?) ReadNumber(Parameter parameter, string text, string expected)
    {
        if (!WholeNumber().IsMatch(text))
            return (null, QueryProblems.InvalidParameter(parameter, text, expected));
        return
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= parameter.Min
            && number <= parameter.Max
            ? (number, null)
            : (null, QueryProblems.OutOfRange(parameter, text));
    }

    private static (object?, Problem?) ReadYear(Parameter parameter, string text, SiteCalendar calendar)
    {
        var (number, problem) = ReadNumber(parameter, text, "a year of four digits");
        return problem is null ? (calendar.Year((int)number!), null) : (null, problem);
    }

    private static (object?, Problem?) ReadDate(Parameter parameter, string text, SiteCalendar calendar)
    {
        if (calendar.TryRead(text, out var bounds))
            return (bounds, null);
        return (
            null,
            QueryProblems.InvalidParameter(
                parameter,
                text,
                SiteCalendar.LostItsPlus(text)
                    ? "an instant whose offset is written with %2B, as + means a space in a query"
                    : "a date that exists, such as 2024-02-29, or an instant with Z or an offset, such as 2024-02-29T13:00:00Z"
            )
        );
    }

    private static (object?, Problem?) ReadInstant(Parameter parameter, string text, SiteCalendar calendar) =>
        text.Contains('T', StringComparison.OrdinalIgnoreCase) && calendar.TryRead(text, out var bounds)
            ? (bounds, null)
            : (
                null,
                QueryProblems.InvalidParameter(
                    parameter,
                    text,
                    SiteCalendar.LostItsPlus(text)
                        ? "an instant whose offset is written with %2B, as + means a space in a query"
                        : "an instant with Z or an offset, such as 2024-02-29T13:00:00Z"
                )
            );

    private static (object?, Problem?) ReadSearch(Parameter parameter, string text)
    {
        if (text.EnumerateRunes().Count() > SearchText.MaxLength)
            return (null, QueryProblems.TooLongText(parameter, SearchText.MaxLength));
        var search = SearchText.Of(text);
        return search.Terms > SearchText.MaxTerms ? (null, QueryProblems.TooManyWords(parameter, SearchText.MaxTerms))
            : search.OnlyExcludes
                ? (null, QueryProblems.InvalidParameter(parameter, text, "at least one word to look for, beside those that are not wanted"))
            : (search, null);
    }

    private static (object?, Problem?) ReadLanguage(Parameter parameter, string text) =>
        LanguageRange().IsMatch(text)
            ? (text, null)
            : (null, QueryProblems.InvalidParameter(parameter, text, "a language tag such as en or pt-BR"));

    /// <summary>An instant (UTC) as it is written in addresses and headers.</summary>
    public static string Instant(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^-?\d+\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex WholeNumber();

    // RFC 4647 §2.1, without the wildcard.
    [GeneratedRegex(@"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,7}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageRange();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Api.Contracts.Text;
using Api.Http.Site;

namespace Api.Import.Lines.Values;

/// <summary>Values with a defined format. Each rule returns null for a value that does not have it.</summary>
internal static partial class ValueRules
{
    public const string InstantShape = "an instant such as 2024-05-06T14:30:00Z (RFC 3339, with Z or an offset, years 1000 to 9999)";
    public const string DayShape = "a day such as 2024-05-06, from 1000-01-02 to 9999-12-30";
    public const string LanguageShape = "a language tag such as en or pt-BR (BCP 47)";
    public const string IdShape = "a UUID such as urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    public const string OrcidShape = "an ORCID iD such as 0000-0002-1825-0097, whose last character is a check digit";

    public static readonly string UrlShape = FormattableString.Invariant(
        $"an absolute http or https URL of at most {WebAddress.MaxLength:N0} characters, percent-encoded"
    );

    public static readonly string SlugShape = FormattableString.Invariant(
        $"a slug: small letters, digits, - and _, normalized (NFC), at most {Slug.MaxBytes} bytes"
    );

    private static readonly DateOnly FirstDay = new(1000, 1, 2),
        LastDay = new(9999, 12, 30);

    /// <summary>UTC, in whole microseconds as the database keeps them; years 1000 to 9999.</summary>
    public static DateTime? Instant(string text)
    {
        if (
            !InstantPattern().IsMatch(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            || instant.UtcDateTime.Year < 1000
        )
            return null;
        return new DateTime(instant.UtcTicks / 10 * 10, DateTimeKind.Utc);
    }

    /// <summary>A day that begins and ends within the years 1000 to 9999 in every time zone.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day >= FirstDay
        && day <= LastDay
            ? day
            : null;

    /// <summary>An http or https address as a URI: see <see cref="WebAddress.Of"/>.</summary>
    public static string? Url(string text) =>
        text.Length <= WebAddress.MaxLength && WebAddress.Of(text) is { Length: <= WebAddress.MaxLength } url ? url : null;

    /// <summary>
    /// A DOI without its usual prefixes: <c>doi:</c>, or the URL of the resolver, where it is percent-encoded (DOI Handbook §3.8).
    /// </summary>
    public static string? Doi(string text) =>
        ResolverPattern().Match(text) is { Success: true } resolver
            ? resolver.Groups["address"].Success
                ? Uri.UnescapeDataString(text[resolver.Length..])
                : text[resolver.Length..]
            : text;

    /// <summary>
    /// An ORCID iD as four groups of four, bare or as the URL of its profile, with a valid check digit (ISO 7064, MOD 11-2).
    /// </summary>
    public static string? Orcid(string text)
    {
        if (OrcidPattern().Match(text) is not { Success: true, Groups: var groups })
            return null;
        var digits = string.Concat(groups["id"].Value.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var total = digits[..15].Aggregate(0, (sum, digit) => (sum + (digit - '0')) * 2);
        var check = (12 - (total % 11)) % 11;
        return digits[15] == (check == 10 ? 'X' : (char)('0' + check))
            ? string.Join('-', digits.Chunk(4).Select(group => new string(group)))
            : null;
    }

    /// <summary>A language tag in its usual case: <c>pt-BR</c>, <c>zh-Hans</c>.</summary>
    public static string? Language(string text)
    {
        if (text.Length > 35 || !LanguagePattern().IsMatch(text))
            return null;
        var parts = text.ToLowerInvariant().Split('-');
        for (var i = 1; i < parts.Length && parts[i - 1].Length > 1; i++)
        {
            parts[i] = parts[i].Length switch
            {
                2 => parts[i].ToUpperInvariant(),
                4 when char.IsAsciiLetter(parts[i][0]) => char.ToUpperInvariant(parts[i][0]) + parts[i][1..],
                _ => parts[i],
            };
        }
        return string.Join('-', parts);
    }

    /// <summary>A UUID, bare or as URN.</summary>
    public static Guid? Id(string text)
    {
        const string urn = "urn:uuid:";
        return Guid.TryParseExact(text.StartsWith(urn, StringComparison.OrdinalIgnoreCase) ? text[urn.Length..] : text, "D", out var id)
            ? id
            : null;
    }

    public static string? TimeZone(string text) => TimeZones.Find(text)?.Id;

    /// <summary>A role in an article or event: lower-case letters and hyphens.</summary>
    public static string? Role(string text) => RolePattern().IsMatch(text) ? text : null;

    public static string? Email(string text) => text.Length <= 254 && EmailPattern().IsMatch(text) ? text : null;

    [GeneratedRegex(
        @"\A((?<address>https?://(dx\.|www\.)?doi\.org/)|doi:\s*)(?=10\.)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex ResolverPattern();

    [GeneratedRegex(
        @"\A(https?://(www\.)?orcid\.org/|orcid:\s*)?(?<id>[0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9X])/?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex OrcidPattern();

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex InstantPattern();

    [GeneratedRegex(@"\A[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguagePattern();

    [GeneratedRegex(@"\A[a-z][a-z-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RolePattern();

    [GeneratedRegex(@"\A[^\s@<>]+@[^\s@<>]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();
}

using System.Globalization;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Events;

/// <summary>
/// Formats the fields of a venue as one line, such as "Old Customs House, Hafenstr. 1, 20457 Hamburg, Germany". Pure functions.
/// </summary>
internal static class WordPressAddress
{
    private const int MaxPart = 500;

    // Countries in which the post code follows the town; elsewhere it comes before.
    private static readonly HashSet<string> CodeLast = new(StringComparer.OrdinalIgnoreCase)
    {
        "",
        "United States",
        "United States of America",
        "USA",
        "US",
        "Canada",
        "CA",
        "United Kingdom",
        "UK",
        "GB",
        "Ireland",
        "IE",
        "Australia",
        "AU",
        "New Zealand",
        "NZ",
        "India",
        "IN",
        "Singapore",
        "SG",
        "South Africa",
        "ZA",
    };

    /// <summary>
    /// The address of an item of The Events Calendar (<c>_Venue</c>) or Events Manager (<c>_location_</c>), after its title.
    /// </summary>
    public static string Of(WxrItem item, string prefix)
    {
        string Field(params string[] names) =>
            names.Select(name => PlainText.Of(item.MetaValue(prefix + name), MaxPart)).FirstOrDefault(value => value.Length > 0) ?? "";
        var (town, code, country) = (Field("City", "town"), Field("Zip", "postcode"), Field("Country", "country"));
        var region = Field("StateProvince", "State", "Province", "state", "region");
        var isCodeLast = CodeLast.Contains(country);
        return Of(
            PlainText.Of(item.Title, MaxPart),
            Field("Address", "address"),
            isCodeLast && region.Length == 0 ? Words(town, code)
                : isCodeLast ? town
                : Words(code, town),
            isCodeLast && region.Length > 0 ? Words(region, code) : region,
            NameOf(country)
        );
    }

    /// <summary>The non-empty parts in order, without repetitions.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var said = new List<string>();
        foreach (var part in parts)
            if (part.Length > 0 && !said.Exists(before => before.Contains(part, StringComparison.OrdinalIgnoreCase)))
                said.Add(part);
        return string.Join(", ", said);
    }

    private static string Words(string first, string second) => $"{first} {second}".Trim();

    // Events Manager stores ISO 3166 codes.
    private static string NameOf(string country)
    {
        if (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))
            return country;
        try
        {
            return new RegionInfo(country).EnglishName;
        }
        catch (ArgumentException)
        {
            return country;
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Api.Http.Site;
using NodaTime;

namespace Api.Import.WordPress.Events;

/// <summary>
/// Parses the time zones of events: IANA names, and WordPress's names of UTC offsets, such as <c>UTC+1</c> and <c>UTC+5.5</c>. Pure
/// functions.
/// </summary>
internal static partial class WordPressEventZones
{
    // Zones that have such an offset all year, according to the time zone database of 2026.
    private static readonly Dictionary<TimeSpan, string> ZonesByOffset = new()
    {
        [new TimeSpan(4, 30, 0)] = "Asia/Kabul",
        [new TimeSpan(5, 30, 0)] = "Asia/Kolkata",
        [new TimeSpan(5, 45, 0)] = "Asia/Kathmandu",
        [new TimeSpan(6, 30, 0)] = "Asia/Yangon",
        [new TimeSpan(9, 30, 0)] = "Australia/Darwin",
        [new TimeSpan(-9, -30, 0)] = "Pacific/Marquesas",
    };

    /// <summary>True for a value that means the site's time zone.</summary>
    public static bool IsSite(string name) => name.Trim() is "" or "global";

    /// <summary>The zone of this name; null for any other text.</summary>
    public static DateTimeZone? Find(string name)
    {
        name = name.Trim();
        if (name is "UTC" or "GMT" or "Z")
            return TimeZones.Find("Etc/UTC");
        if (Distance(name) is not { } distance)
            return TimeZones.Find(name);
        if (distance == TimeSpan.Zero)
            return TimeZones.Find("Etc/UTC");
        // The sign in these names is inverted (POSIX).
        return distance.Minutes == 0
                ? TimeZones.Find(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Etc/GMT{(distance < TimeSpan.Zero ? '+' : '-')}{Math.Abs(distance.Hours)}"
                    )
                )
            : ZonesByOffset.GetValueOrDefault(distance) is { } zone ? TimeZones.Find(zone)
            : null;
    }

    /// <summary>The UTC offset in a name; null for the name of a zone and for any other text.</summary>
    public static TimeSpan? Distance(string name)
    {
        if (Offset().Match(name.Trim()) is not { Success: true } match)
            return null;
        var hours = int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture);
        var rest = match.Groups["rest"].Value;
        // UTC+5:30 and UTC+5.5 are equal.
        var minutes =
            rest.Length == 0 ? 0
            : rest[0] == ':' ? int.Parse(rest[1..], CultureInfo.InvariantCulture)
            : (int)(decimal.Parse("0" + rest, CultureInfo.InvariantCulture) * 60);
        if (hours > 14 || minutes > 59)
            return null;
        var distance = new TimeSpan(hours, minutes, 0);
        return match.Groups["sign"].Value == "+" ? distance : -distance;
    }

    [GeneratedRegex(
        @"\A(UTC|GMT)(?<sign>[+-])(?<hours>\d{1,2})(?<rest>:\d\d|\.\d{1,2})?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Offset();
}

using System.Globalization;

namespace Api.Tests.Support;

/// <summary>
/// All zones whose clocks go otherwise in 2020 to 2027 than the time zone database of 2019 foresaw: every name whose offsets differ between
/// versions 2019c and 2026f, and the names that are new since.
/// </summary>
/// <param name="Name">IANA name.</param>
/// <param name="At">An instant at which the old rules are wrong.</param>
/// <param name="Clock">What the clocks show then.</param>
internal sealed record ChangedZone(string Name, DateTime At, DateTimeOffset Clock)
{
    public static readonly IReadOnlyList<ChangedZone> All =
    [
        .. Of("2023-05-10T20:00:00Z", "+03:00", "Africa/Cairo", "Egypt"),
        .. Of("2026-10-10T20:00:00Z", "+00:00", "Africa/Casablanca", "Africa/El_Aaiun"),
        .. Of("2021-06-10T20:00:00Z", "+02:00", "Africa/Juba"),
        .. Of("2025-04-10T20:00:00Z", "-03:00", "America/Asuncion"),
        .. Of(
            "2023-05-10T20:00:00Z",
            "-06:00",
            "America/Bahia_Banderas",
            "America/Merida",
            "America/Mexico_City",
            "America/Monterrey",
            "Mexico/General"
        ),
        .. Of("2023-01-10T20:00:00Z", "-06:00", "America/Chihuahua", "America/Ojinaga"),
        .. Of("2023-01-10T20:00:00Z", "-07:00", "America/Ciudad_Juarez"),
        .. Of("2025-07-10T20:00:00Z", "-03:00", "America/Coyhaique"),
        .. Of("2021-01-10T20:00:00Z", "-07:00", "America/Dawson", "America/Whitehorse", "Canada/Yukon"),
        .. Of("2026-11-20T20:00:00Z", "-06:00", "America/Edmonton", "America/Inuvik", "America/Yellowknife", "Canada/Mountain"),
        .. Of("2024-01-10T20:00:00Z", "-02:00", "America/Godthab", "America/Nuuk"),
        .. Of("2026-11-20T20:00:00Z", "-04:00", "America/Havana", "Cuba"),
        .. Of("2023-05-10T20:00:00Z", "-07:00", "America/Mazatlan", "Mexico/BajaSur"),
        .. Of("2026-11-20T20:00:00Z", "-05:00", "America/Rainy_River", "America/Winnipeg", "Canada/Central"),
        .. Of("2022-09-06T20:00:00Z", "-04:00", "America/Santiago", "Chile/Continental"),
        .. Of("2024-07-10T20:00:00Z", "-01:00", "America/Scoresbysund"),
        .. Of("2026-11-20T20:00:00Z", "-07:00", "America/Vancouver", "Canada/Pacific"),
        .. Of("2021-01-10T20:00:00Z", "+11:00", "Antarctica/Casey"),
        .. Of("2021-05-10T20:00:00Z", "+10:00", "Antarctica/Macquarie"),
        .. Of("2021-01-10T20:00:00Z", "+07:00", "Antarctica/Vostok"),
        .. Of("2024-04-10T20:00:00Z", "+05:00", "Asia/Almaty", "Asia/Qostanay"),
        .. Of("2023-01-10T20:00:00Z", "+03:00", "Asia/Amman", "Asia/Damascus"),
        .. Of("2020-10-25T20:00:00Z", "+02:00", "Asia/Gaza", "Asia/Hebron"),
        .. Of("2023-05-10T20:00:00Z", "+03:30", "Asia/Tehran", "Iran"),
        .. Of("2022-03-27T00:30:00Z", "+02:00", "Europe/Chisinau", "Europe/Tiraspol"),
        .. Of("2023-07-10T20:00:00Z", "+03:00", "Europe/Kyiv"),
        .. Of("2021-05-10T20:00:00Z", "+03:00", "Europe/Volgograd"),
        .. Of("2022-01-10T20:00:00Z", "+13:00", "Pacific/Apia"),
        .. Of("2022-09-06T20:00:00Z", "-06:00", "Pacific/Easter", "Chile/EasterIsland"),
        .. Of("2021-12-10T20:00:00Z", "+12:00", "Pacific/Fiji"),
        .. Of("2023-07-10T20:00:00Z", "+13:00", "Pacific/Kanton"),
    ];

    /// <summary>Slug of what is made for it.</summary>
    public string Slug => Name.ToLowerInvariant().Replace('/', '-');

    /// <summary>The first instant of the day that it is there then.</summary>
    public DateTime Midnight => new DateTimeOffset(Clock.Date, Clock.Offset).UtcDateTime;

    private static IEnumerable<ChangedZone> Of(string at, string offset, params string[] names)
    {
        var instant = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        var clock = instant.ToOffset(TimeSpan.Parse(offset.TrimStart('+'), CultureInfo.InvariantCulture));
        return names.Select(name => new ChangedZone(name, instant.UtcDateTime, clock));
    }
}

/// <summary>
/// A folder with the time zone files of a machine that knows no zone rightly: all zones are 3:17 hours ahead, and the newest are missing.
/// For <c>TZDIR</c>.
/// </summary>
internal sealed class WrongZones : IDisposable
{
    private static readonly string[] New = ["America/Ciudad_Juarez", "America/Coyhaique", "America/Nuuk", "Europe/Kyiv", "Pacific/Kanton"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("zones-").FullName;

    public WrongZones()
    {
        foreach (var name in NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.GetIds().Except(New))
        {
            var file = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, [.. Block(), .. Block(), .. "\n<OLD>-3:17\n"u8]);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // RFC 9636 §3: a header with one type and four letters, and no change ever.
    private static byte[] Block() =>
        [.. "TZif2"u8, .. new byte[15], .. new byte[16], 0, 0, 0, 1, 0, 0, 0, 4, .. new byte[] { 0, 0, 0x2E, 0x2C, 0, 0 }, .. "OLD\0"u8];
}

using NodaTime;

namespace Api.Http.Site;

/// <summary>
/// The starts of the years in a time zone, in compact form. SQL statements compute the year of an instant from them, without PostgreSQL's
/// time zones.
/// </summary>
/// <param name="Years">The first years of the spans in which all years start at the same distance from midnight UTC, ascending, from year
/// 1.</param>
/// <param name="Seconds">How many seconds before midnight UTC the years of each span start; negative west of Greenwich.</param>
internal sealed record YearStarts(int[] Years, int[] Seconds)
{
    /// <summary>SQL expression for the start of year <c>y.year</c>; parameters <c>@yearsFrom</c> and <c>@yearsAhead</c>.</summary>
    public const string StartSql = """
        (make_timestamptz(y.year, 1, 1, 0, 0, 0, 'UTC')
         - make_interval(secs => (select s.seconds from unnest(@yearsFrom, @yearsAhead) s (year, seconds) where s.year <= y.year order by s.year desc limit 1)))
        """;

    /// <summary>Computes the starts for a zone. Pure.</summary>
    public static YearStarts Of(DateTimeZone zone)
    {
        var spans = new List<(int Year, int Seconds)>();
        for (var year = 1; year <= 9999; year++)
        {
            var newYear = new DateOnly(year, 1, 1);
            var seconds = (int)(newYear.ToDateTime(TimeOnly.MinValue) - TimeZones.StartOf(newYear, zone)).TotalSeconds;
            if (spans is [] || spans[^1].Seconds != seconds)
                spans.Add((year, seconds));
        }
        return new([.. spans.Select(span => span.Year)], [.. spans.Select(span => span.Seconds)]);
    }
}

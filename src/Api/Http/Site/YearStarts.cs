using NodaTime;

namespace Api.Http.Site;

/// <summary>When the years of a zone begin, in few numbers: so a statement can tell the year of an instant, and PostgreSQL's own zones are not asked.</summary>
/// <param name="Years">The first years of spans in which all begin as far from midnight UTC, ascending, from year 1 on.</param>
/// <param name="Seconds">How many seconds before midnight UTC the years of each span begin; negative west of Greenwich.</param>
internal sealed record YearStarts(int[] Years, int[] Seconds)
{
    /// <summary>Expression of the start of year <c>y.year</c>; parameters <c>@yearsFrom</c> and <c>@yearsAhead</c>.</summary>
    public const string StartSql = """
        (make_timestamptz(y.year, 1, 1, 0, 0, 0, 'UTC')
         - make_interval(secs => (select s.seconds from unnest(@yearsFrom, @yearsAhead) s (year, seconds) where s.year <= y.year order by s.year desc limit 1)))
        """;

    /// <summary>Those of a zone. Pure.</summary>
    public static YearStarts Of(DateTimeZone zone)
    {
        var spans = new List<(int Year, int Seconds)>();
        for (var year = 1; year <= 9999; year++)
        {
            var newYear = new DateOnly(year, 1, 1);
            var seconds = (int)(newYear.ToDateTime(TimeOnly.MinValue) - TimeZones.StartOf(newYear, zone)).TotalSeconds;
            if (spans is [] || spans[^1].Seconds != seconds) spans.Add((year, seconds));
        }
        return new([.. spans.Select(span => span.Year)], [.. spans.Select(span => span.Seconds)]);
    }
}

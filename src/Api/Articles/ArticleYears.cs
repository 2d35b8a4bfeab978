namespace Api.Articles;

/// <summary>
/// A list in the order of one time that is bounded by the other: the years of the other, each a range of an index in the order of the list. Without
/// it, articles changed since 2020 in the order of publication would be looked for among all that were published before.
/// </summary>
/// <param name="column">The time that is bounded: published_at or updated_at.</param>
/// <param name="conditions">Its bounds.</param>
internal sealed class ArticleYears(string column, ArticleConditions conditions)
{
    private string Year => column.Replace("_at", "_year", StringComparison.Ordinal);

    /// <summary>The condition that puts a row of the listing into the year of <c>years y</c>.</summary>
    public string InYear => $"l.{Year} = y.year";

    /// <summary>A recursive <c>years</c>: the years that any article has, within the bounds, stepping from one to the next by the index.</summary>
    /// <param name="condition">When there are to be any.</param>
    public string Sql(string condition) => $"""
        years (year) as (
            (select l.{Year} from delivery.listing l where {condition} {Compared(conditions.From(column), ">=")} {Until} order by l.{Year} limit 1)
            union all
            select (select l.{Year} from delivery.listing l where l.{Year} > y.year {Until} order by l.{Year} limit 1) from years y where y.year is not null)
        """;

    private string Until => Compared(conditions.Before(column), "<=");

    private string Compared(string? bound, string comparison) =>
        bound is null ? "" : $"and l.{Year} {comparison} extract(year from {bound} at time zone 'UTC')::integer";
}

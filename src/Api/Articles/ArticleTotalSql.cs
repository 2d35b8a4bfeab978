using Api.Reading;

namespace Api.Articles;

/// <summary>The statement that counts a list: one number, how many match, or 10,001 when that is more than is to be counted; null when counting would take too long. Pure.</summary>
internal sealed class ArticleTotalSql(ArticleConditions conditions, Ladder ladder)
{
    private bool Bounded => conditions.BoundsPublication || conditions.BoundsChange;

    /// <param name="exact">Whether to count to the end.</param>
    public string Total(bool exact)
    {
        var limit = exact ? "" : "limit 10001";
        if (conditions.Searches) return OfWords(limit);
        if (conditions is { Driver: null, AsksMoreThanDriver: false } && !Bounded)
            return "select articles from delivery.label_keys where kind = 'all'";
        if (conditions is { Driver: [_], AsksMoreThanDriver: false } && !Bounded)
            return "select articles from delivery.key_counts where key = any(@driver)";
        if (conditions is { Driver: [_], AsksMoreThanDriver: false } && conditions.BoundsPublication != conditions.BoundsChange)
            return $"select count(*)::integer from (select from delivery.postings l where l.key = (@driver)[1] and {conditions.OnlyTimes} {limit}) c";
        if (!Bounded && !conditions.IsCurated)
            return $"select {ArticleBitsSql.Count(conditions)}";
        if (conditions.Driver is not null)
            return exact || conditions.DriverCount < ladder.Sampled ? $"select {OfKeys(limit)}" : $"select {OfSample(OfKeys(limit))}";
        if (conditions is { BoundsPublication: true, BoundsChange: true, IsCurated: false })
            return OfYears(limit);
        // The order names the index to take; without it the planner may collect half the listing before it counts.
        var order = conditions.IsCurated ? "" : $"order by l.{(conditions.BoundsPublication ? "published_at" : "updated_at")}";
        return $"select count(*)::integer from (select from delivery.listing l where {conditions.All} {order} {limit}) c";
    }

    private string OfWords(string limit) => conditions.IsRare(ladder) || conditions.IsCurated
        ? $"with {TextSearch.Asked} select {OfKeys(limit)}"
        : $"with {TextSearch.Asked}, {TextSearch.Common} select {TextSearch.Count(conditions.KeysOfTexts, conditions.BesideWords, conditions.HasSequences, limit)}";

    // The keys alone choose the index; given bounds beside them, the planner may take an index for those.
    private string OfKeys(string limit) => $"""
        (select count(*)::integer from (
            select from (select l.published_at, l.updated_at from delivery.listing l where {conditions.WithoutTimes} offset 0) l
            where {conditions.OnlyTimes} {limit}) c)
        """;

    // A full sample of one in a hundred puts the total far beyond what is counted: at 10,000 it would hold 100 of the 150, give or take 10.
    private string OfSample(string otherwise) => $"""
        case when (select count(*) from (select from delivery.listing l where l.item_id % 100 = 0 and {conditions.All} limit 150) s) = 150
             then 10001 else {otherwise} end
        """;

    private string OfYears(string limit)
    {
        var years = new ArticleYears("updated_at", conditions);
        return $"""
            with recursive {years.Sql("true")}
            select count(*)::integer from (
                select from years y cross join lateral (select from delivery.listing l where {years.InYear} and {conditions.All} offset 0) l {limit}) c
            """;
    }
}

namespace Api.Articles;

/// <summary>
/// Counts articles by their keys without looking at one: which articles have a key is kept as bits, in chunks. At a million articles a pair of keys
/// takes half a millisecond, thirty keys a few. Pure.
/// </summary>
internal static class ArticleBitsSql
{
    private const string Everything = "select chunk, bits from delivery.key_bits where key = (select key from delivery.label_keys where kind = 'all')";

    // No "having": the planner would expect two chunks to be left, and compare each with every article.
    private const string AllOf = """
        select chunk, case when count(*) = (select count(distinct k.key) from unnest(@all) k (key)) then bit_and(bits) else repeat('0', 2048)::bit(2048) end as bits
        from   delivery.key_bits
        where  key = any(@all)
        group  by chunk
        """;

    /// <summary>How many articles match, apart from the bounds of times: an expression.</summary>
    public static string Count(ArticleConditions conditions)
    {
        var count = $"(select coalesce(sum(bit_count(m.bits)), 0)::integer from ({Matching(conditions)}) m)";
        return conditions.ExcludesItems ? $"{count} - {Named(conditions)}" : count;
    }

    /// <summary>Which articles have the keys that are asked for: chunk, bits.</summary>
    public static string Matching(ArticleConditions conditions)
    {
        List<string> groups = [.. Enumerable.Range(0, conditions.AnyOfGroups).Select(n => AnyOf($"any{n}"))];
        if (conditions.AsksAllOf || groups.Count == 0)
            groups.Insert(0, conditions.AsksAllOf ? AllOf : Everything);
        var sources = string.Join(" join ", groups.Select((group, n) => $"({group}) g{n}{(n == 0 ? "" : " using (chunk)")}"));
        var bits = string.Join(" & ", groups.Select((_, n) => $"g{n}.bits"));
        if (conditions.ExcludesKeys)
        {
            sources += $" left join ({AnyOf("none")}) x using (chunk)";
            bits += " & ~ coalesce(x.bits, repeat('0', 2048)::bit(2048))";
        }
        return $"select chunk, {bits} as bits from {sources}";
    }

    private static string AnyOf(string parameter) => $"select chunk, bit_or(bits) as bits from delivery.key_bits where key = any(@{parameter}) group by chunk";

    private static string Named(ArticleConditions conditions) =>
        $"(select count(*)::integer from delivery.listing l where l.item_id = any(@noItems) and {conditions.OnlyKeys})";
}

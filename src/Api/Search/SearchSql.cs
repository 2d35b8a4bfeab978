namespace Api.Search;

/// <summary>The statements that read what a hit shows; every value is a parameter.</summary>
internal static class SearchSql
{
    // How much of a text is read at first; the rest where the words are not in it.
    private const int Beginning = 6_000;

    /// <summary>What the hits <c>@items</c> show, with the beginning of their texts.</summary>
    public static readonly string Beginnings = Sql(text => $"left({text}, {Beginning})");

    /// <summary>The same with the whole texts.</summary>
    public static readonly string Wholes = Sql(text => text);

    private static string Sql(Func<string, string> body) =>
        $"""
            select 'event' as resource, e.item_id, e.slug, e.title, concat_ws(e'\n', e.summary, {body(
                "e.body_text"
            )}) as text, length(e.body_text) > {Beginning} as is_long,
                   e.image, e.starts_at as at, null::integer as type_id, null::integer[] as expert_ids, null::text[] as expert_roles, e.time_zone, e.starts_on as day
            from   delivery.events e where e.item_id = any(@items)
            union all
            select 'article', a.item_id, a.slug, a.title, concat_ws(e'\n', a.summary, {body(
                "a.body_text"
            )}), length(a.body_text) > {Beginning}, a.image, a.published_at, a.type_id,
                   a.expert_ids, a.expert_roles, null, null
            from   delivery.articles a where a.item_id = any(@items)
            union all
            select 'expert', x.item_id, x.slug, x.name, concat_ws(e'\n', concat_ws(', ', x.title, x.organization), {body(
                "delivery.text_of(x.bio_html)"
            )}),
                   length(x.bio_html) > {Beginning}, x.photo, null, null, null, null, null, null
            from   delivery.experts x where x.item_id = any(@items)
            union all
            select 'topic', x.item_id, x.slug, x.name, x.description, false, null, null, null, null, null, null, null
            from   delivery.topics x where x.item_id = any(@items)
            """;
}

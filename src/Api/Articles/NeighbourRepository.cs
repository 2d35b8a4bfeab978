using Api.Contracts;
using Api.Data;
using Api.Http;
using Api.Reading;

namespace Api.Articles;

/// <summary>Reads what belongs beside an article.</summary>
internal sealed class NeighbourRepository(DeliveryDatabase delivery, ArticleRepository articles, EventReader events)
{
    // Candidates are the articles nearest in time under each of the item's twelve rarest topics and experts. A shared key weighs
    // the more the rarer it is; distance in time halves the score at most. No clock: the answer changes with the content only.
    private const string RelatedSql = $"""
        with self as (
            select l.item_id, l.published_at, l.topic_ids, l.expert_ids from delivery.listing l where l.item_id = @itemId),
        shared as (
            select k.key, ln(1 + a.articles::float8 / greatest(k.articles, 1)) as weight
            from   self
            cross join lateral (
                select key, articles from delivery.filter_keys where kind = 'topic' and value_id = any(self.topic_ids)
                union all
                select key, articles from delivery.filter_keys where kind = 'expert' and value_id = any(self.expert_ids)) k
            cross join (select articles from delivery.filter_keys where kind = 'all') a
            order  by k.articles, k.key
            limit  12),
        scored as (
            select p.item_id, sum(s.weight) * (0.5 + 0.5 / (1 + min(abs(extract(epoch from p.published_at - self.published_at))) / 31557600)) as score
            from   self
            cross join shared s
            cross join lateral (
                (select b.item_id, b.published_at from delivery.postings b
                 where b.key = s.key and b.published_at <= self.published_at order by b.published_at desc, b.id desc limit 100)
                union all
                (select f.item_id, f.published_at from delivery.postings f
                 where f.key = s.key and f.published_at > self.published_at order by f.published_at, f.id limit 100)) p
            where  p.item_id <> self.item_id
            group  by p.item_id)
        select {ArticleRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from   (select item_id, score from scored order by score desc, item_id limit 40) s
        join   delivery.articles a on a.item_id = s.item_id
        order  by s.score desc, a.id
        limit  @limit
        """;

    private const string MoreOnTopicSql = $"""
        select {ArticleRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from  (select p.item_id, p.published_at, p.id
               from   delivery.postings p
               where  p.key = (select key from delivery.filter_keys where kind = 'topic' and value_id = @topicId)
               and    p.item_id <> @itemId
               order  by p.published_at desc, p.id desc
               limit  6) p
        join   delivery.articles a on a.item_id = p.item_id
        order  by p.published_at desc, p.id desc
        limit  6
        """;

    /// <summary>Articles that share topics and experts with one, the closest first; one round trip.</summary>
    public async Task<IReadOnlyList<Article>> Related(int itemId, int limit, bool withBody, Links links, CancellationToken cancel)
    {
        var sql = withBody ? RelatedSql.Replace(ArticleRow.Columns, ArticleRow.ColumnsWithBody, StringComparison.Ordinal) : RelatedSql;
        return await articles.Show(await delivery.Query<ArticleRow>(sql, new { itemId, limit }, cancel), links, cancel);
    }

    /// <summary>The six newest other articles on a topic or one below it; one round trip, none without a topic.</summary>
    public async Task<IReadOnlyList<Article>> MoreOnTopic(int itemId, int? topicId, Links links, CancellationToken cancel) => topicId is null
        ? []
        : await articles.Show(await delivery.Query<ArticleRow>(MoreOnTopicSql, new { itemId, topicId }, cancel), links, cancel);

    /// <summary>The three newest events on a topic or one below it; one round trip, none without a topic.</summary>
    public async Task<IReadOnlyList<Event>> TopicEvents(int? topicId, Links links, CancellationToken cancel) => topicId is { } topic
        ? await events.NewestOn(topic, 3, null, links, cancel)
        : [];
}

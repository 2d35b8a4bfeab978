using Api.Contracts;
using Api.Data;
using Api.Http;
using Api.Http.Caching;
using Api.Listing;
using Api.Reading;
using Dapper;

namespace Api.Articles;

/// <summary>Reads what belongs beside an article.</summary>
internal sealed class NeighbourRepository(DeliveryDatabase delivery, ArticleRepository articles, EventReader events, MenuReader menus, ListIndex lists)
{
    // How many there are beside an article.
    private const int Most = 6;

    // As of RelatedArticles.
    private const string RelatedSql = $"""
        with self as (
            select l.item_id, l.published_at, l.topic_ids, l.expert_ids from delivery.listing l where l.item_id = @itemId),
        shared as (
            select k.key, 1 / sqrt(greatest(k.articles, 1)::float8) as weight
            from   self
            cross join lateral (
                select kind, slug, key, articles from delivery.filter_keys where kind = 'topic' and value_id = any(self.topic_ids)
                union all
                select kind, slug, key, articles from delivery.filter_keys where kind = 'expert' and value_id = any(self.expert_ids)) k
            order  by k.articles, k.kind, k.slug
            limit  12),
        scored as (
            -- rounded, as equal sums may differ in the last place by the order they were added up in
            select p.item_id, p.id,
                   round((sum(s.weight) * (0.5 + 0.5 / (1 + min(abs(extract(epoch from p.published_at - self.published_at))) / 31557600)))::numeric, 9) as score
            from   self
            cross join shared s
            cross join lateral (
                (select b.item_id, b.id, b.published_at from delivery.postings b
                 where b.key = s.key and b.published_at <= self.published_at order by b.published_at desc, b.id desc limit 100)
                union all
                (select f.item_id, f.id, f.published_at from delivery.postings f
                 where f.key = s.key and f.published_at > self.published_at order by f.published_at, f.id limit 100)) p
            where  p.item_id <> self.item_id
            group  by p.item_id, p.id)
        select {ArticleRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from   (select item_id, score from scored order by score desc, id limit 40) s
        join   delivery.articles a on a.item_id = s.item_id
        order  by s.score desc, a.id
        limit  @limit
        """;

    private const string MoreOnTopicSql = $"""
        select {ArticleRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from  (select p.item_id, p.published_at, p.id
               from   delivery.postings p
               where  p.key = (select key from delivery.filter_keys where kind = 'topic' and value_id = @topicId::integer)
               and    p.item_id <> @itemId
               order  by p.published_at desc, p.id desc
               limit  6) p
        join   delivery.articles a on a.item_id = p.item_id
        order  by p.published_at desc, p.id desc
        limit  6
        """;

    /// <summary>What an <c>include</c> may name, each with its statements.</summary>
    private static readonly IReadOnlyDictionary<string, string> Statements = new Dictionary<string, string>
    {
        ["related"] = RelatedSql,
        ["moreOnTopic"] = MoreOnTopicSql,
        ["topicEvents"] = EventReader.OnTopicSql,
        ["menus"] = MenuReader.AllSql,
    };

    /// <summary>What an <c>include</c> of an article may name.</summary>
    public static IReadOnlyList<string> Includable { get; } = [.. Statements.Keys];

    /// <summary>Names what decides what is beside an article: which articles and events there are on its topics and with its experts.</summary>
    public static void Name(AnswerKeys keys, Article article, IReadOnlyList<string> wanted)
    {
        if (wanted.Contains("related")) NameRelated(keys, article);
        if (wanted.Contains("moreOnTopic") && article.PrimaryTopic is { } topic) keys.List($"{CacheKey.Address("topics", topic.Slug)}/articles");
        if (wanted.Contains("topicEvents") && article.PrimaryTopic is { } primary) keys.List($"{CacheKey.Address("topics", primary.Slug)}/events");
        if (wanted.Contains("menus")) keys.List("menus");
    }

    /// <inheritdoc cref="Name"/>
    public static void NameRelated(AnswerKeys keys, Article article)
    {
        foreach (var topic in article.Topics) keys.List($"{CacheKey.Address("topics", topic.Slug)}/articles");
        foreach (var expert in article.Experts) keys.List($"{CacheKey.Address("experts", expert.Slug)}/articles");
    }

    /// <summary>Articles that share topics and experts with one, the closest first; one round trip.</summary>
    public async Task<IReadOnlyList<Article>> Related(FoundArticle found, int limit, bool withBody, Links links, CancellationToken cancel)
    {
        if (lists.Current is { } state)
        {
            var closest = RelatedArticles.Closest(state, found, limit);
            if (await ListedItems.Read<Article>(state, closest, withBody, links, articles.AsOf, cancel) is { } read) return [.. closest.Select(number => read[number].Item)];
        }
        var sql = withBody ? RelatedSql.Replace(ArticleRow.Columns, ArticleRow.ColumnsWithBody, StringComparison.Ordinal) : RelatedSql;
        return await articles.Show(await delivery.Query<ArticleRow>(sql, new { itemId = found.ItemId, limit }, cancel), links, cancel);
    }

    /// <summary>What was asked for beside an article, in one round trip for each resource; null when nothing was.</summary>
    /// <param name="found">The article.</param>
    /// <param name="wanted">Some of <see cref="Includable"/>.</param>
    /// <param name="links">The links of the request.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Included?> Include(FoundArticle found, IReadOnlyList<string> wanted, Links links, CancellationToken cancel)
    {
        var asked = Includable.Where(wanted.Contains).ToList();
        if (asked.Count == 0) return null;
        if (lists.Current is { } state && await FromMemory(state, found, asked, links, cancel) is { } known) return known;
        var sql = string.Join(";\n", asked.Select(name => Statements[name]));
        var (included, beside) = await delivery.QueryMultiple(sql, new { itemId = found.ItemId, topicId = found.PrimaryTopicId, limit = Most }, results => Read(results, asked, links), cancel);
        return included with
        {
            Related = beside.Related is null ? null : await articles.Show(beside.Related, links, cancel),
            MoreOnTopic = beside.MoreOnTopic is null ? null : await articles.Show(beside.MoreOnTopic, links, cancel),
            TopicEvents = beside.TopicEvents is null ? null : await events.Show(beside.TopicEvents, links, cancel),
        };
    }

    // Null when one of the items has changed since.
    private async Task<Included?> FromMemory(ListState state, FoundArticle found, IReadOnlyList<string> asked, Links links, CancellationToken cancel)
    {
        var related = asked.Contains("related") ? RelatedArticles.Closest(state, found, Most) : null;
        var more = asked.Contains("moreOnTopic") ? RelatedArticles.MoreOnTopic(state, found, Most) : null;
        var onTopic = asked.Contains("topicEvents") ? EventReader.OnTopic(state, found.PrimaryTopicId, found.ItemId) : null;
        var ofArticles = await ListedItems.Read<Article>(state, [.. (related ?? []).Union(more ?? [])], withBody: false, links, articles.AsOf, cancel);
        var ofEvents = ofArticles is null ? null : await ListedItems.Read<Event>(state, onTopic ?? [], withBody: false, links, events.AsOf, cancel);
        return ofArticles is null || ofEvents is null ? null : new Included
        {
            Related = related?.Select(number => ofArticles[number].Item).ToList(),
            MoreOnTopic = more?.Select(number => ofArticles[number].Item).ToList(),
            TopicEvents = onTopic?.Select(number => ofEvents[number].Item).ToList(),
            Menus = asked.Contains("menus") ? await menus.List(links, cancel) : null,
        };
    }

    // Rows become items only after the connection is back: showing them may need one of its own.
    private static async Task<(Included Included, Rows Beside)> Read(SqlMapper.GridReader results, IReadOnlyList<string> asked, Links links)
    {
        var rows = new Rows();
        var included = new Included();
        foreach (var name in asked)
        {
            if (name == "related") rows = rows with { Related = (await results.ReadAsync<ArticleRow>()).AsList() };
            else if (name == "moreOnTopic") rows = rows with { MoreOnTopic = (await results.ReadAsync<ArticleRow>()).AsList() };
            else if (name == "topicEvents") rows = rows with { TopicEvents = (await results.ReadAsync<EventRow>()).AsList() };
            else included = included with { Menus = await MenuReader.Read(results, links) };
        }
        return (included, rows);
    }

    private sealed record Rows
    {
        public IReadOnlyList<ArticleRow>? Related { get; init; }
        public IReadOnlyList<ArticleRow>? MoreOnTopic { get; init; }
        public IReadOnlyList<EventRow>? TopicEvents { get; init; }
    }
}

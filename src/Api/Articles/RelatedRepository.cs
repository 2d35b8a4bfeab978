using Api.Contracts;
using Api.Http.Site;
using Api.Http.Tags;
using Api.Listing;
using Api.Reading;

namespace Api.Articles;

/// <summary>Reads the content shown beside an article.</summary>
internal sealed class RelatedRepository(ArticleRepository articles, EventReader events, MenuReader menus, ListIndex lists)
{
    // The number of items in each section beside an article.
    private const int Most = 6;

    /// <summary>The values of the <c>include</c> parameter of an article.</summary>
    public static IReadOnlyList<string> Includable { get; } = ["related", "moreOnTopic", "topicEvents", "menus"];

    /// <summary>
    /// Adds the cache keys of the content beside an article: the lists of articles and events on its topics and with its experts.
    /// </summary>
    public static void Name(AnswerKeys keys, Article article, IReadOnlyList<string> wanted)
    {
        if (wanted.Contains("related"))
            NameRelated(keys, article);
        if (wanted.Contains("moreOnTopic") && article.PrimaryTopic is { } topic)
            keys.List($"{CacheKey.Address("topics", topic.Slug)}/articles");
        if (wanted.Contains("topicEvents") && article.PrimaryTopic is { } primary)
            keys.List($"{CacheKey.Address("topics", primary.Slug)}/events");
        if (wanted.Contains("menus"))
            keys.List("menus");
    }

    /// <inheritdoc cref="Name"/>
    public static void NameRelated(AnswerKeys keys, Article article)
    {
        foreach (var topic in article.Topics)
            keys.List($"{CacheKey.Address("topics", topic.Slug)}/articles");
        foreach (var expert in article.Experts)
            keys.List($"{CacheKey.Address("experts", expert.Slug)}/articles");
    }

    /// <summary>Articles that share topics and experts with an article, the closest first; one round trip.</summary>
    public Task<IReadOnlyList<Article>> Related(FoundArticle found, int limit, bool withBody, Links links, CancellationToken cancel) =>
        lists.Answer<IReadOnlyList<Article>>(
            async state =>
            {
                var closest = RelatedArticles.Closest(state, found, limit);
                return await ListedItems.Read<Article>(state, closest, withBody, links, articles.AsOf, cancel) is { } read
                    ? [.. closest.Select(number => read[number].Item)]
                    : null;
            },
            cancel
        );

    /// <summary>The requested content beside an article, one round trip for each resource; null when nothing is requested.</summary>
    /// <param name="found">The article.</param>
    /// <param name="wanted">Some of <see cref="Includable"/>.</param>
    /// <param name="links">The links of the request.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Included?> Include(FoundArticle found, IReadOnlyList<string> wanted, Links links, CancellationToken cancel) =>
        wanted.Count == 0 ? null : await lists.Answer(state => Include(state, found, wanted, links, cancel), cancel);

    // Null when one of the items has changed since the state was read.
    private async Task<Included?> Include(
        ListState state,
        FoundArticle found,
        IReadOnlyList<string> wanted,
        Links links,
        CancellationToken cancel
    )
    {
        var related = wanted.Contains("related") ? RelatedArticles.Closest(state, found, Most) : null;
        var more = wanted.Contains("moreOnTopic") ? RelatedArticles.MoreOnTopic(state, found, Most) : null;
        if (
            await ListedItems.Read<Article>(state, [.. (related ?? []).Union(more ?? [])], withBody: false, links, articles.AsOf, cancel)
            is not { } beside
        )
            return null;
        var onTopic = wanted.Contains("topicEvents")
            ? await events.ItemsOnTopic(state, found.PrimaryTopicId, found.ItemId, links, cancel)
            : [];
        return onTopic is null
            ? null
            : new Included
            {
                Related = related?.Select(number => beside[number].Item).ToList(),
                MoreOnTopic = more?.Select(number => beside[number].Item).ToList(),
                TopicEvents = wanted.Contains("topicEvents") ? onTopic : null,
                Menus = wanted.Contains("menus") ? await menus.List(links, cancel) : null,
            };
    }
}

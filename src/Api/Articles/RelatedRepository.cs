using Api.Contracts;
using Api.Contracts.Cards;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Http.Tags;
using Api.Listing;
using Api.Reading;
using Api.Related;

namespace Api.Articles;

/// <summary>Reads the content shown beside an article.</summary>
internal sealed class RelatedRepository(ArticleReader articles, RelatedCards cards, ILists lists)
{
    private const int MostArticles = 6;
    private const int MostEvents = 3;

    /// <summary>The values of the <c>include</c> parameter of an article.</summary>
    public static IReadOnlyList<string> Includable { get; } = ["related", "moreOnTopic", "topicEvents", "menus"];

    /// <summary>The lists from which related articles are picked, as cache keys name them.</summary>
    public static IEnumerable<string> RelatedPlaces(Article article) =>
        article
            .Topics.Select(topic => CacheKey.Address("topics", topic.Slug))
            .Concat(article.Experts.Select(expert => CacheKey.Address("experts", expert.Slug)))
            .Select(place => $"{place}/articles");

    /// <summary>Articles that share topics and experts with an article, the closest first; one round trip.</summary>
    public Task<IReadOnlyList<Article>> Related(FoundArticle found, int limit, bool withBody, Links links, CancellationToken cancel) =>
        lists.Answer<IReadOnlyList<Article>>(
            async state =>
            {
                var closest = ClosestTo(state, found, limit);
                return await ListedItems.Read<Article>(state, closest, withBody, links, articles.AsOf, cancel) is { } read
                    ? [.. closest.Select(number => read[number].Item)]
                    : null;
            },
            cancel
        );

    /// <summary>The requested content beside an article; null when nothing is requested.</summary>
    public async Task<ArticleIncluded?> Include(ApiRequest request, FoundArticle found, CancellationToken cancel) =>
        request.Query.IncludesRelated
            ? new ArticleIncluded
            {
                Related = await cards.Articles(
                    request,
                    "related",
                    RelatedPlaces(found.Article),
                    state => ClosestTo(state, found, MostArticles),
                    cancel
                ),
                MoreOnTopic = await cards.Articles(
                    request,
                    "moreOnTopic",
                    OnTopic(found, "articles"),
                    state => Under.Newest(state, state.Articles.Items, "topic", found.PrimaryTopicId, MostArticles, found.ItemId),
                    cancel
                ),
                TopicEvents = await cards.Events(
                    request,
                    "topicEvents",
                    OnTopic(found, "events"),
                    state => Under.Newest(state, state.Events.Items, "topic", found.PrimaryTopicId, MostEvents),
                    cancel
                ),
                Menus = await cards.Menus(request, cancel),
            }
            : null;

    private static int[] ClosestTo(ListState state, FoundArticle found, int limit) =>
        Closest.To(state, state.Articles.Items, found.ItemId, found.Article.PublishedAt, found.TopicIds, found.ExpertIds, limit);

    private static IEnumerable<string> OnTopic(FoundArticle found, string listed) =>
        found.Article.PrimaryTopic is { } topic ? [$"{CacheKey.Address("topics", topic.Slug)}/{listed}"] : [];
}

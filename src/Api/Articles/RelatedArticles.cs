using Api.Indexing;
using Api.Listing;

namespace Api.Articles;

/// <summary>Picks the articles related to an article from the lists in memory. Pure.</summary>
/// <remarks>
/// Candidates are the articles nearest in time under each of the article's twelve rarest topics and experts. The rarer a shared key, the
/// higher its weight; distance in time halves the score at most. The result depends on no clock and no total. It changes only when articles
/// under these keys change, and its cache keys name exactly these keys.
/// </remarks>
internal static class RelatedArticles
{
    private const int MostKeys = 12;
    private const int MostPerSide = 100;
    private const double Year = 31_557_600e6;

    /// <summary>The numbers of the articles that share topics and experts with an article, the closest first; ties by public id.</summary>
    public static int[] Closest(ListState state, FoundArticle article, int limit)
    {
        var items = state.Articles.Items;
        if (!items.All.Contains(article.ItemId))
            return [];
        var at = items.Places.First(article.ItemId);
        var shared = article
            .TopicIds.Select(topic => state.Keys.Of("topic", topic))
            .Concat(article.ExpertIds.Select(expert => state.Keys.Of("expert", expert)))
            .OfType<KeyRow>()
            .Distinct()
            .OrderBy(key => items.Of(key.Key).Count)
            .ThenBy(key => key.Kind, StringComparer.Ordinal)
            .ThenBy(key => key.Slug, StringComparer.Ordinal)
            .Take(MostKeys);
        var weights = new Dictionary<int, double>();
        foreach (var key in shared)
        {
            var matches = items.Find(
                new IndexQuery
                {
                    Groups =
                    [
                        [key.Key],
                    ],
                }
            );
            var weight = 1 / Math.Sqrt(Math.Max(matches.Count, 1));
            foreach (var number in Near(descending: true).Concat(Near(descending: false)))
                weights[number] = weights.GetValueOrDefault(number) + weight;

            int[] Near(bool descending) => matches.Page(SortBy.First, descending, Place.After(at), 0, MostPerSide);
        }
        weights.Remove(article.ItemId);
        return
        [
            .. weights
                // Rounded, because equal sums can differ in the last digit when they are added in a different order.
                .Select(one =>
                    (
                        Number: one.Key,
                        Score: Math.Round(one.Value * (0.5 + (0.5 / (1 + (Math.Abs(items.Places.First(one.Key) - at) / Year)))), 9)
                    )
                )
                .OrderByDescending(one => one.Score)
                .ThenBy(one => items.Places.Id(one.Number))
                .Take(limit)
                .Select(one => one.Number),
        ];
    }

    /// <summary>The numbers of the newest articles on the article's primary topic.</summary>
    public static int[] MoreOnTopic(ListState state, FoundArticle article, int limit) =>
        article.PrimaryTopicId is { } topic && state.Keys.Of("topic", topic) is { } key
            ? state
                .Articles.Items.Find(
                    new IndexQuery
                    {
                        Groups =
                        [
                            [key.Key],
                        ],
                        ExcludedItems = [article.ItemId],
                    }
                )
                .Page(SortBy.First, descending: true, after: null, 0, limit)
            : [];
}

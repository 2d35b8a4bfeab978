using Api.Contracts;
using Api.Http;
using Api.Http.Caching;
using Api.Listing;
using Api.Reading;

namespace Api.Articles;

/// <summary>Lists of articles from memory. What is not there is read by number, in one round trip, and only shown if it is as it was in the state of the list.</summary>
internal sealed class ArticleLists(ListIndex lists, ItemStore items, ArticleRepository articles, SiteSettings site)
{
    private readonly Links links = new(site, "");

    /// <summary>The lists as they are; null while they are not known.</summary>
    public ListState? Current => lists.Current;

    /// <summary>A page of articles as ready JSON, without texts; null when one of them has changed since.</summary>
    public async Task<Found<ReadyItem>?> Ready(ListState state, ArticleFilter filter, PageWindow window, AnswerTags tags, CancellationToken cancel)
    {
        if (filter.FindsNothing) return Found<ReadyItem>.Nothing(window);
        var (page, total) = Find(state, filter, window);
        var shown = page.ConvertAll(row => items.Find(row.Number, state.Sequence));
        var missing = page.Where((_, n) => shown[n] is null).Select(row => row.Number).ToArray();
        if (missing.Length > 0)
        {
            if (await articles.AsOf(state, missing, withBody: false, links, cancel) is not { } read) return null;
            var made = read.Articles.ToDictionary(one => one.Row.ItemId, one => Make(one.Row, one.Article, state.Sequence));
            items.Keep(made.Values, read.Sequence);
            for (var n = 0; n < shown.Count; n++) shown[n] ??= made[page[n].Number];
        }
        tags.Items(shown.SelectMany(item => item!.Shown));
        if (shown.Exists(item => item!.HasTranslations)) tags.Everything();
        return Found<ReadyItem>.From(page.Zip(shown).ToList(), window, pair => pair.First.Position, pair => pair.Second!, total);
    }

    /// <summary>A page of articles; null when one of them has changed since.</summary>
    public async Task<Found<Article>?> Whole(ListState state, ArticleFilter filter, PageWindow window, bool withBody, Links links, AnswerTags tags, CancellationToken cancel)
    {
        if (filter.FindsNothing) return Found<Article>.Nothing(window);
        var (page, total) = Find(state, filter, window);
        var read = page.Count == 0 ? new() : await articles.AsOf(state, [.. page.Select(row => row.Number)], withBody, links, cancel);
        if (read is null) return null;
        ArticleRepository.Tag(tags, [.. read.Articles.Select(one => one.Row)]);
        var byNumber = read.Articles.ToDictionary(one => one.Row.ItemId, one => one.Article);
        return Found<Article>.From(page, window, row => row.Position, row => byNumber[row.Number], total);
    }

    private static (List<(int Number, Position Position)> Page, Total Total) Find(ListState state, ArticleFilter filter, PageWindow window)
    {
        var matches = ArticleIndexQuery.Find(state.Items, filter);
        return ([.. ArticleIndexQuery.Page(state.Items, matches, filter, window)], window.Count == CountKind.None ? Total.None : Total.Exact(matches.Count));
    }

    private static ReadyItem Make(ArticleRow row, Article article, long sequence) => new(row.ItemId, article.Id, sequence, ApiJson.Write(article), article.Links.Self)
    {
        Shown = [.. row.ExpertIds.Distinct()],
        HasTranslations = row.TranslationSlugs is { Length: > 0 },
    };
}

// Lists, walks, reads items and shows a problem: dotnet run --project openapi/csharp/example http://localhost:5080
using Content;

using var http = new HttpClient { BaseAddress = new Uri(args is [var address] ? address : "http://localhost:5080") };
var api = new ContentClient(http);

var page = await api.ListArticleCardsAsync(topic: ["china"], limit: 3);
Console.WriteLine($"{page.Page.Total} articles on China, the newest:");
foreach (var article in page.Data)
    Console.WriteLine($"  {article.PublishedDate:yyyy-MM-dd} {article.Title} ({article.Byline})");

var words = 0;
await foreach (var article in Pages.All(cursor => api.ListArticlesAsync(topic: ["china"], limit: 3, cursor: cursor), page => page.Data))
    words += article.WordCount;
Console.WriteLine($"All of them together: {words} words.");

foreach (var slug in new[] { "a-longer-view", "the-long-view-on-china", "tariff-tables-for-fifty-ports", "there-is-none" })
    Console.WriteLine(
        await Items.Find(slug, slug => api.GetArticleAsync(slug, include: ["related"])) switch
        {
            ItemResult<ArticleItem>.Ok(var found) => $"{slug}: {found.Data.Title}, and {found.Included?.Related?.Count} related",
            ItemResult<ArticleItem>.Moved(_, var path) => $"{slug}: moved to {path}",
            ItemResult<ArticleItem>.Gone(var problem) => $"{slug}: gone, {problem.Detail}",
            ItemResult<ArticleItem>.NotFound(var problem) => $"{slug}: not found, {problem.Detail}",
            _ => throw new InvalidOperationException(),
        }
    );

try
{
    await api.ListArticlesAsync(topic: ["chnia"]);
}
catch (ApiException<Problem> refused)
{
    Console.WriteLine($"{refused.Result.Parameter}: {refused.Result.Detail}");
}

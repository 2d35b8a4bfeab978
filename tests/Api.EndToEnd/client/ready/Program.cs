using Clients;
using Content;

using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
var story = new ReadyStory(new ContentClient(http));
await story.Tell();
ReadyStory.EveryPageCanBeWalked();
await story.EveryListIsWalked();
await story.ItemsOfEachKindAreFound();
await story.AWalkIsCancelled();

/// <summary>The client of openapi/csharp.</summary>
internal sealed class ReadyStory(ContentClient api) : Story
{
    protected override async Task<Page> List(string[] topic, string[]? fields, int? limit, string? cursor)
    {
        var page = await Ask(() => api.ListArticlesAsync(topic: topic, fields: fields, limit: limit, cursor: cursor));
        return new(
            [.. page.Data.Select(one => new Listed(one.Id.ToString(), one.Slug, one.Title, one.Summary))],
            page.Page.Total,
            page.Page.Next
        );
    }

    protected override async Task<(string? Slug, string? BodyHtml)> Article(string slug)
    {
        var item = await Ask(() => api.GetArticleAsync(slug));
        return (item.Data.Slug, item.Data.BodyHtml);
    }

    // A list that is new in the contract wants a line in Pages.cs.
    public static void EveryPageCanBeWalked()
    {
        var forgotten = typeof(ContentClient)
            .Assembly.GetExportedTypes()
            .Where(type => type.GetProperty("Page")?.PropertyType == typeof(PageInfo) && !typeof(IPage).IsAssignableFrom(type));
        Check(!forgotten.Any(), $"no IPage: {string.Join(", ", forgotten)}");
    }

    public async Task EveryListIsWalked()
    {
        await Walk(cursor => api.ListArticlesAsync(limit: 9, cursor: cursor), page => page.Data);
        await Walk(cursor => api.ListArticleTypesAsync(limit: 2, cursor: cursor), page => page.Data);
        await Walk(cursor => api.ListEventsAsync(limit: 3, cursor: cursor), page => page.Data);
        await Walk(cursor => api.ListExpertsAsync(limit: 3, cursor: cursor), page => page.Data);
        await Walk(cursor => api.ListMenusAsync(limit: 1, cursor: cursor), page => page.Data);
        await Walk(cursor => api.ListPagesAsync(limit: 2, cursor: cursor), page => page.Data);
        await Walk(cursor => api.ListRedirectsAsync(limit: 2, cursor: cursor), page => page.Data);
        await Walk(cursor => api.ListTopicsAsync(limit: 4, cursor: cursor), page => page.Data);
        await Walk(cursor => api.SearchAsync("trade", limit: 2, cursor: cursor), page => page.Data);

        static async Task Walk<TPage, T>(Func<string?, Task<TPage>> list, Func<TPage, IEnumerable<T>> items)
            where TPage : IPage
        {
            var total = (await list(null)).Page.Total;
            var count = 0;
            await foreach (var item in Pages.All(list, items))
                count++;
            Check(count > 1 && count == total, $"{count} of {total} items of {typeof(T)}");
        }
    }

    public async Task ItemsOfEachKindAreFound()
    {
        Check(
            await Items.Find("a-longer-view", slug => api.GetArticleAsync(slug))
                is ItemResult<ArticleItem>.Ok { Item.Data.Slug: "a-longer-view" },
            "no article"
        );
        Check(
            await Items.Find("the-long-view-on-china", slug => api.GetArticleAsync(slug))
                is ItemResult<ArticleItem>.Moved("a-longer-view", "/articles/a-longer-view"),
            "not moved"
        );
        Check(
            await Items.Find("tariff-tables-for-fifty-ports", slug => api.GetArticleAsync(slug))
                is ItemResult<ArticleItem>.Gone({ Code: "gone", Reason: "retracted" }),
            "not gone"
        );
        Check(
            await Items.Find("none", slug => api.GetEventAsync(slug)) is ItemResult<EventItem>.NotFound({ Code: "not-found" }),
            "an event"
        );
        Check(await Items.Find("ada-moreau", slug => api.GetExpertAsync(slug)) is ItemResult<ExpertItem>.Ok, "no expert");
        Check(await Items.Find("china", slug => api.GetTopicAsync(slug)) is ItemResult<TopicItem>.Ok, "no topic");
        Check(await Items.Find("none", slug => api.GetPageAsync(slug)) is ItemResult<SitePageItem>.NotFound, "a page");
        var refused = await Refusal(() => Ask(() => Items.Find("china", slug => api.GetTopicAsync(slug, fields: ["nmae"]))));
        Check(refused is { Status: 400, Parameter: "fields" }, $"another problem: {refused}");
    }

    public async Task AWalkIsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        var seen = 0;
        try
        {
            await foreach (var article in Pages.All(cursor => api.ListArticlesAsync(cursor: cursor), page => page.Data, cancel.Token))
            {
                seen++;
                await cancel.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            Check(seen == 1, $"{seen} articles");
            return;
        }
        Check(false, "the walk goes on");
    }

    private static async Task<T> Ask<T>(Func<Task<T>> request)
    {
        try
        {
            return await request();
        }
        catch (ApiException<Problem> refused)
        {
            var problem = refused.Result;
            throw new Refused(problem.Status, problem.Code, problem.Parameter, problem.Allowed, problem.Reason, refused);
        }
    }
}

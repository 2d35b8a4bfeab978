namespace Content;

/// <summary>The answer for one item.</summary>
/// <typeparam name="T">The item.</typeparam>
public interface IItem<out T>
{
    /// <summary>The item.</summary>
    T Data { get; }
}

/// <summary>An item that has a page on the site.</summary>
public interface ISlugged
{
    /// <summary>The slug of today.</summary>
    string Slug { get; }

    /// <summary>The path of its page.</summary>
    string? Path { get; }
}

public partial class Article : ISlugged;

public partial class Event : ISlugged;

public partial class Expert : ISlugged;

public partial class SitePage : ISlugged;

public partial class Topic : ISlugged;

public partial class ArticleItem : IItem<Article>;

public partial class EventItem : IItem<Event>;

public partial class ExpertItem : IItem<Expert>;

public partial class SitePageItem : IItem<SitePage>;

public partial class TopicItem : IItem<Topic>;

/// <summary>What became of a request for an item.</summary>
/// <typeparam name="T">The answer, such as <see cref="ArticleItem"/>.</typeparam>
public abstract record ItemResult<T>
{
    private ItemResult() { }

    /// <summary>It is there.</summary>
    public sealed record Ok(T Item) : ItemResult<T>;

    /// <summary>The slug is an old one. <paramref name="Slug"/> is that of today, <paramref name="Path"/> the path of its page.</summary>
    public sealed record Moved(string Slug, string? Path) : ItemResult<T>;

    /// <summary>It was withdrawn; <see cref="Content.Problem.Reason"/> says why.</summary>
    public sealed record Gone(Problem Problem) : ItemResult<T>;

    /// <summary>There is no such item.</summary>
    public sealed record NotFound(Problem Problem) : ItemResult<T>;
}

/// <summary>Requests for items.</summary>
public static class Items
{
    /// <summary>
    /// An item by its slug: <c>Items.Find("a-longer-view", slug => api.GetArticleAsync(slug))</c>. The API redirects from old slugs, and
    /// <see cref="HttpClient"/> follows, so a slug other than the one asked for means that the item has moved.
    /// </summary>
    /// <exception cref="ApiException">The answer is a problem, and the item neither gone nor unknown.</exception>
    public static async Task<ItemResult<T>> Find<T>(string slug, Func<string, Task<T>> get)
        where T : IItem<ISlugged>
    {
        try
        {
            var item = await get(slug).ConfigureAwait(false);
            return item.Data.Slug == slug ? new ItemResult<T>.Ok(item) : new ItemResult<T>.Moved(item.Data.Slug, item.Data.Path);
        }
        catch (ApiException<Problem> refused) when (refused.Result.Code == "gone")
        {
            return new ItemResult<T>.Gone(refused.Result);
        }
        catch (ApiException<Problem> refused) when (refused.Result.Code == "not-found")
        {
            return new ItemResult<T>.NotFound(refused.Result);
        }
    }
}

public partial class ContentClient
{
    // The address of the HttpClient, where it has one, goes before that of the document.
    partial void Initialize()
    {
        if (_httpClient.BaseAddress is { } address)
            BaseUrl = address.AbsoluteUri;
    }
}

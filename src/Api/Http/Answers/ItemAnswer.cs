using Api.Contracts;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Http.Answers;

/// <summary>Makes the answers for one item. For errors see <see cref="Problems.NotFound"/> and <see cref="Problems.Gone"/>.</summary>
internal static class ItemAnswer
{
    /// <summary>The item. <c>fields</c> applies to it, never to <paramref name="included"/>.</summary>
    public static IResult Of<T>(HttpContext http, Query query, T data, Included? included = null)
        where T : notnull
    {
        var keys = AnswerKeys.Of(http);
        keys.Show([data]);
        keys.Show(included?.Related ?? []);
        keys.Show(included?.MoreOnTopic ?? []);
        keys.Show(included?.TopicEvents ?? []);
        keys.Show(included?.Menus ?? []);
        return http.GetEndpoint()?.Metadata.GetMetadata<ItemFormat<T>>() is { } other
            ? new WrittenAnswer(other.Format, other.Write(http, data))
            : JsonAnswer.Of(new Item<T>(data, included), query.Fields);
    }

    /// <summary>A 301 to the same endpoint with the item's current slug; suffix and query are kept.</summary>
    public static IResult Moved(HttpContext http, Query query, string slug) =>
        Results.Redirect(
            Links.Of(http).Api(RoutePath.Of(http, slug)) + RequestLimits.SuffixOf(http) + query.WholeQueryString,
            permanent: true
        );
}

/// <summary>Makes an answer without an envelope.</summary>
internal static class PlainAnswer
{
    /// <summary><paramref name="value"/> as JSON.</summary>
    public static IResult Of<T>(T value) => JsonAnswer.Of(value, null);
}

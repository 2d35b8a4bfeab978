using Api.Contracts;
using Api.Http.Errors;
using Api.Http.Requests;

namespace Api.Http.Answers;

/// <summary>Makes the answers for one item. For errors see <see cref="Problems.NotFound"/> and <see cref="Problems.Gone"/>.</summary>
internal static class ItemAnswer
{
    /// <summary>The item. <c>fields</c> applies to it, never to <paramref name="included"/>.</summary>
    public static Answer<Item<T>> Of<T>(ApiRequest request, T data, Included? included = null)
        where T : notnull
    {
        var keys = request.Keys;
        keys.Show([data]);
        keys.Show(included?.Related ?? []);
        keys.Show(included?.MoreOnTopic ?? []);
        keys.Show(included?.TopicEvents ?? []);
        keys.Show(included?.Menus ?? []);
        return new Answer<Item<T>>(
            request.Http.GetEndpoint()?.Metadata.GetMetadata<ItemFormat<T>>() is { } other
                ? new AnswerBody(other.Format.ContentType, other.Write(request, data))
                : JsonBody.Of(new Item<T>(data, included), request.Query.Fields)
        );
    }

    /// <summary>A 301 to the same endpoint with the item's current slug; suffix and query are kept.</summary>
    public static Answer<T> Moved<T>(ApiRequest request, string slug) =>
        Answer<T>.MovedTo(request.Links.Api(RoutePath.Of(request.Http, slug)) + request.Suffix + request.Query.WholeQueryString);
}

/// <summary>Makes an answer without an envelope.</summary>
internal static class PlainAnswer
{
    /// <summary><paramref name="value"/> as JSON.</summary>
    /// <param name="value">The whole body.</param>
    /// <param name="link">The <c>Link</c> header; null for none.</param>
    public static Answer<T> Of<T>(T value, string? link = null) => new(JsonBody.Of(value) with { Link = link });
}

using System.Globalization;
using Api.Contracts;
using Api.Contracts.Cards;
using Api.Http.Errors;
using Api.Http.Requests;
using Microsoft.AspNetCore.WebUtilities;

namespace Api.Http.Answers;

/// <summary>Makes the answers for one item. For errors see <see cref="Problems.NotFound"/> and <see cref="Problems.Gone"/>.</summary>
internal static class ItemAnswer
{
    /// <summary>The item without related data.</summary>
    public static Answer<Item<T, Included>> Of<T>(ApiRequest request, T data)
        where T : notnull => Of<T, Included>(request, data, null);

    /// <summary>The item. The caller names the keys of <paramref name="included"/>, which is null when nothing was asked for.</summary>
    public static Answer<Item<T, TIncluded>> Of<T, TIncluded>(ApiRequest request, T data, TIncluded? included)
        where T : notnull
        where TIncluded : class
    {
        request.Keys.Show([data]);
        return new Answer<Item<T, TIncluded>>(
            request.FormatOf<ItemFormat<T>>() is { } other
                ? new AnswerBody(other.Format.ContentType, other.Write(request, data))
                : JsonBody.Of(new Item<T, TIncluded>(data, included), request.Query.Fields)
        );
    }

    /// <summary>A 301 to the same endpoint with the item's current slug; suffix and query are kept.</summary>
    public static Answer<T> Moved<T>(ApiRequest request, string slug)
    {
        var query = request.Query.QueryString;
        if (request.Query.MinSequence is { } least)
            query = QueryHelpers.AddQueryString(query, "minSequence", least.ToString(CultureInfo.InvariantCulture));
        return Answer<T>.MovedTo(request.Links.Api(RoutePath.Of(request.Http, slug)) + request.Suffix + query);
    }
}

/// <summary>Makes an answer without an envelope.</summary>
internal static class PlainAnswer
{
    /// <summary><paramref name="value"/> as JSON.</summary>
    /// <param name="value">The whole body.</param>
    /// <param name="link">The <c>Link</c> header; null for none.</param>
    public static Answer<T> Of<T>(T value, string? link = null) => new(JsonBody.Of(value) with { Link = link });
}

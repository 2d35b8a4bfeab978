using Microsoft.Net.Http.Headers;

namespace Api.Http.Caching;

/// <summary>Conditional requests (RFC 9110 §13).</summary>
internal static class Preconditions
{
    /// <summary>Whether the client has the answer already; <c>If-Modified-Since</c> counts only without <c>If-None-Match</c> (§13.2.2). What cannot be read is ignored. Pure.</summary>
    /// <param name="headers">Of the request.</param>
    /// <param name="etag">The answer's, weak.</param>
    /// <param name="lastModified">The answer's, in whole seconds; null when it has none.</param>
    public static bool IsNotModified(IHeaderDictionary headers, string etag, DateTimeOffset? lastModified)
    {
        var tags = headers.IfNoneMatch;
        if (tags.Count > 0) return tags.Any(text => text == etag) || Matches([.. tags.OfType<string>()], etag);
        return lastModified is { } changed && headers.IfModifiedSince is [{ } since] && HeaderUtilities.TryParseDate(since, out var date) && changed <= date;
    }

    private static bool Matches(IList<string> tags, string etag) =>
        EntityTagHeaderValue.TryParseList(tags, out var parsed)
        && parsed.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(etag), useStrongComparison: false));
}

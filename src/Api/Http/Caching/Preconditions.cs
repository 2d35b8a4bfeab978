using Microsoft.Net.Http.Headers;

namespace Api.Http.Caching;

/// <summary>Conditional requests (RFC 9110 §13).</summary>
internal static class Preconditions
{
    /// <summary>
    /// Whether the client already has the answer. <c>If-Modified-Since</c> applies only without <c>If-None-Match</c> (§13.2.2). Malformed
    /// headers are ignored. Pure.
    /// </summary>
    /// <param name="headers">The headers of the request.</param>
    /// <param name="etag">The weak entity tag of the answer.</param>
    /// <param name="lastModified">The <c>Last-Modified</c> of the answer, in whole seconds; null for none.</param>
    public static bool IsNotModified(IHeaderDictionary headers, string etag, DateTimeOffset? lastModified)
    {
        var tags = headers.IfNoneMatch;
        if (tags.Count > 0)
            return tags.Any(text => text == etag) || Matches([.. tags.OfType<string>()], etag);
        return lastModified is { } changed
            && headers.IfModifiedSince is [{ } since]
            && HeaderUtilities.TryParseDate(since, out var date)
            && changed <= date;
    }

    private static bool Matches(IList<string> tags, string etag) =>
        EntityTagHeaderValue.TryParseList(tags, out var parsed)
        && parsed.Any(tag =>
            tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(etag), useStrongComparison: false)
        );
}

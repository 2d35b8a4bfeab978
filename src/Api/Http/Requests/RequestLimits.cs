using Api.Contracts.Text;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Site;

namespace Api.Http.Requests;

/// <summary>Rejects requests that are too long or malformed before routing, and normalizes the path of the others.</summary>
internal static class RequestLimits
{
    /// <summary>Maximum length of path and query, in characters.</summary>
    public const int LongestTarget = 8_000;

    /// <summary>Maximum length of all headers, in characters.</summary>
    public const int LargestHeaders = 32_768;

    public static Task Run(HttpContext http, RequestDelegate next)
    {
        if (Check(http.Request) is { } problem)
            return problem.ExecuteAsync(http);
        NormalizePath(http);
        return next(http);
    }

    /// <summary>Whether there are more than 100 headers, or more than <see cref="LargestHeaders"/> characters in them.</summary>
    public static bool AreTooLarge(IHeaderDictionary headers)
    {
        if (headers.Count > 100)
            return true;
        var length = 0;
        foreach (var (name, values) in headers)
        {
            length += name.Length;
            foreach (var value in values)
                length += value?.Length ?? 0;
        }
        return length > LargestHeaders;
    }

    private static Problem? Check(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        if (path.Length + (request.QueryString.Value?.Length ?? 0) > LongestTarget)
            return Problems.UriTooLong(LongestTarget);
        if (AreTooLarge(request.Headers))
            return Problems.HeadersTooLarge();
        if (request.Host.Value is { Length: > 0 } host && !Links.IsHost(host))
            return Problems.InvalidHost();
        // The database would refuse a NUL or half a surrogate pair.
        return path.Any(char.IsControl) || !IsText(path) ? Problems.UnknownRoute("(not text)") : null;
    }

    // Removes .json, which is the default format. Slugs have no dot.
    private static void NormalizePath(HttpContext http)
    {
        var text = http.Request.Path.Value ?? "";
        if (!System.Text.Ascii.IsValid(text))
            text = Nfc.Normalize(text);
        if (
            text.StartsWith("/v1", StringComparison.OrdinalIgnoreCase)
            && text.EndsWith(Format.JsonSuffix, StringComparison.Ordinal)
            && !text.EndsWith(Format.JsonFeed.Suffix, StringComparison.Ordinal)
            && !text.EndsWith(Format.Cards.Suffix, StringComparison.Ordinal)
        )
        {
            text = text[..^Format.JsonSuffix.Length];
            ApiRequest.Of(http).HasJsonSuffix = true;
        }
        http.Request.Path = text;
    }

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\uFFFE' or '\uFFFF')
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }
        return true;
    }
}

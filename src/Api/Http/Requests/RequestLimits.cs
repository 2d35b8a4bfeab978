using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Site;

namespace Api.Http.Requests;

/// <summary>Looks at a request before it is routed: what is too long or malformed goes no further, the rest gets one spelling.</summary>
internal static class RequestLimits
{
    /// <summary>Characters of path and query.</summary>
    public const int LongestTarget = 8_000;

    /// <summary>Characters of all headers.</summary>
    public const int LargestHeaders = 32_768;

    public static Task Run(HttpContext http, RequestDelegate next)
    {
        if (Check(http.Request) is { } problem) return problem.ExecuteAsync(http);
        Spell(http);
        return next(http);
    }

    /// <summary>What the address of a request ends in, as it was sent.</summary>
    public static string SuffixOf(HttpContext http) => http.Items.ContainsKey(typeof(RequestLimits)) ? Format.JsonSuffix : Format.Of(http).Suffix;

    /// <summary>Whether there are more headers than are read.</summary>
    public static bool AreTooLarge(IHeaderDictionary headers)
    {
        if (headers.Count > 100) return true;
        var length = 0;
        foreach (var (name, values) in headers)
        {
            length += name.Length;
            foreach (var value in values) length += value?.Length ?? 0;
        }
        return length > LargestHeaders;
    }

    private static Problem? Check(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        if (path.Length + (request.QueryString.Value?.Length ?? 0) > LongestTarget) return Problems.UriTooLong(LongestTarget);
        if (AreTooLarge(request.Headers)) return Problems.HeadersTooLarge();
        if (request.Host.Value is { Length: > 0 } host && !Links.IsHost(host)) return Problems.InvalidHost();
        // A NUL or half a surrogate pair would fail in the database.
        return path.Any(char.IsControl) || !IsText(path) ? Problems.UnknownRoute("(not text)") : null;
    }

    // .json is what every address of the API answers anyway; a slug has no dot.
    private static void Spell(HttpContext http)
    {
        var text = http.Request.Path.Value ?? "";
        if (!System.Text.Ascii.IsValid(text)) text = text.Normalize();
        if (text.StartsWith("/v1", StringComparison.OrdinalIgnoreCase) && text.EndsWith(Format.JsonSuffix, StringComparison.Ordinal) && !text.EndsWith(Format.JsonFeed.Suffix, StringComparison.Ordinal))
        {
            text = text[..^Format.JsonSuffix.Length];
            http.Items[typeof(RequestLimits)] = Format.JsonSuffix;
        }
        http.Request.Path = text;
    }

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}

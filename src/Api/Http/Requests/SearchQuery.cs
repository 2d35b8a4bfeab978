using Api.Http.Parameters;

namespace Api.Http.Requests;

/// <summary>
/// Tells requests that search or count facets from all others. There is no end to such requests, and each takes more work than a list, so
/// search engines and other robots are kept from walking through them.
/// </summary>
internal static class SearchQuery
{
    /// <summary>Whether a query string, as sent, has <c>q</c> or <c>facets</c>, valid or not. Pure.</summary>
    public static bool IsIn(string? query)
    {
        if (query is not { Length: > 1 })
            return false;
        var pairs = query.AsSpan(1);
        foreach (var range in pairs.Split('&'))
        {
            var pair = pairs[range];
            var name = pair.IndexOf('=') is >= 0 and var equals ? pair[..equals] : pair;
            if (Is(name) || (name.Contains('%') && RawQuery.TryDecode(name.ToString(), out var plain) && Is(plain)))
                return true;
        }
        return false;
    }

    /// <summary>Those of some parameters that make a request such a one. Pure.</summary>
    public static IReadOnlyList<string> NamesIn(IEnumerable<Parameter> parameters) =>
        [.. parameters.Select(parameter => parameter.Name).Where(name => Is(name))];

    private static bool Is(ReadOnlySpan<char> name) => name is "q" or "facets";
}

using Microsoft.Extensions.Primitives;

namespace Api.Http.Keys;

/// <summary>The header <c>Authorization: Bearer KEY</c> (RFC 6750 §2.1). Another scheme is no key: proxies put Basic there.</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer";

    /// <summary>Whether a request brings a key, well-formed or not.</summary>
    public static bool IsIn(IHeaderDictionary headers) => headers.Authorization is { Count: > 0 } values && HasKey(values);

    /// <summary>The key that a request brings; null when it is malformed, or when there are several.</summary>
    public static ApiKey? KeyOf(IHeaderDictionary headers) =>
        headers.Authorization is [{ } only] && IsBearer(only) ? ApiKey.Parse(only[Scheme.Length..].Trim(' ')) : null;

    private static bool HasKey(StringValues values)
    {
        foreach (var value in values)
        {
            if (value is not null && IsBearer(value))
                return true;
        }
        return false;
    }

    private static bool IsBearer(string value) =>
        value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && (value.Length == Scheme.Length || value[Scheme.Length] == ' ');
}

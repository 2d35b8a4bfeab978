using System.Net;

namespace Api.Http.Guarded;

/// <summary>A URL that somebody else chose, and to which this machine sends requests.</summary>
internal static class GuardedUrl
{
    private const int Longest = 2_000;

    /// <summary>Parses a URL: <c>https</c>, without user and fragment, no address of a private network. Pure.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="allowPrivate">Whether <c>http</c> and private addresses are allowed.</param>
    /// <returns>The URL, or a sentence that says what would be one.</returns>
    public static (Uri? Url, string? Error) Parse(string text, bool allowPrivate)
    {
        if (
            text.Length > Longest
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.Host == ""
        )
            return (null, $"This is no URL of at most {Longest} characters, such as https://example.org/hook.");
        if (url.UserInfo != "")
            return (
                null,
                "A user or a password in the URL is not sent: leave it out. The signature shows the receiver where a request comes from."
            );
        if (url.Fragment != "" || text.Contains('#', StringComparison.Ordinal))
            return (null, "A fragment (#…) is not sent: leave it out.");
        if (!allowPrivate && url.Scheme != "https")
            return (null, "The URL has to begin with https://. For a receiver in your own network, http is allowed by --allow-private.");
        if (
            IPAddress.TryParse(url.IdnHost, out var address)
            && !(allowPrivate ? AddressGuard.IsUsable(address) : AddressGuard.IsPublic(address))
        )
            return (null, Refused(url.IdnHost, allowPrivate));
        return (url, null);
    }

    /// <summary>The sentence for a name or an address that may not be connected to.</summary>
    public static string Refused(string host, bool allowPrivate) =>
        allowPrivate
            ? $"{host} is no address of a machine."
            : $"{host} is in no public network. Use a public address, or allow this one by --allow-private.";
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Api.Contracts.Text;

/// <summary>Converts web addresses to URIs (RFC 3986), as <c>format: uri</c> promises for every address in an answer.</summary>
internal static partial class WebAddress
{
    /// <summary>Maximum length of an address in content, in characters once encoded.</summary>
    public const int MaxLength = 2_048;

    /// <summary>Maximum length of a path of the old site that redirects, in bytes of UTF-8.</summary>
    public const int MaxOldPathBytes = 2_048;

    // Characters that need no encoding in a path, a query or fragment, a user and a host (RFC 3986 §3.2 to §3.5).
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/";

    private static readonly SearchValues<char> InPath = SearchValues.Create(Plain);
    private static readonly SearchValues<char> InQuery = SearchValues.Create(Plain + "?");
    private static readonly SearchValues<char> InUser = SearchValues.Create(Plain.AsSpan(0, Plain.Length - 2));
    private static readonly SearchValues<char> InHost = SearchValues.Create(Plain.AsSpan(0, Plain.Length - 3));

    /// <summary>
    /// Converts an absolute http or https address to a URI. A valid URI is returned unchanged, so nothing is encoded twice. Otherwise
    /// surrounding white space, tabs and line ends are dropped, the host becomes ASCII (IDNA, RFC 5891), and characters that a URI does not
    /// allow are percent-encoded in UTF-8 (RFC 3987 §3.1), as is a <c>%</c> without two hexadecimal digits.
    /// </summary>
    /// <returns>Null when the text is not such an address.</returns>
    public static string? Of(string text)
    {
        text = string.Concat(text.Trim().Where(c => c is not ('\t' or '\n' or '\r')));
        if (
            Parts().Match(text) is not { Success: true } parts
            || !Uri.TryCreate(text, UriKind.Absolute, out _)
            || Host(parts.Groups["host"].Value) is not { } host
        )
            return null;
        var uri = new StringBuilder(parts.Groups["scheme"].Value);
        Encode(parts.Groups["user"].ValueSpan, InUser, uri);
        if (parts.Groups["user"].Success)
            uri.Append('@');
        uri.Append(host).Append(parts.Groups["port"].ValueSpan);
        // As in browsers (WHATWG URL §4.4), a backslash before the query is a slash.
        Encode(parts.Groups["path"].Value.Replace('\\', '/'), InPath, uri);
        if (parts.Groups["query"].Success)
            Encode(parts.Groups["query"].ValueSpan, InQuery, uri.Append('?'));
        if (parts.Groups["fragment"].Success)
            Encode(parts.Groups["fragment"].ValueSpan, InQuery, uri.Append('#'));
        return uri.ToString();
    }

    /// <summary>Percent-encodes path and query of an address in the same way.</summary>
    public static string OfPath(string path)
    {
        var uri = new StringBuilder();
        Encode(path, InQuery, uri);
        return uri.ToString();
    }

    /// <summary>The name or address of a host in ASCII; null when it is not valid.</summary>
    private static string? Host(string name)
    {
        if (name.StartsWith('['))
            return name;
        var ascii = Ascii.IsValid(name) ? name : InAscii(name);
        return string.IsNullOrEmpty(ascii) || ascii.AsSpan().ContainsAnyExcept(InHost) ? null : ascii;
    }

    private static string? InAscii(string name)
    {
        try
        {
            // Normalized first, so that a decomposed name is the host of the composed one.
            return
                Uri.TryCreate($"http://{Nfc.Normalize(name)}/", UriKind.Absolute, out var read)
                && Uri.TryCreate($"http://{read.IdnHost}/", UriKind.Absolute, out _)
                ? read.IdnHost
                : null;
        }
        catch (UriFormatException)
        {
            return null; // Reading IdnHost throws for a name that IDNA forbids.
        }
    }

    private static void Encode(ReadOnlySpan<char> part, SearchValues<char> allowed, StringBuilder into)
    {
        Span<byte> bytes = stackalloc byte[4];
        while (part.Length > 0)
        {
            if (allowed.Contains(part[0]) || part is ['%', _, _, ..] && char.IsAsciiHexDigit(part[1]) && char.IsAsciiHexDigit(part[2]))
            {
                into.Append(part[0]);
                part = part[1..];
                continue;
            }
            Rune.DecodeFromUtf16(part, out var rune, out var length);
            foreach (var one in bytes[..rune.EncodeToUtf8(bytes)])
                into.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
            part = part[length..];
        }
    }

    [GeneratedRegex(
        @"\A(?<scheme>https?://)((?<user>[^/\\?#]*)@)?(?<host>\[[0-9a-f:.]+\]|[^/\\?#:@\[\]]+)(?<port>:[0-9]*)?(?<path>([/\\][^?#]*)?)(\?(?<query>[^#]*))?(#(?<fragment>.*))?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Parts();
}

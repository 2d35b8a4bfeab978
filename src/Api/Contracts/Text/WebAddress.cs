using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Api.Contracts.Text;

/// <summary>Addresses of the web as URIs (RFC 3986): what <c>format: uri</c> promises of every address in an answer.</summary>
internal static partial class WebAddress
{
    // RFC 3986 §3.2 to §3.5: what stands for itself in a path, a query or fragment, a user and a host.
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/";

    private static readonly SearchValues<char> InPath = SearchValues.Create(Plain);
    private static readonly SearchValues<char> InQuery = SearchValues.Create(Plain + "?");
    private static readonly SearchValues<char> InUser = SearchValues.Create(Plain.AsSpan(0, Plain.Length - 2));
    private static readonly SearchValues<char> InHost = SearchValues.Create(Plain.AsSpan(0, Plain.Length - 3));

    /// <summary>
    /// An absolute http or https address as a URI. A valid one comes back as it is, so nothing is encoded twice. Of any other, white space around it and tabs and line ends in it are
    /// dropped, the host becomes ASCII (IDNA, RFC 5891), and what may not stand in a URI is percent-encoded in UTF-8 (RFC 3987 §3.1), as is a <c>%</c> without two hexadecimal digits.
    /// </summary>
    /// <returns>Null for what is no such address.</returns>
    public static string? Of(string text)
    {
        text = string.Concat(text.Trim().Where(c => c is not ('\t' or '\n' or '\r')));
        if (Parts().Match(text) is not { Success: true } parts || !Uri.TryCreate(text, UriKind.Absolute, out _) || Host(parts.Groups["host"].Value) is not { } host) return null;
        var uri = new StringBuilder(parts.Groups["scheme"].Value);
        Encode(parts.Groups["user"].ValueSpan, InUser, uri);
        if (parts.Groups["user"].Success) uri.Append('@');
        uri.Append(host).Append(parts.Groups["port"].ValueSpan);
        // As browsers read it (WHATWG URL §4.4), a backslash before the query is a slash.
        Encode(parts.Groups["path"].Value.Replace('\\', '/'), InPath, uri);
        if (parts.Groups["query"].Success) Encode(parts.Groups["query"].ValueSpan, InQuery, uri.Append('?'));
        if (parts.Groups["fragment"].Success) Encode(parts.Groups["fragment"].ValueSpan, InQuery, uri.Append('#'));
        return uri.ToString();
    }

    /// <summary>Path and query of an address, percent-encoded in the same way.</summary>
    public static string OfPath(string path)
    {
        var uri = new StringBuilder();
        Encode(path, InQuery, uri);
        return uri.ToString();
    }

    /// <summary>The name or address of a host in ASCII; null for what is none.</summary>
    private static string? Host(string name)
    {
        if (name.StartsWith('[')) return name;
        var ascii = Ascii.IsValid(name) ? name : InAscii(name);
        return string.IsNullOrEmpty(ascii) || ascii.AsSpan().ContainsAnyExcept(InHost) ? null : ascii;
    }

    private static string? InAscii(string name)
    {
        try
        {
            // Composed first: without ICU the same name decomposed would be another.
            return Uri.TryCreate($"http://{Nfc.Normalize(name)}/", UriKind.Absolute, out var read) && Uri.TryCreate($"http://{read.IdnHost}/", UriKind.Absolute, out _) ? read.IdnHost : null;
        }
        catch (UriFormatException)
        {
            return null; // What IDNA forbids is found when the name is asked for.
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
            foreach (var one in bytes[..rune.EncodeToUtf8(bytes)]) into.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
            part = part[length..];
        }
    }

    [GeneratedRegex(
        @"\A(?<scheme>https?://)((?<user>[^/\\?#]*)@)?(?<host>\[[0-9a-f:.]+\]|[^/\\?#:@\[\]]+)(?<port>:[0-9]*)?(?<path>([/\\][^?#]*)?)(\?(?<query>[^#]*))?(#(?<fragment>.*))?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}

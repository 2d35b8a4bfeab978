using System.Text.RegularExpressions;

namespace Api.Import.WordPress.ExportFile;

internal enum WxrNamespace
{
    None,
    Wp,
    Excerpt,
    Content,
    Dc,
    Other,
}

/// <summary>
/// Recognises the namespaces of an export by their URIs: prefixes, <c>http</c> or <c>https</c>, and the version all vary.
/// </summary>
internal static partial class WxrNames
{
    public static WxrNamespace Of(string uri) =>
        uri switch
        {
            "" => WxrNamespace.None,
            _ when Export().Match(uri) is { Success: true } export => export.Groups[1].Success ? WxrNamespace.Excerpt : WxrNamespace.Wp,
            _ when Modules().Match(uri) is { Success: true } module => module.Groups[1].Success ? WxrNamespace.Content : WxrNamespace.Dc,
            _ => WxrNamespace.Other,
        };

    [GeneratedRegex(@"^https?://(?:www\.)?wordpress\.org/export/[0-9.]+/(excerpt/?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Export();

    [GeneratedRegex(@"^https?://purl\.org/(?:rss/1\.0/modules/(content)|dc/elements/1\.[01])/?$", RegexOptions.IgnoreCase)]
    private static partial Regex Modules();
}

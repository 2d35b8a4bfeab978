using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>Reads the terms of an article.</summary>
internal static class LicenseReader
{
    /// <summary>Null when left out or wrong: the site's terms.</summary>
    public static (string Id, string Url)? Read(ObjectReader members)
    {
        if (members.Object("license") is not { } license)
            return null;
        var (id, url) = (license.RequiredLine("id", 200), license.RequiredUrl("url"));
        license.Finish("canonicalUrl", "originallyPublishedAt", "attributionHtml");
        return (id, url);
    }
}

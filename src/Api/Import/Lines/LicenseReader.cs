using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>Reads the license of an article.</summary>
internal static class LicenseReader
{
    /// <summary>The license; null when left out or invalid: the terms of the site apply.</summary>
    public static (string Id, string Url)? Read(ObjectReader members)
    {
        if (members.Object("license") is not { } license)
            return null;
        var (id, url) = (license.RequiredLine("id", 200), license.RequiredUrl("url"));
        license.Finish("canonicalUrl", "originallyPublishedAt", "attributionHtml");
        return (id, url);
    }
}

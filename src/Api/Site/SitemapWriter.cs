using System.Globalization;
using System.Text;
using System.Xml;

namespace Api.Site;

/// <summary>Writes sitemaps (https://www.sitemaps.org/protocol.html). Pure.</summary>
internal static class SitemapWriter
{
    private const string Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(false),
        Indent = true,
        IndentChars = "",
    };

    /// <summary>
    /// A sitemap of pages with their translations
    /// (https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap).
    /// </summary>
    public static ReadOnlyMemory<byte> Pages(IEnumerable<SitemapPage> pages) =>
        Write(
            "urlset",
            writer =>
            {
                writer.WriteAttributeString("xmlns", "xhtml", null, Xhtml);
                foreach (var page in pages)
                {
                    writer.WriteStartElement("url", Sitemap);
                    writer.WriteElementString("loc", Sitemap, page.Url);
                    if (page.ChangedAt is { } at)
                        writer.WriteElementString(
                            "lastmod",
                            Sitemap,
                            at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
                        );
                    foreach (var (language, url) in page.Alternates)
                    {
                        writer.WriteStartElement("xhtml", "link", Xhtml);
                        writer.WriteAttributeString("rel", "alternate");
                        writer.WriteAttributeString("hreflang", language);
                        writer.WriteAttributeString("href", url);
                        writer.WriteEndElement();
                    }
                    writer.WriteEndElement();
                }
            }
        );

    /// <summary>An index of sitemaps.</summary>
    public static ReadOnlyMemory<byte> Index(IEnumerable<string> urls) =>
        Write(
            "sitemapindex",
            writer =>
            {
                foreach (var url in urls)
                {
                    writer.WriteStartElement("sitemap", Sitemap);
                    writer.WriteElementString("loc", Sitemap, url);
                    writer.WriteEndElement();
                }
            }
        );

    private static ReadOnlyMemory<byte> Write(string root, Action<XmlWriter> content)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Settings))
        {
            writer.WriteStartElement(root, Sitemap);
            content(writer);
            writer.WriteEndElement();
        }
        return bytes.ToArray();
    }
}

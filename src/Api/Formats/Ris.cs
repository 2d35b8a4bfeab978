using System.Globalization;
using System.Text;
using Api.Contracts;
using Api.Http;

namespace Api.Formats;

/// <summary>Writes an article in the RIS format that reference managers import, in UTF-8. Pure.</summary>
internal static class Ris
{
    public static ReadOnlyMemory<byte> Of(Article article, SiteSettings site)
    {
        var lines = new StringBuilder();
        // The type comes first and the end last; between them the order is free.
        Line("TY", article.Type.Slug switch { "report" => "RPRT", "op-ed" or "in-the-media" when article.Source is not null => "NEWS", _ => "GEN" });
        Line("ID", article.Slug);
        Line("TI", article.Subtitle is { } subtitle ? $"{article.Title}: {subtitle}" : article.Title);
        foreach (var author in FeedEntries.AuthorsOf(article)) Line("AU", BibTeX.FamilyFirst(author) ?? author.Name);
        if (article.Source is { } source) Line("T2", source.Name);
        Line("PB", site.Name);
        Line("PY", article.PublishedDate.Year.ToString(CultureInfo.InvariantCulture));
        Line("DA", article.PublishedDate.ToString("yyyy/MM/dd/", CultureInfo.InvariantCulture));
        Line("UR", article.CanonicalUrl);
        if (article.Doi is { } doi) Line("DO", doi);
        Line("LA", article.Language);
        if (article.Summary.Length > 0) Line("AB", article.Summary);
        foreach (var topic in article.Topics) Line("KW", topic.Name);
        foreach (var file in article.Files) Line("L1", file.Url);
        Line("N1", PlainText.Of(article.License.AttributionHtml));
        foreach (var note in BibTeX.Notes(article)) Line("N1", note);
        lines.Append("ER  - \r\n");
        return Encoding.UTF8.GetBytes(lines.ToString());

        void Line(string tag, string value) => lines.Append(CultureInfo.InvariantCulture, $"{tag}  - {XmlSafe.Text(PlainText.OneLine(value))}\r\n");
    }
}

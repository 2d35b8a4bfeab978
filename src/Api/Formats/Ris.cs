using System.Globalization;
using System.Text;
using Api.Contracts;
using Api.Http.Site;

namespace Api.Formats;

/// <summary>Writes an article in the RIS format that reference managers import, in UTF-8. Pure.</summary>
internal static class Ris
{
    public static ReadOnlyMemory<byte> Of(Article article, SiteSettings site, SiteCalendar calendar)
    {
        var lines = new StringBuilder();
        // The type comes first and the end last; between them the order is free.
        var type =
            article.Type.Slug == "report" ? "RPRT"
            : article.Source is not null ? "NEWS"
            : "ELEC";
        Line("TY", type);
        Line("ID", Citation.KeyOf(article));
        Line("TI", Citation.TitleOf(article));
        foreach (var author in Citation.AuthorsOf(article, site))
            Line("AU", Name(author));
        Line(type == "NEWS" ? "T2" : "PB", article.Source?.Name ?? site.Name);
        Line("PY", article.PublishedDate.ToString("yyyy", CultureInfo.InvariantCulture));
        Line("DA", article.PublishedDate.ToString("yyyy/MM/dd/", CultureInfo.InvariantCulture));
        Line("UR", article.CanonicalUrl);
        if (article.Doi is { } doi)
            Line("DO", doi);
        // For other reference types this tag is an ISSN or ISBN.
        if (type == "RPRT" && article.ReportNumber is { } number)
            Line("SN", number);
        Line("LA", article.Language);
        if (article.Summary.Length > 0)
            Line("AB", article.Summary);
        foreach (var topic in article.Topics)
            Line("KW", topic.Name);
        foreach (var file in article.Files)
            Line("L1", file.Url);
        foreach (
            var note in new[] { Citation.OriginOf(article), Citation.TermsOf(article) }
                .OfType<string>()
                .Concat(Citation.CorrectionsOf(article, calendar))
        )
            Line("N1", note);
        lines.Append("ER  - \r\n");
        return Encoding.UTF8.GetBytes(lines.ToString());

        void Line(string tag, string value) =>
            lines.Append(CultureInfo.InvariantCulture, $"{tag}  - {XmlSafe.Text(TextOfHtml.OneLine(value))}\r\n");
    }

    // "Last, First, Suffix". A comma separates the parts, so commas are removed from a name that is not split.
    private static string Name(CitedName name) =>
        name is { Given: { } given, Family: { } family }
            ? string.Join(", ", new[] { family, given, name.Suffix }.OfType<string>())
            : name.Whole.Replace(",", "", StringComparison.Ordinal);
}

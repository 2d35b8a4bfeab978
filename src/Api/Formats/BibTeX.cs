using System.Globalization;
using System.Text;
using Api.Contracts;
using Api.Http;

namespace Api.Formats;

/// <summary>Writes an article as an entry of BibTeX and BibLaTeX, in UTF-8; the key is the slug. Pure.</summary>
internal static class BibTeX
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static ReadOnlyMemory<byte> Of(Article article, SiteSettings site)
    {
        var isReport = article.Type.Slug == "report";
        var entry = new StringBuilder($"@{(isReport ? "techreport" : article.Source is null ? "misc" : "article")}{{{article.Slug}");
        // Double braces keep the capitals of a title.
        Field("title", $"{{{Escape(article.Subtitle is { } subtitle ? $"{article.Title}: {subtitle}" : article.Title)}}}");
        Field("author", FeedEntries.AuthorsOf(article) is { Count: > 0 } authors ? string.Join(" and ", authors.Select(Name)) : $"{{{Escape(site.Name)}}}");
        if (article.Source is { } source) Field("journal", Escape(source.Name));
        Field(isReport ? "institution" : "publisher", Escape(site.Name));
        Field("year", article.PublishedDate.Year.ToString(CultureInfo.InvariantCulture));
        entry.Append(CultureInfo.InvariantCulture, $",\n  month = {Months[article.PublishedDate.Month - 1]}");
        Field("date", Cell.Of(article.PublishedDate));
        Field("url", Url(article.CanonicalUrl));
        if (article.Doi is { } doi) Field("doi", Url(doi));
        Field("language", article.Language);
        if (article.Topics.Count > 0) Field("keywords", string.Join(", ", article.Topics.Select(topic => Escape(topic.Name))));
        if (article.Summary.Length > 0) Field("abstract", Escape(article.Summary));
        Field("copyright", Escape(PlainText.Of(article.License.AttributionHtml)));
        Field("note", string.Join(" ", Notes(article).Select(Escape)));
        return Encoding.UTF8.GetBytes(entry.Append("\n}\n").ToString());

        void Field(string name, string value) => entry.Append(CultureInfo.InvariantCulture, $",\n  {name} = {{{value}}}");
    }

    /// <summary>What a citation should not lack: where it appeared first, the terms, and what was put right.</summary>
    public static IEnumerable<string> Notes(Article article)
    {
        var (origin, license) = (article.License.OriginallyPublishedAt, article.License);
        return
        [
            $"Originally published at {origin.Name}: {origin.Url}.",
            $"Licence: {license.Id}, {license.Url}.",
            .. article.Corrections.Select(correction => $"Correction, {Cell.Of(DateOnly.FromDateTime(correction.At))}: {PlainText.Of(correction.TextHtml)}"),
        ];
    }

    /// <summary>A text on one line with what TeX would act on made harmless. Pure.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in XmlSafe.Text(PlainText.OneLine(text)))
        {
            escaped.Append(letter switch
            {
                '\\' => @"\textbackslash{}",
                '~' => @"\textasciitilde{}",
                '^' => @"\textasciicircum{}",
                // BibTeX counts braces even after a backslash.
                '{' => @"\textbraceleft{}",
                '}' => @"\textbraceright{}",
                '&' or '%' or '$' or '#' or '_' => $"\\{letter}",
                _ => letter.ToString(),
            });
        }
        return escaped.ToString();
    }

    /// <summary>"Moreau, Ada"; null where given and family name are not known. Pure.</summary>
    public static string? FamilyFirst(ExpertRef person) => person is { FamilyName: { } family, GivenName: { } given } ? $"{family}, {given}" : null;

    // Braces keep together what "and" or a comma would take apart.
    private static string Name(ExpertRef person)
    {
        return person is { FamilyName: { } family, GivenName: { } given } ? $"{Part(family)}, {Part(given)}" : $"{{{Escape(person.Name)}}}";

        static string Part(string name) => name.Contains(',', StringComparison.Ordinal) || name.Contains(" and ", StringComparison.OrdinalIgnoreCase) ? $"{{{Escape(name)}}}" : Escape(name);
    }

    // Read to the letter, so nothing is escaped; braces would end the field.
    private static string Url(string url) => url.Replace("{", "%7B", StringComparison.Ordinal).Replace("}", "%7D", StringComparison.Ordinal).Replace("\\", "%5C", StringComparison.Ordinal);
}

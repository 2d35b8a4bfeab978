using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Api.Contracts;
using Api.Http.Site;

namespace Api.Formats;

/// <summary>Writes an article as a BibTeX and BibLaTeX entry in UTF-8. Pure.</summary>
/// <remarks>
/// Citation styles print every field they know. Information that a reference must not show is therefore in fields that styles do not print:
/// <c>copyright</c>, <c>annote</c>, <c>abstract</c>, <c>keywords</c>, <c>langid</c>.
/// </remarks>
internal static partial class BibTeX
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    // Language names of babel (biblatex manual §2.2.3, langid). Without a langid, a style treats the title as English.
    private static readonly Dictionary<string, string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ar"] = "arabic",
        ["cs"] = "czech",
        ["da"] = "danish",
        ["de"] = "ngerman",
        ["el"] = "greek",
        ["en"] = "english",
        ["en-GB"] = "british",
        ["en-US"] = "american",
        ["es"] = "spanish",
        ["fa"] = "persian",
        ["fi"] = "finnish",
        ["fr"] = "french",
        ["he"] = "hebrew",
        ["hi"] = "hindi",
        ["hu"] = "hungarian",
        ["id"] = "indonesian",
        ["it"] = "italian",
        ["ja"] = "japanese",
        ["ko"] = "korean",
        ["nl"] = "dutch",
        ["no"] = "norsk",
        ["nb"] = "norsk",
        ["pl"] = "polish",
        ["pt"] = "portuguese",
        ["pt-BR"] = "brazilian",
        ["ro"] = "romanian",
        ["ru"] = "russian",
        ["sv"] = "swedish",
        ["th"] = "thai",
        ["tr"] = "turkish",
        ["uk"] = "ukrainian",
        ["vi"] = "vietnamese",
        ["zh"] = "chinese",
    };

    public static ReadOnlyMemory<byte> Of(Article article, SiteSettings site, SiteCalendar calendar)
    {
        var isReport = article.Type.Slug == "report";
        var entry = new StringBuilder(
            $"@{(isReport ? "techreport" : article.Source is not null ? "article" : "misc")}{{{Citation.KeyOf(article)}"
        );
        // Double braces keep the capitals of the whole title in styles; single braces keep the capitals of words in readers that strip the
        // outer braces.
        Field("title", $"{{{Escape(Citation.TitleOf(article), keepsCapitals: true)}}}");
        if (Citation.AuthorsOf(article, site) is { Count: > 0 } authors)
            Field("author", string.Join(" and ", authors.Select(Name)));
        if (isReport)
            Field("type", "Report");
        if (isReport && article.ReportNumber is { } number)
            Field("number", Escape(number));
        Field(
            isReport ? "institution"
                : article.Source is not null ? "journal"
                : "howpublished",
            Escape(article.Source?.Name ?? site.Name)
        );
        if (!isReport && article.Source is not null)
            Field("entrysubtype", "newspaper");
        Field("year", article.PublishedDate.ToString("yyyy", CultureInfo.InvariantCulture));
        entry.Append(CultureInfo.InvariantCulture, $",\n  month = {Months[article.PublishedDate.Month - 1]}");
        Field("date", Cell.Of(article.PublishedDate));
        Field("url", Verbatim(article.CanonicalUrl));
        if (article.Doi is { } doi)
            Field("doi", Verbatim(doi));
        if (Citation.OriginOf(article) is { } origin)
            Field("note", Escape(origin));
        if (LanguageOf(article.Language) is { } language)
            Field("langid", language);
        if (article.Topics.Count > 0)
            Field(
                "keywords",
                string.Join(", ", article.Topics.Select(topic => Escape(topic.Name.Replace(",", "", StringComparison.Ordinal))))
            );
        if (article.Summary.Length > 0)
            Field("abstract", Escape(article.Summary));
        Field("copyright", Escape(Citation.TermsOf(article)));
        if (article.Corrections.Count > 0)
            Field("annote", Escape(string.Join(" ", Citation.CorrectionsOf(article, calendar))));
        return Encoding.UTF8.GetBytes(entry.Append("\n}\n").ToString());

        void Field(string name, string value) => entry.Append(CultureInfo.InvariantCulture, $",\n  {name} = {{{value}}}");
    }

    /// <summary>A text on one line with the special characters of TeX escaped. Pure.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="keepsCapitals">Whether words with capitals are wrapped in braces.</param>
    public static string Escape(string text, bool keepsCapitals = false)
    {
        text = XmlSafe.Text(TextOfHtml.OneLine(text));
        var (balanced, capitals) = (BracesOf(text), keepsCapitals ? Capitals().Matches(text).ToList() : []);
        var escaped = new StringBuilder(text.Length);
        foreach (var (at, letter) in text.Index())
        {
            if (capitals.Exists(word => word.Index == at))
                escaped.Append('{');
            escaped.Append(
                letter switch
                {
                    '\\' => @"\textbackslash{}",
                    '~' => @"\textasciitilde{}",
                    '^' => @"\textasciicircum{}",
                    // TeX's default font has other characters in these positions.
                    '<' => @"\textless{}",
                    '>' => @"\textgreater{}",
                    // BibTeX counts braces even after a backslash.
                    '{' when !balanced.Contains(at) => @"\textbraceleft{}",
                    '}' when !balanced.Contains(at) => @"\textbraceright{}",
                    '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{letter}",
                    _ => letter.ToString(),
                }
            );
            if (capitals.Exists(word => word.Index + word.Length - 1 == at))
                escaped.Append('}');
        }
        return escaped.ToString();
    }

    /// <summary>The positions of braces that are paired.</summary>
    private static HashSet<int> BracesOf(string text)
    {
        var (open, paired) = (new Stack<int>(), new HashSet<int>());
        foreach (var (at, letter) in text.Index())
        {
            if (letter == '{')
                open.Push(at);
            else if (letter == '}' && open.TryPop(out var partner))
                paired.UnionWith([partner, at]);
        }
        return paired;
    }

    /// <summary>"von Last, Jr, First" (BibTeXing §4); parts that must not be split are in braces.</summary>
    private static string Name(CitedName name)
    {
        if (name is not { Given: { } given, Family: { } family } || name.IsFamilyFirst)
            return $"{{{Escape(name.Whole)}}}";
        // Lower-case words before the family name are particles. A later one ("Ortega y Gasset") would turn everything before it into
        // particles.
        var particles = Particles().Match(family).Value;
        var rest = family[particles.Length..];
        var last = SmallWord().IsMatch(rest) ? $"{{{Escape(rest)}}}" : Part(rest);
        return string.Join(", ", new[] { particles + last, name.Suffix is { } suffix ? Part(suffix) : null, Part(given) }.OfType<string>());

        static string Part(string name) =>
            name.Contains(',', StringComparison.Ordinal) || And().IsMatch(name) ? $"{{{Escape(name)}}}" : Escape(name);
    }

    private static string? LanguageOf(string tag) => Languages.GetValueOrDefault(tag) ?? Languages.GetValueOrDefault(tag.Split('-')[0]);

    // BibTeX reads these fields literally, so TeX escapes would become part of the value; a brace would end the field.
    private static string Verbatim(string text) =>
        text.Replace("{", "%7B", StringComparison.Ordinal)
            .Replace("}", "%7D", StringComparison.Ordinal)
            .Replace("\\", "%5C", StringComparison.Ordinal);

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}'’-]*[\p{Lu}\p{Lt}][\p{L}\p{M}\p{N}'’-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Capitals();

    // Particles contain no special character but the apostrophe, so they need no escaping.
    [GeneratedRegex(@"\A(\p{Ll}[\p{L}'’]*\s+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Particles();

    [GeneratedRegex(@"(\A|\s)\p{Ll}\S*\s", RegexOptions.CultureInvariant)]
    private static partial Regex SmallWord();

    [GeneratedRegex(@"(\A|\s)and(\s|\z)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex And();
}

using System.Text;

namespace Api.Search;

/// <summary>A piece of plain text as HTML in which the words that were found are marked. Pure.</summary>
internal static class Snippet
{
    // Characters for private use, which texts are freed of before: where a mark starts and ends, where there is room between characters that have none,
    // and what stands for a less-than sign, as what looks like a tag is left out else.
    private const char Start = '\uE001';
    private const char End = '\uE002';
    private const char Room = '\uE000';
    private const char Less = '\uE003';

    /// <summary>A piece of the SQL text <paramref name="text"/> around what <paramref name="query"/> finds, to be made HTML by <see cref="Html"/>.</summary>
    public static string Sql(string config, string query, string text) => $"""
        ts_headline({config},
                        regexp_replace(translate({text}, e'<\ue000\ue001\ue002\ue003', e'\ue003'), '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])', e'\ue000\\1\ue000', 'g'),
                        {query}, e'StartSel="\ue001", StopSel="\ue002", MinWords=15, MaxWords=35, ShortWord=2')
        """;

    /// <summary>Escaped, with <c>mark</c> elements and nothing else; words in sequence share one.</summary>
    public static string Html(string headline)
    {
        var html = new StringBuilder(headline.Length + 64);
        var isMarked = false;
        foreach (var c in string.Join(' ', headline.Replace($"{Room}", "", StringComparison.Ordinal)
            .Replace($"{End} {Start}", " ", StringComparison.Ordinal).Replace($"{End}{Start}", "", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        {
            if (c is Start or End) Mark(c == Start);
            else html.Append(Escape(c));
        }
        if (isMarked) Mark(false);
        return html.ToString();

        void Mark(bool on)
        {
            if (on != isMarked) html.Append(on ? "<mark>" : "</mark>");
            isMarked = on;
        }
    }

    private static string Escape(char c) => c switch { '&' => "&amp;", '<' or Less => "&lt;", '>' => "&gt;", '"' => "&quot;", '\'' => "&#39;", _ => c.ToString() };
}

using System.Text;
using Api.Http.Parameters;

namespace Api.Search;

/// <summary>Turns a piece of plain text into HTML with the found words marked. Pure.</summary>
internal static class Snippet
{
    // Private-use characters, which are removed from the text first. They stand for the start and the end of a mark, a word boundary
    // inserted between characters of scripts without spaces, and the less-than sign, because ts_headline drops whatever looks like a tag.
    private const char Start = '\uE001';
    private const char End = '\uE002';
    private const char Room = '\uE000';
    private const char Less = '\uE003';

    /// <summary>
    /// A piece of the SQL text <paramref name="text"/> around the matches of <paramref name="query"/>; <see cref="Html"/> turns it into
    /// HTML.
    /// </summary>
    public static string Sql(string config, string query, string text) =>
        $"""
            ts_headline({config},
                            regexp_replace(translate({text}, e'<\ue000\ue001\ue002\ue003', e'\ue003'), '([{SearchTerm.OwnWords}])', e'\ue000\\1\ue000', 'g'),
                            {query}, e'StartSel="\ue001", StopSel="\ue002", MinWords=15, MaxWords=35, ShortWord=2')
            """;

    /// <summary>The piece escaped, with <c>mark</c> elements only; adjacent words share one element.</summary>
    public static string Html(string headline)
    {
        var html = new StringBuilder(headline.Length + 64);
        var isMarked = false;
        foreach (
            var c in string.Join(
                ' ',
                headline
                    .Replace($"{Room}", "", StringComparison.Ordinal)
                    .Replace($"{End} {Start}", " ", StringComparison.Ordinal)
                    .Replace($"{End}{Start}", "", StringComparison.Ordinal)
                    .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            )
        )
        {
            if (c is Start or End)
                Mark(c == Start);
            else
                html.Append(Escape(c));
        }
        if (isMarked)
            Mark(false);
        return html.ToString();

        void Mark(bool on)
        {
            if (on != isMarked)
                html.Append(on ? "<mark>" : "</mark>");
            isMarked = on;
        }
    }

    private static string Escape(char c) =>
        c switch
        {
            '&' => "&amp;",
            '<' or Less => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            _ => c.ToString(),
        };
}

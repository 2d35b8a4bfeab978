using System.Globalization;
using System.Text;
using Api.Words;
using Api.Words.Languages;
using Api.Words.Texts;

namespace Api.Search;

/// <summary>Takes the piece of a text with the most words of a search, as HTML with the words marked. Pure.</summary>
internal static class Snippet
{
    // Words; of scripts without spaces between them a character counts as less.
    private const double Most = 35;
    private const double Before = 8;
    private const double OfPair = 0.4;

    /// <summary>The piece, and whether it has all terms.</summary>
    /// <param name="text">Plain text.</param>
    /// <param name="patterns">What is marked.</param>
    public static (string Html, bool HasAll) Of(string text, IReadOnlyList<MarkPattern> patterns)
    {
        text = Folding.Composed(text);
        var terms = patterns.Select(pattern => pattern.Term).Distinct().Count();
        var (tokens, marks) = Read(text, patterns, terms);
        var (first, last) = Window(tokens, marks, terms, out var hasAll);
        if (tokens.Count == 0)
            return ("", false);
        var (start, end) = (tokens[first].Start, tokens[last].End);
        var spans = marks
            .Where(mark => mark.First >= first && mark.Last <= last)
            .Select(mark => (tokens[mark.First].Start, mark.End))
            .Order()
            .ToList();
        return (Html(text, start, end, spans), hasAll);
    }

    // The tokens of the text, but joined words, and the places of the terms. Ends where all terms stand together.
    private static (List<Token> Tokens, List<Mark> Marks) Read(string text, IReadOnlyList<MarkPattern> patterns, int terms)
    {
        List<Token> tokens = [];
        List<string> words = [];
        List<Mark> marks = [];
        var byLast = new Dictionary<string, MarkPattern[]>(StringComparer.Ordinal);
        var latest = new Dictionary<int, int>();
        var tokenizer = new Tokenizer();
        tokenizer.Read(text);
        while (tokenizer.Next())
        {
            var (token, word) = (tokenizer.Current, tokenizer.Word.ToString());
            var isJoined = token.Kind == TokenKind.Joined;
            if (!isJoined)
            {
                tokens.Add(token);
                words.Add(word);
            }
            // A joined word follows its parts, and stands where the first of them does.
            var place = isJoined ? token.Position : tokens.Count - 1;
            if (!byLast.TryGetValue(word, out var ending))
                byLast[word] = ending = [.. patterns.Where(pattern => pattern.Words[^1].Contains(word))];
            foreach (var (term, sequence, isStart, offsets) in ending)
            {
                var at = place - offsets[^1];
                if (at < 0 || !StandsAt(sequence, offsets, words, at))
                    continue;
                var end = isStart ? EndOfFirst(text, token) : token.End;
                marks.Add(new(at, tokens.Count - 1, term, end));
                latest[term] = at;
            }
            if (terms > 0 && latest.Count == terms && tokens.Count - latest.Values.Min() > Most / OfPair)
                break;
        }
        return (tokens, marks);
    }

    // Where the first character of a pair ends; characters that are left out can follow it.
    private static int EndOfFirst(string text, in Token token) =>
        Math.Min(token.End, token.Start + StringInfo.GetNextTextElementLength(text.AsSpan(token.Start)));

    // Whether all words of a sequence but the last stand where they should.
    private static bool StandsAt(IReadOnlyList<IReadOnlySet<string>> sequence, IReadOnlyList<int> offsets, List<string> words, int at)
    {
        for (var n = 0; n < sequence.Count - 1; n++)
        {
            if (!sequence[n].Contains(words[at + offsets[n]]))
                return false;
        }
        return true;
    }

    // The first and the last token of the piece: the one with the most terms, then the one with the most places, then the earliest.
    private static (int First, int Last) Window(List<Token> tokens, List<Mark> marks, int terms, out bool hasAll)
    {
        var best = (First: 0, Last: Extend(tokens, 0));
        var most = 0;
        hasAll = terms == 0;
        marks.Sort((one, other) => one.First.CompareTo(other.First));
        var inside = new HashSet<int>();
        for (int n = 0, from = 0; n < marks.Count; n++)
        {
            var first = marks[n].First;
            for (var room = Before; first > 0 && room > 0; first--)
                room -= Weight(tokens[first - 1]);
            // A long phrase is shown whole.
            var last = Math.Max(Extend(tokens, first), marks[n].Last);
            while (marks[from].First < first)
                from++;
            inside.Clear();
            var count = 0;
            for (var mark = from; mark < marks.Count && marks[mark].First <= last; mark++)
            {
                if (marks[mark].Last > last)
                    continue;
                inside.Add(marks[mark].Term);
                count++;
            }
            var distinct = inside.Count;
            var score = (distinct * 1000) + Math.Min(count, 999);
            if (score <= most)
                continue;
            (best, most) = ((first, last), score);
            hasAll = distinct == terms;
            // More places of the same words further on are no better.
            if (hasAll)
                break;
        }
        return best;
    }

    private static int Extend(List<Token> tokens, int first)
    {
        var last = first;
        for (var room = Most; last < tokens.Count - 1 && room > 0; last++)
            room -= Weight(tokens[last]);
        return Math.Max(0, last);
    }

    private static double Weight(in Token token) => token.Kind == TokenKind.Word ? 1 : OfPair;

    // Marks that overlap or touch are one.
    private static string Html(string text, int start, int end, List<(int Start, int End)> spans)
    {
        var html = new StringBuilder(end - start + 64);
        var at = start;
        for (var n = 0; n < spans.Count; )
        {
            var (from, to) = spans[n];
            for (n++; n < spans.Count && string.IsNullOrWhiteSpace(text[Math.Min(to, spans[n].Start)..spans[n].Start]); n++)
                to = Math.Max(to, spans[n].End);
            Append(html, text.AsSpan(at, from - at));
            html.Append("<mark>");
            Append(html, text.AsSpan(from, to - from));
            html.Append("</mark>");
            at = to;
        }
        Append(html, text.AsSpan(at, end - at));
        return html.ToString();
    }

    // White space of any length is a space.
    private static void Append(StringBuilder html, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
                html.Append(Escape(c));
            else if (html.Length > 0 && html[^1] != ' ')
                html.Append(' ');
        }
    }

    private static string Escape(char c) =>
        c switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            _ => c.ToString(),
        };

    // A place of a term: its first and last token, and where it ends in the text.
    private readonly record struct Mark(int First, int Last, int Term, int End);
}

using System.Text;

namespace Api.Words.Texts;

/// <summary>How a token came about.</summary>
internal enum TokenKind : byte
{
    /// <summary>A word, or a part of a word with a hyphen or an apostrophe.</summary>
    Word,

    /// <summary>Such a word written as one (cooperation for co-operation), at the position of its first part.</summary>
    Joined,

    /// <summary>Two neighbouring characters of a script without spaces between words.</summary>
    Pair,

    /// <summary>The last character of a run of such a script.</summary>
    Last,
}

/// <summary>A word of a text.</summary>
/// <param name="Kind">How it came about.</param>
/// <param name="Position">Its number in the text, from 0; words in sequence have successive numbers.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct Token(TokenKind Kind, int Position, int Start, int End);

/// <summary>
/// Reads the words of texts and of queries alike: lower case, compatibility forms unified (NFKC), with accents. Not safe for use by several
/// threads; reads one text after the other.
/// </summary>
/// <remarks>
/// <para>A word with a hyphen, an apostrophe or a zero-width non-joiner is its parts and one word. U.S. is us; 1,250 is 1250; 1990s is
/// 1990 and F-16s is F-16.</para>
/// <para>Chinese, Japanese, Thai, Lao, Khmer and Burmese are overlapping pairs of characters with their marks, as is Korean, there also
/// across a space; so any string of them can be found as a sequence of pairs.</para>
/// </remarks>
internal sealed class Tokenizer
{
    private const string Hyphens = "-‐‑‒–—―'’‘ʼʻ\u200c";
    private const string Thousands = ",.'’\u00a0\u202f";

    private readonly List<(Token Token, int From, int Length)> tokens = [];
    private char[] chars = new char[256];
    private string text = "";
    private int used;
    private int at;
    private int next;
    private int position;
    private (int From, int Length) word;

    /// <summary>The current token.</summary>
    public Token Current { get; private set; }

    /// <summary>The word of the current token.</summary>
    public ReadOnlySpan<char> Word => chars.AsSpan(word.From, word.Length);

    /// <summary>Begins a text, whose positions are numbered from <paramref name="first"/>; it should be in form NFC.</summary>
    public void Read(string whole, int first = 0)
    {
        (text, at, position) = (whole, 0, first);
        (used, next) = (0, 0);
        tokens.Clear();
    }

    /// <summary>The position that the next word would have.</summary>
    public int Position => position;

    /// <summary>Proceeds to the next token; false at the end.</summary>
    public bool Next()
    {
        while (next == tokens.Count)
        {
            tokens.Clear();
            (used, next) = (0, 0);
            if (!Fill())
                return false;
        }
        var (token, from, length) = tokens[next++];
        Current = token;
        word = (from, length);
        return true;
    }

    private bool Fill()
    {
        while (at < text.Length)
        {
            var script = Scripts.Of(text[at]);
            if (Scripts.IsUnspaced(script))
                FillRun(script);
            else if (script == Script.Spaced)
                FillWord();
            else
            {
                at++;
                continue;
            }
            return true;
        }
        return false;
    }

    private void FillWord()
    {
        var start = at;
        var first = position;
        var parts = 0;
        var isJoined = true;
        int from;
        while (true)
        {
            from = used;
            var begin = at;
            ReadPart();
            if (used > from)
            {
                var digits = char.IsAsciiDigit(chars[from]);
                isJoined &= parts == 0 || used - from > 1 || digits;
                Add(TokenKind.Word, position++, begin, at, from);
                parts++;
            }
            if (at + 1 < text.Length && Hyphens.Contains(text[at]) && Scripts.Of(text[at + 1]) == Script.Spaced)
                at++;
            else
                break;
        }
        if (parts < 2 || !isJoined)
            return;
        var length = 0;
        for (var n = tokens.Count - parts; n < tokens.Count; n++)
            length += tokens[n].Length;
        Ensure(length);
        from = used;
        for (var n = tokens.Count - parts; n < tokens.Count; n++)
        {
            chars.AsSpan(tokens[n].From, tokens[n].Length).CopyTo(chars.AsSpan(used));
            used += tokens[n].Length;
        }
        Add(TokenKind.Joined, first, start, at, from);
    }

    // Reads letters and digits to the next character that is none.
    private void ReadPart()
    {
        var from = used;
        var (digits, isPlain) = (true, true);
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (char.IsAsciiLetterOrDigit(c))
            {
                digits &= c <= '9';
                Put(c <= '9' ? c : (char)(c | 0x20));
                continue;
            }
            var script = Scripts.Of(c);
            if (script is Script.Spaced or Script.Mark && !char.IsHighSurrogate(c))
            {
                digits = false;
                isPlain &= IsPlain(c);
                Put(c == 'İ' ? 'i' : char.ToLowerInvariant(c));
            }
            else if (script == Script.Ignored)
                continue;
            else if (c == '.' && (used - from == 1 || text[at - 2] == '.') && IsInitial(at + 1))
                continue;
            else if (digits && used - from is > 0 and <= 3 && IsThousands(at))
                ReadThousands();
            else
                break;
            if (script is not (Script.Spaced or Script.Mark))
                break;
        }
        if (!isPlain)
            Normalize(from);
        // The plural of a number.
        if (used - from > 1 && chars[used - 1] == 's' && char.IsAsciiDigit(chars[used - 2]))
            used--;
    }

    private void ReadThousands()
    {
        while (IsThousands(at))
        {
            at++;
            for (var n = 0; n < 3; n++)
                Put(text[at++]);
        }
        // 1,250s
        if (at < text.Length && text[at] is 's' or 'S' && (at + 1 == text.Length || Scripts.Of(text[at + 1]) != Script.Spaced))
            at++;
    }

    // Whether a separator of thousands and exactly three digits follow.
    private bool IsThousands(int place) =>
        place + 3 < text.Length
        && Thousands.Contains(text[place])
        && char.IsAsciiDigit(text[place + 1])
        && char.IsAsciiDigit(text[place + 2])
        && char.IsAsciiDigit(text[place + 3])
        && (place + 4 == text.Length || !char.IsAsciiDigit(text[place + 4]));

    // Whether a single letter or digit follows, as in U.S.
    private bool IsInitial(int place) =>
        place < text.Length
        && Scripts.Of(text[place]) == Script.Spaced
        && (place + 1 == text.Length || Scripts.Of(text[place + 1]) is not (Script.Spaced or Script.Mark));

    private void FillRun(Script script)
    {
        // The characters with their marks: where each begins among the chars, and where it stands in the text.
        List<(int From, int Start, int End)> elements = [];
        while (at < text.Length)
        {
            var c = text[at];
            var kind = Scripts.Of(c);
            if (kind == script || (kind == Script.Mark && elements.Count > 0))
            {
                var length = IsHalfOfKana(c) && at + 1 < text.Length && text[at + 1] is 'ﾞ' or 'ﾟ' ? 2 : 1;
                if (IsCompatible(c))
                {
                    foreach (var letter in text.Substring(at, length).Normalize(NormalizationForm.FormKC))
                        AddElement(elements, letter, at, at + length);
                }
                else
                    AddElement(elements, c, at, at + 1);
                at += length;
                continue;
            }
            if (kind != Script.Ignored && !(script == Script.Hangul && c == ' ' && IsHangul(at + 1)))
                break;
            at++;
        }
        for (var n = 0; n < elements.Count; n++)
        {
            var isLast = n == elements.Count - 1;
            var end = n + 2 < elements.Count ? elements[n + 2].From : used;
            tokens.Add(
                (
                    new Token(isLast ? TokenKind.Last : TokenKind.Pair, position++, elements[n].Start, elements[isLast ? n : n + 1].End),
                    elements[n].From,
                    end - elements[n].From
                )
            );
        }
    }

    private void AddElement(List<(int From, int Start, int End)> elements, char c, int start, int end)
    {
        if (Scripts.Of(c) != Script.Mark || elements.Count == 0)
        {
            elements.Add((used, start, end));
            Put(c);
            return;
        }
        elements[^1] = elements[^1] with { End = Math.Max(elements[^1].End, char.IsLowSurrogate(c) || c == text[start] ? end : start) };
        Put(c);
        // The vowel am of Thai and Lao is two characters then, of which the first stands before a tone mark.
        if (c is '\u0e4d' or '\u0ecd' && chars[used - 2] is (>= '\u0e48' and <= '\u0e4b') or (>= '\u0ec8' and <= '\u0ecb'))
            (chars[used - 2], chars[used - 1]) = (chars[used - 1], chars[used - 2]);
    }

    private static bool IsHalfOfKana(char c) => c is >= 'ｦ' and <= 'ﾝ';

    // Whether another character or two stand for it: half-width kana, compatibility ideographs, am of Thai and Lao, and two letters of Lao.
    private static bool IsCompatible(char c) =>
        (c >= '\uf900' && !char.IsSurrogate(c)) || c is '\u0e33' or '\u0eb3' or '\u0edc' or '\u0edd';

    private bool IsHangul(int place) => place < text.Length && Scripts.Of(text[place]) == Script.Hangul;

    // Whether lower case is all that the character needs.
    private static bool IsPlain(char c) => c is < '\u2000' and not 'ª' and not 'º' or (>= '\u2c00' and < '\uf900');

    private void Normalize(int from)
    {
        var normal = chars.AsSpan(from, used - from).ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        used = from;
        foreach (var c in normal)
        {
            if (Scripts.Of(c) is Script.Spaced or Script.Mark)
                Put(c);
        }
    }

    private void Add(TokenKind kind, int place, int start, int end, int from) =>
        tokens.Add((new Token(kind, place, start, end), from, used - from));

    private void Put(char c)
    {
        if (used == chars.Length)
            Array.Resize(ref chars, chars.Length * 2);
        chars[used++] = c;
    }

    private void Ensure(int more)
    {
        if (used + more > chars.Length)
            Array.Resize(ref chars, Math.Max(chars.Length * 2, used + more));
    }
}

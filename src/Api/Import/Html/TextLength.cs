using System.Globalization;
using System.Text;

namespace Api.Import.Html;

/// <summary>Counts words and reading time.</summary>
internal static class TextLength
{
    private const int WordsPerMinute = 230;

    /// <summary>
    /// Counts runs of letters, marks and digits; an apostrophe or hyphen inside does not end a run. In scripts without spaces between
    /// words, a run counts as one word per two characters (Chinese, Japanese) or per five (Thai, Lao, Khmer, Burmese).
    /// </summary>
    public static int Count(string text)
    {
        int words = 0,
            run = 0,
            per = 0;
        var joined = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var next = IsMark(rune) && run > 0 ? per : CharactersPerWord(rune);
            if (next == 0 && run > 0 && per == 0 || next > 0 && next == per || next >= 0 && run == 0)
            {
                (run, per, joined) = (run + 1, next, false);
            }
            else if (next < 0 && run > 0 && per == 0 && !joined && rune.Value is '\'' or '’' or '-' or '\u2010' or '\u2011')
            {
                joined = true;
            }
            else
            {
                words += InRun(run, per);
                (run, per, joined) = (next < 0 ? 0 : 1, Math.Max(next, 0), false);
            }
        }
        return words + InRun(run, per);
    }

    /// <summary>Whole minutes at 230 words a minute, at least 1 when there is a word.</summary>
    public static int ReadingMinutes(int words) => words == 0 ? 0 : Math.Max(1, (int)Math.Round((double)words / WordsPerMinute));

    private static int InRun(int run, int per) => per == 0 ? Math.Min(run, 1) : (run + per - 1) / per;

    /// <summary>Characters per word: 2 or 5; 0 for scripts that separate words; -1 for characters that are not part of a word.</summary>
    private static int CharactersPerWord(Rune rune) =>
        rune.Value switch
        {
            >= 0x3041 and <= 0x30FF or >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF => 2,
            >= 0x0E01 and <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF => 5,
            _ => Rune.IsLetterOrDigit(rune) ? 0 : -1,
        };

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;
}

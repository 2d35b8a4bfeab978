using System.Text;
using Api.Import.WordPress.Markup;

namespace Api.Import.WordPress.Hidden;

/// <summary>Removes blocks that are not public, each with all its content.</summary>
internal static class HiddenBlocks
{
    /// <summary>The text without these blocks.</summary>
    /// <param name="text">The content as stored.</param>
    /// <param name="rules">The rules of the mapping file.</param>
    /// <param name="parts">Receives the removed parts.</param>
    // A block ends where as many blocks have ended as begun, whatever their names; a block without an end includes the rest. WordPress
    // parses them the same way.
    public static string Cut(string text, HiddenRules rules, HiddenParts parts)
    {
        StringBuilder? kept = null;
        var (at, depth, begin, label) = (0, 0, 0, "");
        var marks = new BlockMarks(text);
        while (marks.Next() is { } mark)
        {
            if (depth > 0)
            {
                if (!mark.IsEmpty && (depth += mark.IsEnd ? -1 : 1) == 0)
                    Take(mark.End);
                continue;
            }
            if (mark.IsEnd || BlockAudience.Limit(mark, rules) is not { } limit)
                continue;
            (begin, label) = (mark.Start, $"block '{mark.Name}' ({limit})");
            if (BlockAudience.HidesTheRest(mark.Name))
            {
                Take(text.Length);
                break;
            }
            depth = 1;
            if (mark.IsEmpty)
                Take(mark.End);
        }
        if (depth > 0)
            Take(text.Length);
        return kept is null ? text : kept.Append(text, at, text.Length - at).ToString();

        void Take(int end)
        {
            var part = text[begin..end];
            parts.Add(label, part);
            // A pair of blocks may enclose others: the first contains the start of a shortcode, the second its end. The start is kept, so
            // that the enclosed blocks are removed with the shortcode.
            (kept ??= new StringBuilder(text.Length))
                .Append(text, at, begin - at)
                .Append(HiddenShortcodes.Unclosed(part, rules));
            (at, depth) = (end, 0);
        }
    }
}

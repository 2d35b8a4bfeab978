using System.Text;

namespace Api.Import.WordPress.Hidden;

/// <summary>Takes out blocks that are not for everybody, each with all it encloses.</summary>
internal static class HiddenBlocks
{
    /// <summary>The text without them.</summary>
    /// <param name="text">Content as stored.</param>
    /// <param name="rules">What the mapping file says.</param>
    /// <param name="parts">Gets what is taken out.</param>
    // A block ends where as many blocks have ended as began, whatever their names; one without an end holds the rest. So WordPress reads them.
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
            // Of a pair of blocks around others, the first holds the beginning of a shortcode that the second ends.
            (kept ??= new StringBuilder(text.Length)).Append(text, at, begin - at).Append(HiddenShortcodes.Unclosed(part, rules));
            (at, depth) = (end, 0);
        }
    }
}

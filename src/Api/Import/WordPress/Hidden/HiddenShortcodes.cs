using System.Text;
using Api.Import.WordPress.Markup;

namespace Api.Import.WordPress.Hidden;

/// <summary>
/// Removes the content of shortcodes that show it to some readers only. Shortcodes ignore block boundaries: one may begin in one block and
/// end in another.
/// </summary>
internal static class HiddenShortcodes
{
    /// <summary>The text without this content.</summary>
    /// <param name="text">The content as stored.</param>
    /// <param name="rules">The rules of the mapping file.</param>
    /// <param name="parts">Receives the removed parts.</param>
    public static string Cut(string text, HiddenRules rules, HiddenParts parts)
    {
        var lastEnds = LastEnds(text);
        if (lastEnds.Count == 0)
            return text;
        var kept = new StringBuilder(text.Length);
        var at = 0;
        var tags = new ShortcodeTags(text);
        while (tags.Next() is { } tag)
        {
            if (
                tag.IsEnd
                || tag.IsAlone
                || !lastEnds.TryGetValue(tag.Name, out var last)
                || last < tag.End
                || !ShortcodeAudience.IsLimited(tag.Name, text.AsSpan(tag.Attributes), rules)
            )
                continue;
            kept.Append(text, at, tag.Start - at);
            tags.MoveTo(tag.End);
            tags.MoveTo(at = End(tags, tag.Name, last));
            parts.Add($"shortcode [{tag.Name}] (for some readers only)", text[tag.Start..at]);
        }
        return at == 0 ? text : kept.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The start tags of such shortcodes that do not end in this part of the text: their content continues after it.</summary>
    /// <param name="part">A part of the content.</param>
    /// <param name="rules">The rules of the mapping file.</param>
    public static string Unclosed(string part, HiddenRules rules)
    {
        if (!part.Contains('[', StringComparison.Ordinal))
            return "";
        var open = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var tags = new ShortcodeTags(part);
        while (tags.Next() is { } tag)
            if (tag.IsEnd && open.TryGetValue(tag.Name, out var begun) && begun.Count > 0)
                begun.RemoveAt(begun.Count - 1);
            else if (!tag.IsEnd && !tag.IsAlone && ShortcodeAudience.IsLimited(tag.Name, part.AsSpan(tag.Attributes), rules))
            {
                (open.TryGetValue(tag.Name, out begun) ? begun : open[tag.Name] = []).Add(part[tag.Start..tag.End]);
                tags.MoveTo(tag.End);
            }
        return string.Concat(open.Values.SelectMany(begun => begun));
    }

    // A nested shortcode of the same name ends first. If end tags are missing, the content up to the last end is removed.
    private static int End(ShortcodeTags tags, string name, int last)
    {
        for (var depth = 1; tags.Next() is { } tag && tag.Start < last; )
            if (tag.Name == name && !tag.IsAlone && (depth += tag.IsEnd ? -1 : 1) == 0)
                return tag.End;
        return last;
    }

    // The index after the last end tag of each name.
    private static Dictionary<string, int> LastEnds(string text)
    {
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        if (!text.Contains("[/", StringComparison.Ordinal))
            return ends;
        var tags = new ShortcodeTags(text);
        while (tags.Next() is { } tag)
            if (tag.IsEnd)
                ends[tag.Name] = tag.End;
        return ends;
    }
}

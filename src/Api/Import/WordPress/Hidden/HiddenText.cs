namespace Api.Import.WordPress.Hidden;

/// <summary>Removes the parts of a stored WordPress text that are not public.</summary>
internal static class HiddenText
{
    /// <summary>The public part of a text. Blocks are removed first, then shortcodes in the whole text: the order of WordPress.</summary>
    /// <param name="text">The content as stored, complete or truncated.</param>
    /// <param name="rules">The rules of the mapping file.</param>
    /// <param name="parts">Receives the removed parts.</param>
    public static string Cut(string text, HiddenRules rules, HiddenParts parts) =>
        HiddenShortcodes.Cut(HiddenBlocks.Cut(text, rules, parts), rules, parts);
}

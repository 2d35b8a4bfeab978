namespace Api.Import.WordPress.Hidden;

/// <summary>Takes out of a text, as WordPress stores it, what is not for everybody.</summary>
internal static class HiddenText
{
    /// <summary>What everybody may read of a text. Blocks come first, then shortcodes over the whole of it: the order of WordPress.</summary>
    /// <param name="text">Content as stored, whole or cut off.</param>
    /// <param name="rules">What the mapping file says.</param>
    /// <param name="parts">Gets what is taken out.</param>
    public static string Cut(string text, HiddenRules rules, HiddenParts parts) => HiddenShortcodes.Cut(HiddenBlocks.Cut(text, rules, parts), rules, parts);
}

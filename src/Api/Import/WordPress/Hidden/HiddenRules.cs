namespace Api.Import.WordPress.Hidden;

/// <summary>
/// The rules of a mapping file for shortcodes and blocks: <c>hide</c> removes their content, <c>show</c> keeps it. They take precedence
/// over the rules derived from names.
/// </summary>
/// <param name="shortcodes">Rules by shortcode name.</param>
/// <param name="blocks">Rules by block name, such as <c>acme/insiders</c>; WordPress's own blocks with or without <c>core/</c>.</param>
internal sealed class HiddenRules(IReadOnlyDictionary<string, string> shortcodes, IReadOnlyDictionary<string, string> blocks)
{
    public const string Hide = "hide";
    public const string Show = "show";

    /// <summary>The rules without a mapping file.</summary>
    public static readonly HiddenRules None = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>True to hide, false to show, null without a rule.</summary>
    public bool? HidesShortcode(string name) => shortcodes.TryGetValue(name, out var rule) ? rule == Hide : null;

    /// <summary>True to hide, false to show, null without a rule.</summary>
    /// <param name="name">The name without <c>core/</c>.</param>
    public bool? HidesBlock(string name) =>
        blocks.TryGetValue(name, out var rule) || blocks.TryGetValue("core/" + name, out rule) ? rule == Hide : null;
}

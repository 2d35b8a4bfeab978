namespace Api.Import.WordPress.Hidden;

/// <summary>What a mapping file says of shortcodes and blocks: <c>hide</c> leaves out what they enclose, <c>show</c> keeps it. It comes before what their names suggest.</summary>
/// <param name="shortcodes">By name.</param>
/// <param name="blocks">By name, such as <c>acme/insiders</c>; those of WordPress with or without <c>core/</c>.</param>
internal sealed class HiddenRules(IReadOnlyDictionary<string, string> shortcodes, IReadOnlyDictionary<string, string> blocks)
{
    public const string Hide = "hide";
    public const string Show = "show";

    /// <summary>Without a mapping file.</summary>
    public static readonly HiddenRules None = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>True to hide, false to show, null when the file says nothing.</summary>
    public bool? HidesShortcode(string name) => shortcodes.TryGetValue(name, out var rule) ? rule == Hide : null;

    /// <summary>True to hide, false to show, null when the file says nothing.</summary>
    /// <param name="name">Without <c>core/</c>.</param>
    public bool? HidesBlock(string name) => blocks.TryGetValue(name, out var rule) || blocks.TryGetValue("core/" + name, out rule) ? rule == Hide : null;
}

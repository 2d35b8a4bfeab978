using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Markup;

/// <summary>The attributes of a shortcode: <c>name="value"</c>, in single, double or no quotes.</summary>
internal static partial class ShortcodeAttributes
{
    /// <summary>A value as written; empty without one.</summary>
    public static string Find(string attributes, string name)
    {
        foreach (Match attribute in Attributes().Matches(attributes))
            if (attribute.Groups[1].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
                return attribute.Groups[2].Value.Trim('"', '\'').Trim();
        return "";
    }

    /// <summary>All attributes, with names in lower case; of repeated names the first.</summary>
    public static Dictionary<string, string> Read(string attributes)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match attribute in Attributes().Matches(attributes))
            all.TryAdd(attribute.Groups[1].Value.ToLowerInvariant(), attribute.Groups[2].Value.Trim('"', '\'').Trim());
        return all;
    }

    [GeneratedRegex("""([A-Za-z][A-Za-z0-9_-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"']+)""")]
    private static partial Regex Attributes();
}

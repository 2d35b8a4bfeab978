using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Api.Import.Lines.Values;

/// <summary>Texts out of JSON, as PostgreSQL and XML can hold them.</summary>
internal static class TextRules
{
    /// <summary>The text of a JSON string.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="problem">Why it cannot be taken; null when it can.</param>
    /// <returns>Null when it cannot be taken.</returns>
    public static string? Read(JsonElement value, out string? problem)
    {
        problem = null;
        if (value.ValueKind != JsonValueKind.String)
        {
            problem = "has to be a text";
            return null;
        }
        try
        {
            var text = value.GetString()!;
            foreach (var c in text)
            {
                // What XML 1.0 forbids could not be served in a feed.
                if (c < ' ' && c is not ('\t' or '\n' or '\r' or '\f') || c is '\uFFFE' or '\uFFFF')
                    problem = string.Create(CultureInfo.InvariantCulture, $"holds the control character U+{(int)c:X4}");
            }
            return problem is null ? text : null;
        }
        catch (InvalidOperationException)
        {
            // The reader checks neither escaped surrogates nor UTF-8 before the text is asked for.
            problem = "holds broken Unicode";
            return null;
        }
    }

    /// <summary>The name of a member; a placeholder when it is broken Unicode.</summary>
    public static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "(broken Unicode)";
        }
    }

    /// <summary>Without white space around, and each run of it inside a single space.</summary>
    public static string Collapse(string text)
    {
        var collapsed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            // A no-break space is meant: "10 %", French punctuation.
            var space = char.IsWhiteSpace(c) && c is not ('\u00A0' or '\u202F');
            if (!space)
                collapsed.Append(c);
            else if (collapsed.Length > 0 && collapsed[^1] != ' ')
                collapsed.Append(' ');
        }
        return collapsed.ToString().Trim();
    }

    /// <summary>The beginning of a text, for a message.</summary>
    public static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";
}

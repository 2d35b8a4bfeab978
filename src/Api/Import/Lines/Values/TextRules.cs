using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Api.Import.Lines.Values;

/// <summary>Texts from JSON, in a form that PostgreSQL and XML can hold.</summary>
internal static class TextRules
{
    /// <summary>The text of a JSON string.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="problem">Why the text is invalid; null when it is valid.</param>
    /// <returns>Null when the text is invalid.</returns>
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
                // A feed could not contain characters that XML 1.0 forbids.
                if (c < ' ' && c is not ('\t' or '\n' or '\r' or '\f') || c is '\uFFFE' or '\uFFFF')
                    problem = string.Create(CultureInfo.InvariantCulture, $"holds the control character U+{(int)c:X4}");
            }
            return problem is null ? text : null;
        }
        catch (InvalidOperationException)
        {
            // The reader checks escaped surrogates and UTF-8 only when the text is requested.
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

    /// <summary>The text without white space around it, and with each inner run of white space as one space.</summary>
    public static string Collapse(string text)
    {
        var collapsed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            // A no-break space is intended: "10 %", French punctuation.
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

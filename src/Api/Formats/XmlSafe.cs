using System.Text;
using System.Xml;

namespace Api.Formats;

/// <summary>Makes texts valid in XML 1.0.</summary>
internal static class XmlSafe
{
    /// <summary>
    /// The text without characters that XML does not allow: control characters and unpaired surrogates. The same object when there are
    /// none. Pure.
    /// </summary>
    public static string Text(string text)
    {
        var clean = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 && text.All(XmlConvert.IsXmlChar);
        return clean ? text : Rebuilt(text);
    }

    private static string Rebuilt(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                kept.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                kept.Append(text[i]).Append(text[++i]);
        }
        return kept.ToString();
    }
}

using System.Xml;

namespace Api.Import.WordPress.ExportFile;

/// <summary>Gathers the text of an element. The buffer is reused for the next element: texts are most of a file.</summary>
internal sealed class WxrText
{
    // A larger buffer is released after its text.
    private const int KeptRoom = 128 * 1024;

    private char[] text = new char[8 * 1024];
    private int length;

    /// <summary>Adds the value of the reader's current node.</summary>
    /// <param name="xml">The reader, at a text node.</param>
    /// <param name="limit">Maximum number of characters gathered; the rest is dropped.</param>
    public void Add(XmlReader xml, int limit)
    {
        while (length < limit)
        {
            if (length == this.text.Length)
                Array.Resize(ref this.text, 2 * length);
            var read = xml.ReadValueChunk(this.text, length, Math.Min(this.text.Length, limit) - length);
            if (read == 0)
                return;
            length += read;
        }
    }

    /// <summary>Returns the gathered text, with U+FFFD for characters that XML forbids, and clears the buffer.</summary>
    /// <param name="limit">Maximum number of characters returned.</param>
    /// <param name="replaced">Number of characters replaced by U+FFFD.</param>
    public string Take(int limit, out int replaced)
    {
        var text = this.text.AsSpan(0, Math.Min(length, limit));
        replaced = Clean(text);
        var taken = text.ToString();
        Clear();
        return taken;
    }

    /// <summary>Clears the buffer.</summary>
    public void Clear()
    {
        length = 0;
        if (this.text.Length > KeptRoom)
            this.text = new char[KeptRoom];
    }

    // Only references such as &#8; and &#xD800; can produce these: XmlText replaces the characters themselves.
    private static int Clean(Span<char> text)
    {
        var replaced = 0;
        for (var i = 0; i < text.Length; i++)
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                text[i] = '\uFFFD';
                replaced++;
            }
        return replaced;
    }
}

using System.Xml;

namespace Api.Import.WordPress;

/// <summary>Gathers the text of an element. The buffer is reused for the next element: texts are most of a file.</summary>
internal sealed class WxrText
{
    // A larger buffer is released after its text.
    private const int KeptRoom = 128 * 1024;

    private char[] _text = new char[8 * 1024];
    private int _length;

    /// <summary>Adds the value of the reader's current node.</summary>
    /// <param name="xml">The reader, at a text node.</param>
    /// <param name="limit">Maximum number of characters gathered; the rest is dropped.</param>
    public void Add(XmlReader xml, int limit)
    {
        while (_length < limit)
        {
            if (_length == _text.Length)
                Array.Resize(ref _text, 2 * _length);
            var read = xml.ReadValueChunk(_text, _length, Math.Min(_text.Length, limit) - _length);
            if (read == 0)
                return;
            _length += read;
        }
    }

    /// <summary>Returns the gathered text, with U+FFFD for characters that XML forbids, and clears the buffer.</summary>
    /// <param name="limit">Maximum number of characters returned.</param>
    /// <param name="replaced">Number of characters replaced by U+FFFD.</param>
    public string Take(int limit, out int replaced)
    {
        var text = _text.AsSpan(0, Math.Min(_length, limit));
        replaced = Clean(text);
        var taken = text.ToString();
        Clear();
        return taken;
    }

    /// <summary>Clears the buffer.</summary>
    public void Clear()
    {
        _length = 0;
        if (_text.Length > KeptRoom)
            _text = new char[KeptRoom];
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

using System.Xml;

namespace Api.Import.WordPress;

/// <summary>Gathers the text of an element. Its room is used again for the next one: texts are most of a file.</summary>
internal sealed class WxrText
{
    // Beyond it, the room of a long text is given back.
    private const int KeptRoom = 128 * 1024;

    private char[] _text = new char[8 * 1024];
    private int _length;

    /// <summary>Adds the value of the node on which a reader stands.</summary>
    /// <param name="xml">Stands on a text.</param>
    /// <param name="limit">The most characters gathered; what comes after is dropped.</param>
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

    /// <summary>What was gathered, with U+FFFD for what XML forbids; then begins anew.</summary>
    /// <param name="limit">The most characters of it.</param>
    /// <param name="replaced">Characters that are U+FFFD now.</param>
    public string Take(int limit, out int replaced)
    {
        var text = _text.AsSpan(0, Math.Min(_length, limit));
        replaced = Clean(text);
        var taken = text.ToString();
        Clear();
        return taken;
    }

    /// <summary>Forgets what was gathered.</summary>
    public void Clear()
    {
        _length = 0;
        if (_text.Length > KeptRoom)
            _text = new char[KeptRoom];
    }

    // Only references such as &#8; and &#xD800; can bring these in: XmlText replaces the characters themselves.
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

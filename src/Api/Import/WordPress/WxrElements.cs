using System.Xml;

namespace Api.Import.WordPress;

/// <summary>Walks through the elements of an export. Document types, and with them entities, are refused.</summary>
internal sealed class WxrElements : IDisposable
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        // References such as &#8; would otherwise end the reading; WxrText replaces them.
        CheckCharacters = false,
        CloseInput = true,
    };

    private readonly XmlText _text;
    private readonly XmlReader _xml;
    private readonly Dictionary<string, WxrNamespace> _namespaces = new(StringComparer.Ordinal);
    private readonly WxrText _value = new();
    private int _replacedReferences;
    private int _firstReference;

    /// <summary>Starts at the beginning of the file.</summary>
    /// <param name="stream">Seekable; closed with this.</param>
    /// <exception cref="WordPressFileException">The declared encoding is unknown.</exception>
    public WxrElements(Stream stream)
    {
        _text = XmlText.Open(stream);
        _xml = XmlReader.Create(_text, Settings);
    }

    /// <summary>Characters replaced so far because XML forbids them.</summary>
    public int ReplacedCharacters => _text.Replaced + _replacedReferences;

    /// <summary>Line of the first of them, from 1; 0 when there is none.</summary>
    public int FirstReplacedLine => (_text.FirstReplacedLine, _firstReference) switch
    {
        (0, var reference) => reference,
        (var raw, 0) => raw,
        (var raw, var reference) => Math.Min(raw, reference),
    };

    /// <summary>Line of the file, from 1.</summary>
    public int Line => ((IXmlLineInfo)_xml).LineNumber + _text.LinesBefore;

    /// <summary>How many elements are around this one.</summary>
    public int Depth => _xml.Depth;

    /// <summary>Name without the prefix.</summary>
    public string Name => _xml.LocalName;

    /// <summary>Name as it is written.</summary>
    public string FullName => _xml.Name;

    public WxrNamespace Namespace
    {
        get
        {
            var uri = _xml.NamespaceURI;
            if (!_namespaces.TryGetValue(uri, out var found))
                _namespaces[uri] = found = WxrNames.Of(uri);
            return found;
        }
    }

    /// <summary>Goes to the next element, at any depth; false at the end of a complete file.</summary>
    /// <exception cref="XmlException">The file is not well-formed; see <see cref="Refusal"/>.</exception>
    public bool Next()
    {
        while (_xml.Read())
            if (_xml.NodeType == XmlNodeType.Element)
                return true;
        return false;
    }

    /// <summary>Stops at each child element; whoever looks at one may read it to its end or leave it.</summary>
    public IEnumerable<string> Children()
    {
        var depth = _xml.Depth;
        if (_xml.IsEmptyElement)
            yield break;
        while (_xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == depth + 1)
                yield return _xml.LocalName;
    }

    /// <summary>An attribute without the space around it; empty when there is none.</summary>
    public string Attribute(string name) => _xml.GetAttribute(name)?.Trim() ?? "";

    /// <summary>The text of the element, to whose end it goes.</summary>
    /// <param name="limit">The most characters; the rest is dropped.</param>
    public string Text(int limit)
    {
        Gather(_value, limit);
        return Take(_value, limit);
    }

    /// <summary>The same, for somebody who will know later whether the text is needed.</summary>
    public void Gather(WxrText text, int limit)
    {
        text.Clear();
        if (_xml.IsEmptyElement)
            return;
        var depth = _xml.Depth;
        while (_xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text.Add(_xml, limit);
    }

    /// <summary>Takes what was gathered, and counts what had to be replaced.</summary>
    public string Take(WxrText text, int limit)
    {
        var taken = text.Take(limit, out var replaced);
        if (replaced > 0 && _replacedReferences == 0)
            _firstReference = Line;
        _replacedReferences += replaced;
        return taken;
    }

    /// <summary>Why the file is refused, and where.</summary>
    /// <param name="problem">What the reading ended with.</param>
    /// <param name="item">Number of the item it was in; 0 before the first.</param>
    public WordPressFileException Refusal(XmlException problem, int item)
    {
        var isDocumentType = problem.Message.Contains("DTD", StringComparison.Ordinal);
        var (line, position) = isDocumentType ? _text.FindDocumentType() : (problem.LineNumber + _text.LinesBefore, problem.LinePosition);
        var reason = isDocumentType
            ? "it has a document type declaration (<!DOCTYPE …>), which is not read because it can name other files; remove it"
            : $"it is not well-formed XML, or it was cut off: {Reason(problem)}";
        var where = item > 0 ? $" (in item {item})" : "";
        return new WordPressFileException($"line {line}, position {position}{where}: {reason}", line, position, problem);
    }

    public void Dispose()
    {
        _xml.Dispose();
        _text.Dispose();
    }

    // The framework ends its sentence with the place, counted without the lines dropped above.
    private static string Reason(XmlException problem) =>
        problem.Message.LastIndexOf(" Line ", StringComparison.Ordinal) is > 0 and var end ? problem.Message[..end].TrimEnd('.') : problem.Message;
}

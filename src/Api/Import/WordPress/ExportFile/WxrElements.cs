using System.Xml;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.ExportFile;

/// <summary>Iterates over the elements of an export. Document types, and with them entities, are refused.</summary>
internal sealed class WxrElements : IDisposable
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        // Otherwise references such as &#8; would end the reading; WxrText replaces them.
        CheckCharacters = false,
        CloseInput = true,
    };

    private readonly XmlText text;
    private readonly XmlReader xml;
    private readonly Dictionary<string, WxrNamespace> namespaces = new(StringComparer.Ordinal);
    private readonly WxrText value = new();
    private int replacedReferences;
    private int firstReference;

    /// <summary>Starts at the beginning of the file.</summary>
    /// <param name="stream">Seekable; closed with this object.</param>
    /// <exception cref="WordPressFileException">The declared encoding is unknown.</exception>
    public WxrElements(Stream stream)
    {
        this.text = XmlText.Open(stream);
        xml = XmlReader.Create(this.text, Settings);
    }

    /// <summary>Number of characters replaced so far because XML forbids them.</summary>
    public int ReplacedCharacters => this.text.Replaced + replacedReferences;

    /// <summary>Line of the first replaced character, from 1; 0 when there is none.</summary>
    public int FirstReplacedLine =>
        (this.text.FirstReplacedLine, firstReference) switch
        {
            (0, var reference) => reference,
            (var raw, 0) => raw,
            (var raw, var reference) => Math.Min(raw, reference),
        };

    /// <summary>Line of the file, from 1.</summary>
    public int Line => ((IXmlLineInfo)xml).LineNumber + this.text.LinesBefore;

    /// <summary>Number of enclosing elements.</summary>
    public int Depth => xml.Depth;

    /// <summary>Name without its prefix.</summary>
    public string Name => xml.LocalName;

    /// <summary>Name as written.</summary>
    public string FullName => xml.Name;

    public WxrNamespace Namespace
    {
        get
        {
            var uri = xml.NamespaceURI;
            if (!namespaces.TryGetValue(uri, out var found))
                namespaces[uri] = found = WxrNames.Of(uri);
            return found;
        }
    }

    /// <summary>Moves to the next element, at any depth; false at the end of a complete file.</summary>
    /// <exception cref="XmlException">The file is not well-formed; see <see cref="Refusal"/>.</exception>
    public bool Next()
    {
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.Element)
                return true;
        return false;
    }

    /// <summary>Stops at each child element; the caller may read it to its end or skip it.</summary>
    public IEnumerable<string> Children()
    {
        var depth = xml.Depth;
        if (xml.IsEmptyElement)
            yield break;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
            if (xml.NodeType == XmlNodeType.Element && xml.Depth == depth + 1)
                yield return xml.LocalName;
    }

    /// <summary>An attribute without the space around it; empty when there is none.</summary>
    public string Attribute(string name) => xml.GetAttribute(name)?.Trim() ?? "";

    /// <summary>The text of the element; moves to its end.</summary>
    /// <param name="limit">Maximum number of characters; the rest is dropped.</param>
    public string Text(int limit)
    {
        Gather(value, limit);
        return Take(value, limit);
    }

    /// <summary>The text of the element, gathered for a caller that decides later whether it is needed.</summary>
    public void Gather(WxrText text, int limit)
    {
        text.Clear();
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text.Add(xml, limit);
    }

    /// <summary>Returns the gathered text and counts the replaced characters.</summary>
    public string Take(WxrText text, int limit)
    {
        var taken = text.Take(limit, out var replaced);
        if (replaced > 0 && replacedReferences == 0)
            firstReference = Line;
        replacedReferences += replaced;
        return taken;
    }

    /// <summary>The reason why the file is refused, with its position.</summary>
    /// <param name="problem">The exception that ended the reading.</param>
    /// <param name="item">Number of the current item; 0 before the first.</param>
    public WordPressFileException Refusal(XmlException problem, int item)
    {
        var isDocumentType = problem.Message.Contains("DTD", StringComparison.Ordinal);
        var (line, position) = isDocumentType
            ? this.text.FindDocumentType()
            : (problem.LineNumber + this.text.LinesBefore, problem.LinePosition);
        var reason = isDocumentType
            ? "it has a document type declaration (<!DOCTYPE …>), which is not read because it can name other files; remove it"
            : $"it is not well-formed XML, or it was cut off: {Reason(problem)}";
        var where = item > 0 ? $" (in item {item})" : "";
        return new WordPressFileException($"line {line}, position {position}{where}: {reason}", line, position, problem);
    }

    public void Dispose()
    {
        xml.Dispose();
        this.text.Dispose();
    }

    // The framework's message ends with the position, which does not count the lines dropped above.
    private static string Reason(XmlException problem) =>
        problem.Message.LastIndexOf(" Line ", StringComparison.Ordinal) is > 0 and var end
            ? problem.Message[..end].TrimEnd('.')
            : problem.Message;
}

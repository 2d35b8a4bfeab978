using System.Text;
using System.Xml;

namespace Api.Import.WordPress;

/// <summary>
/// Streams the parts of an export in the order of the file, one in memory at a time. Document types, and with them entities, are refused;
/// comments and addresses are skipped without being looked at.
/// </summary>
internal sealed class WxrFile : IWxrReader
{
    // Beyond these the text is cut: no title or slug is that long, and a body that long is refused later, with its place.
    private const int ShortText = 20_000;
    private const int BodyText = 24 * 1024 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        // References such as &#8; would otherwise end the reading; they are replaced below.
        CheckCharacters = false,
        CloseInput = true,
    };

    private readonly XmlText _text;
    private readonly XmlReader _xml;
    private readonly Dictionary<string, WxrNamespace> _namespaces = new(StringComparer.Ordinal);
    private readonly char[] _chunk = new char[8_192];
    private readonly IReadOnlySet<string> _customFields;
    private readonly bool _bodies;
    private int _items;
    private bool _inChannel;
    private bool _isExport;
    private int _replacedReferences;
    private int _firstReference;

    /// <summary>Starts at the beginning of the file.</summary>
    /// <param name="stream">Seekable; closed with this.</param>
    /// <param name="customFields">Names of custom fields to read besides those of <see cref="WxrFields"/>.</param>
    /// <param name="bodies">False leaves the texts of the items out, but for the beginning of those without a title.</param>
    /// <exception cref="WordPressFileException">The declared encoding is unknown.</exception>
    public WxrFile(Stream stream, IReadOnlySet<string> customFields, bool bodies)
    {
        (_customFields, _bodies) = (customFields, bodies);
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

    /// <summary>The next part, or null at the end of a complete file.</summary>
    /// <exception cref="WordPressFileException">The file is not well-formed or not an export.</exception>
    public WxrNode? Next()
    {
        try
        {
            while (_xml.Read())
                if (_xml.NodeType == XmlNodeType.Element && Part() is { } node)
                    return node;
        }
        catch (XmlException problem)
        {
            throw Unreadable(problem);
        }
        if (!_isExport)
            throw new WordPressFileException("this is not a WordPress export: it holds none of the wp: elements of a WXR file (Tools → Export writes one)");
        return null;
    }

    public void Dispose()
    {
        _xml.Dispose();
        _text.Dispose();
    }

    private int Line => ((IXmlLineInfo)_xml).LineNumber + _text.LinesBefore;

    private WxrNode? Part()
    {
        if (!_inChannel)
        {
            if (_xml.Depth == 0 && _xml.LocalName is not ("rss" or "RDF"))
                throw new WordPressFileException($"line {Line}: this is not a WordPress export: it begins with <{_xml.Name}> where <rss> should be", Line, 1);
            _inChannel = _xml.Depth == 1 && _xml.LocalName == "channel";
            return null;
        }
        if (_xml.Depth != 2)
            return null;
        var names = Namespace();
        _isExport |= names == WxrNamespace.Wp;
        return (names, _xml.LocalName) switch
        {
            (WxrNamespace.None, "item") => Item(),
            (WxrNamespace.None, "title" or "link" or "language") => Setting(),
            (WxrNamespace.Wp, "wxr_version" or "base_site_url" or "base_blog_url") => Setting(),
            (WxrNamespace.Wp, "author") => Author(),
            (WxrNamespace.Wp, "category") => Term("category", "category_nicename", "cat_name", "category_parent", "category_description"),
            (WxrNamespace.Wp, "tag") => Term("post_tag", "tag_slug", "tag_name", "", "tag_description"),
            (WxrNamespace.Wp, "term") => Term("", "term_slug", "term_name", "term_parent", "term_description"),
            _ => null,
        };
    }

    private WxrSetting Setting()
    {
        var (line, name) = (Line, _xml.LocalName);
        return new WxrSetting(line, name, Text(ShortText).Trim());
    }

    private WxrAuthor Author()
    {
        var line = Line;
        var fields = Fields("author_id", "author_login", "author_display_name", "author_first_name", "author_last_name");
        return new WxrAuthor(
            line, fields("author_id"), fields("author_login"), fields("author_display_name"), fields("author_first_name"), fields("author_last_name"));
    }

    private WxrTerm Term(string taxonomy, string slug, string name, string parent, string description)
    {
        var line = Line;
        var fields = Fields("term_id", "term_taxonomy", slug, name, parent, description);
        return new WxrTerm(
            line, taxonomy.Length > 0 ? taxonomy : fields("term_taxonomy"), fields("term_id"), fields(slug), fields(name), fields(parent), fields(description));
    }

    private Func<string, string> Fields(params string[] wanted)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Children())
            if (wanted.Contains(name) && !found.ContainsKey(name))
                found[name] = Text(ShortText).Trim();
        return name => found.GetValueOrDefault(name, "");
    }

    private WxrItem Item()
    {
        var item = new WxrItem(Line, ++_items);
        foreach (var name in Children())
            switch (Namespace(), name)
            {
                case (WxrNamespace.None, "title"): item.Title = Text(ShortText).Trim(); break;
                case (WxrNamespace.None, "link"): item.Link = Text(ShortText).Trim(); break;
                case (WxrNamespace.None, "pubDate"): item.PubDate = Text(ShortText).Trim(); break;
                case (WxrNamespace.None, "guid"): item.Guid = Text(ShortText).Trim(); break;
                case (WxrNamespace.None, "category"): AddTerm(item); break;
                case (WxrNamespace.Dc, "creator"): item.Creator = Text(ShortText).Trim(); break;
                case (WxrNamespace.Content, "encoded") when _bodies: item.Content = Text(BodyText); break;
                case (WxrNamespace.Content, "encoded") when item.Title.Length == 0: item.Content = Text(ShortText); break;
                case (WxrNamespace.Excerpt, "encoded"): item.Excerpt = Text(ShortText).Trim(); break;
                case (WxrNamespace.Wp, "comment"): item.Comments++; break;
                case (WxrNamespace.Wp, "postmeta"): AddMeta(item); break;
                case (WxrNamespace.Wp, "attachment_url"): item.AttachmentUrl = Text(ShortText).Trim(); break;
                case (WxrNamespace.Wp, _) when WxrFields.IsKept(name): item.Fields.TryAdd(name, Text(ShortText).Trim()); break;
            }
        _isExport |= item.Fields.Count > 0;
        return item;
    }

    private void AddTerm(WxrItem item)
    {
        var taxonomy = _xml.GetAttribute("domain")?.Trim() ?? "";
        var slug = _xml.GetAttribute("nicename")?.Trim() ?? "";
        var name = Text(ShortText).Trim();
        // Without a domain it repeats, for feed readers, a term that stands beside it.
        if (taxonomy.Length > 0 && (slug.Length > 0 || name.Length > 0))
            item.Terms.Add(new WxrItemTerm(taxonomy == "tag" ? "post_tag" : taxonomy, slug, name));
    }

    private void AddMeta(WxrItem item)
    {
        var key = "";
        foreach (var name in Children())
            if (name == "meta_key")
                key = Text(ShortText).Trim();
            else if (name == "meta_value" && (WxrFields.IsKeptMeta(key) || _customFields.Contains(key)))
                item.Meta.Add((key, Text(ShortText).Trim()));
    }

    // Stops at each child element; whoever looks at one may read it to its end or leave it.
    private IEnumerable<string> Children()
    {
        var depth = _xml.Depth;
        if (_xml.IsEmptyElement)
            yield break;
        while (_xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == depth + 1)
                yield return _xml.LocalName;
    }

    private string Text(int limit)
    {
        if (_xml.IsEmptyElement)
            return "";
        var depth = _xml.Depth;
        var text = new StringBuilder();
        while (_xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                while (text.Length < limit && _xml.ReadValueChunk(_chunk, 0, Math.Min(_chunk.Length, limit - text.Length)) is > 0 and var length)
                    text.Append(_chunk, 0, length);
        return Clean(text);
    }

    // Only references such as &#8; and &#xD800; can bring these in: the characters themselves are replaced before.
    private string Clean(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                text[i] = '\uFFFD';
                if (_replacedReferences++ == 0)
                    _firstReference = Line;
            }
        return text.ToString();
    }

    private WxrNamespace Namespace()
    {
        var uri = _xml.NamespaceURI;
        if (!_namespaces.TryGetValue(uri, out var found))
            _namespaces[uri] = found = WxrNames.Of(uri);
        return found;
    }

    private WordPressFileException Unreadable(XmlException problem)
    {
        var isDocumentType = problem.Message.Contains("DTD", StringComparison.Ordinal);
        var (line, position) = isDocumentType ? _text.FindDocumentType() : (problem.LineNumber + _text.LinesBefore, problem.LinePosition);
        var reason = isDocumentType
            ? "it has a document type declaration (<!DOCTYPE …>), which is not read because it can name other files; remove it"
            : $"it is not well-formed XML, or it was cut off: {Reason(problem)}";
        var where = _items > 0 ? $" (in item {_items})" : "";
        return new WordPressFileException($"line {line}, position {position}{where}: {reason}", line, position, problem);
    }

    // The framework ends its sentence with the place, counted without the lines dropped above.
    private static string Reason(XmlException problem) =>
        problem.Message.LastIndexOf(" Line ", StringComparison.Ordinal) is > 0 and var end ? problem.Message[..end].TrimEnd('.') : problem.Message;
}

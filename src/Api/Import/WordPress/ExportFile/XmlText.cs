using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.ExportFile;

/// <summary>
/// The characters of an XML file, made safe for <see cref="XmlReader"/>: blank lines before the declaration are dropped (plugins that print
/// too early write them), and characters that XML 1.0 forbids or that are invalid in the encoding become U+FFFD.
/// </summary>
internal sealed partial class XmlText : TextReader
{
    private const int SniffedBytes = 256;
    private const int HeadLength = 65_536;
    private const string DocumentType = "<!DOCTYPE";

    private readonly StreamReader inner;
    private readonly StringBuilder head = new();
    private int line = 1;
    private bool started;

    private XmlText(StreamReader inner) => this.inner = inner;

    /// <summary>Number of lines dropped before the first character; to be added to the line numbers of the XML reader.</summary>
    public int LinesBefore { get; private set; }

    /// <summary>Number of characters replaced by U+FFFD.</summary>
    public int Replaced { get; private set; }

    /// <summary>Line of the first replaced character, from 1; 0 when there is none.</summary>
    public int FirstReplacedLine { get; private set; }

    /// <summary>
    /// Line and position, from 1, of the document type: the XML reader refuses it without a position. Zeros when it is not at the beginning
    /// of the file.
    /// </summary>
    public (int Line, int Position) FindDocumentType()
    {
        var head = this.head.ToString();
        var at = head.IndexOf(DocumentType, StringComparison.Ordinal);
        return at < 0 ? (0, 0) : (LinesBefore + 1 + head.AsSpan(0, at).Count('\n'), at - head.LastIndexOf('\n', at));
    }

    /// <summary>Reads a seekable stream from its beginning and closes it at the end.</summary>
    /// <exception cref="WordPressFileException">The declared encoding is unknown.</exception>
    public static XmlText Open(Stream stream)
    {
        var head = new byte[SniffedBytes];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        var declared = Declaration().Match(Encoding.Latin1.GetString(head, 0, read));
        var encoding = declared.Success ? Find(declared.Groups[1].Value) : Encoding.UTF8;
        return new XmlText(new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 65_536));
    }

    public override int Peek() => throw new NotSupportedException("XmlReader reads in blocks.");

    public override int Read() => throw new NotSupportedException("XmlReader reads in blocks.");

    public override int Read(char[] buffer, int index, int count)
    {
        if (!started)
        {
            started = true;
            while (this.inner.Peek() is var next && (next == '\uFEFF' || (next >= 0 && char.IsWhiteSpace((char)next))))
                if (this.inner.Read() == '\n')
                    LinesBefore++;
            line += LinesBefore;
        }
        var length = this.inner.Read(buffer, index, count);
        if (this.head.Length < HeadLength)
            this.head.Append(buffer, index, length);
        Clean(buffer.AsSpan(index, length));
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            this.inner.Dispose();
        base.Dispose(disposing);
    }

    private void Clean(Span<char> text)
    {
        foreach (ref var c in text)
            if (c == '\n')
                line++;
            else if (c == '\uFFFD' || !(XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)))
            {
                c = '\uFFFD';
                if (Replaced++ == 0)
                    FirstReplacedLine = line;
            }
    }

    private static Encoding Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException problem)
        {
            throw new WordPressFileException(
                $"line 1: the file says it is written in '{name}', an encoding that is not known here; save it as UTF-8",
                1,
                1,
                problem
            );
        }
    }

    [GeneratedRegex("""^\s*(?:\u00EF\u00BB\u00BF)?\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")]
    private static partial Regex Declaration();
}

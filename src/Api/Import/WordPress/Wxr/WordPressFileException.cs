namespace Api.Import.WordPress.Wxr;

/// <summary>
/// The file cannot be read as an export: not well-formed, incomplete, with a document type, or not an export. The message is one sentence
/// for the operator and names the position.
/// </summary>
/// <param name="message">The problem, with line and position if they are known.</param>
/// <param name="line">Line of the file, from 1; 0 when unknown.</param>
/// <param name="position">Character of the line, from 1; 0 when unknown.</param>
/// <param name="inner">The exception of the XML reader.</param>
internal sealed class WordPressFileException(string message, int line = 0, int position = 0, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Line of the file, from 1; 0 when unknown.</summary>
    public int Line { get; } = line;

    /// <summary>Character of the line, from 1; 0 when unknown.</summary>
    public int Position { get; } = position;
}

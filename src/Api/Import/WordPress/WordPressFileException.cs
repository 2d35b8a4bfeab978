namespace Api.Import.WordPress;

/// <summary>
/// The file cannot be read as an export: not well-formed, cut off, with a document type, or no export at all.
/// The message is one sentence for the operator and names the place.
/// </summary>
/// <param name="message">What is wrong, with line and position where they are known.</param>
/// <param name="line">Line of the file, from 1; 0 when unknown.</param>
/// <param name="position">Character of the line, from 1; 0 when unknown.</param>
/// <param name="inner">What the XML reader said.</param>
internal sealed class WordPressFileException(string message, int line = 0, int position = 0, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Line of the file, from 1; 0 when unknown.</summary>
    public int Line { get; } = line;

    /// <summary>Character of the line, from 1; 0 when unknown.</summary>
    public int Position { get; } = position;
}

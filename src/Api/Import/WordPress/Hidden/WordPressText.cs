using Api.Import.WordPress.Attachments;

namespace Api.Import.WordPress.Hidden;

/// <summary>The public text of an item, and its hidden parts.</summary>
/// <param name="Html">The public text. Not sanitised.</param>
/// <param name="Hidden">The removed parts.</param>
internal sealed record WordPressText(string Html, HiddenParts Hidden)
{
    /// <summary>
    /// A summary or description, or an empty text if it repeats a removed part: plugins, and WordPress before 7.1, generate them from the
    /// whole text.
    /// </summary>
    /// <param name="what">The name of the member, for the report.</param>
    /// <param name="text">Plain text.</param>
    public string Open(string what, string text)
    {
        if (!Hidden.Repeats(text, Html))
            return text;
        Hidden.Note($"{what} (repeats hidden text)");
        return "";
    }

    /// <summary>True for a document that only a hidden part of the text names.</summary>
    public bool Hides(Attachment document)
    {
        if (!Hidden.HasOnly(document.Url, Html))
            return false;
        Hidden.Note("file (named in hidden text only)");
        return true;
    }
}

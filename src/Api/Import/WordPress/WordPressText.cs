using Api.Import.WordPress.Hidden;

namespace Api.Import.WordPress;

/// <summary>The text of an item, and what of it is not for everybody.</summary>
/// <param name="Html">What everybody may read. Not sanitised.</param>
/// <param name="Hidden">What was taken out.</param>
internal sealed record WordPressText(string Html, HiddenParts Hidden)
{
    /// <summary>A summary or description as it is, or nothing if it repeats what was taken out: plugins, and WordPress before 7.1, make them of the whole text.</summary>
    /// <param name="what">Its name, for the report.</param>
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

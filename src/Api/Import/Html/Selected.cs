using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace Api.Import.Html;

/// <summary>
/// A CSS selector, parsed once: most bodies match nothing, and parsing the selector took longer than matching it. Thread-safe.
/// </summary>
internal sealed class Selected(string selector)
{
    private readonly ISelector selector =
        new CssSelectorParser().ParseSelector(selector)
        ?? throw new ArgumentException($"This is no selector: {selector}", nameof(selector));

    /// <summary>The elements below an element that match, in document order; the tree may be changed during the iteration.</summary>
    public List<IElement> Below(IElement root) => [.. root.Descendants<IElement>().Where(element => this.selector.Match(element, root))];
}

using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;

namespace Api.Import.Html;

/// <summary>A CSS selector, parsed once: most bodies hold nothing of what is looked for, and parsing took longer than looking. Safe on any thread.</summary>
internal sealed class Selected(string selector)
{
    private readonly ISelector _selector = new CssSelectorParser().ParseSelector(selector) ?? throw new ArgumentException($"This is no selector: {selector}", nameof(selector));

    /// <summary>What it selects below an element, in the order of the document; the tree may be changed while they are gone through.</summary>
    public List<IElement> Below(IElement root) => [.. root.Descendants<IElement>().Where(element => _selector.Match(element, root))];
}

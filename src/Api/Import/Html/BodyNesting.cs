using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Api.Import.Html;

/// <summary>Recognises trees that any HTML parser rebuilds identically from their serialised form.</summary>
internal static class BodyNesting
{
    /// <summary>
    /// True when every element is where the HTML standard allows it, with no tables, links in links, or blocks in running text: the cases
    /// in which a parser moves elements (HTML Living Standard §13.2.6). False for anything unusual, even if harmless.
    /// </summary>
    public static bool IsPlain(INode node)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText text ? text.Data.Contains('\r') : child is not IElement element || !IsPlain(element, (IElement)node))
                return false;
        }
        return true;
    }

    private static bool IsPlain(IElement element, IElement parent)
    {
        var (name, above) = (element.LocalName, parent.LocalName);
        return name switch
            {
                // Inside a select, AngleSharp makes elements of any name unknown elements, and would write an end tag for an image.
                _ when element is IHtmlUnknownElement => false,
                "li" => above is "ul" or "ol",
                "p" or "h2" or "h3" or "h4" or "h5" or "h6" or "hr" or "ul" or "ol" or "blockquote" or "figure" or "iframe" => above
                    is "body"
                        or "blockquote"
                        or "li"
                        or "figure",
                "figcaption" => above is "figure",
                "a" => !InLink(parent) && HoldsText(above),
                "em" or "strong" or "b" or "i" or "sup" or "sub" or "code" or "cite" or "br" or "img" or "abbr" or "q" or "small" =>
                    HoldsText(above),
                _ => false,
            } && IsPlain(element);
    }

    private static bool HoldsText(string name) => name is not ("ul" or "ol" or "hr" or "iframe");

    private static bool InLink(IElement element) => element.LocalName == "a" || element.ParentElement is { } parent && InLink(parent);
}

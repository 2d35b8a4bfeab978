using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Api.Import.Html;

/// <summary>
/// Formulas (MathML Core, W3C). A formula that holds only text and the elements below is kept; any other is replaced by its LaTeX or its
/// text: parsers disagree on HTML inside a formula.
/// </summary>
internal static class BodyMath
{
    private const string Namespace = "http://www.w3.org/1998/Math/MathML";

    /// <summary>Elements that a formula may contain.</summary>
    public static readonly FrozenSet<string> Tags = FrozenSet.Create(
        "math",
        "semantics",
        "annotation",
        "mrow",
        "mi",
        "mn",
        "mo",
        "ms",
        "mtext",
        "mspace",
        "msup",
        "msub",
        "msubsup",
        "mfrac",
        "msqrt",
        "mroot",
        "mover",
        "munder",
        "munderover",
        "mmultiscripts",
        "mprescripts",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "mpadded",
        "mphantom",
        "menclose",
        "merror"
    );

    /// <summary>Keeps or replaces a formula; a MathML element outside of a formula is unwrapped.</summary>
    public static void Prepare(IElement element)
    {
        if (element.LocalName != "math" || element.NamespaceUri != Namespace)
        {
            if (element.NamespaceUri != Namespace)
                element.Replace(element.ChildNodes.ToArray());
        }
        else if (element.ParentElement?.NamespaceUri == Namespace || !element.Descendants<IElement>().All(IsPlain))
            element.Replace(element.Owner!.CreateTextNode(TextOf(element)));
    }

    /// <summary>The LaTeX of the formula if it has any, else its symbols in sequence.</summary>
    public static string TextOf(IElement math) =>
        math.Descendants<IElement>().FirstOrDefault(e => e.LocalName == "annotation" && e.GetAttribute("encoding") == "application/x-tex")
            is { } latex
            ? latex.TextContent.Trim()
            : string.Concat(math.TextContent.Where(c => !char.IsWhiteSpace(c)));

    private static bool IsPlain(IElement element) =>
        element.NamespaceUri == Namespace
        && element.LocalName != "math"
        && Tags.Contains(element.LocalName)
        && (element.LocalName != "annotation" || element.Children.Length == 0);
}

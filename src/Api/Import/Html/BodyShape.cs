using AngleSharp.Dom;
using Api.Contracts;

namespace Api.Import.Html;

/// <summary>Changes the tree of a body before and after the sanitizer.</summary>
internal static class BodyShape
{
    private static readonly Selected Headings = new("h1,h2,h3,h4,h5,h6");

    /// <summary>Removes elements that are dropped with their content, and turns meaningless boxes into paragraphs.</summary>
    public static void Prepare(IElement body)
    {
        BodyDevices.Prepare(body);
        var elements = Elements(body);
        for (var i = elements.Count - 1; i >= 0; i--)
        {
            var element = elements[i];
            if (
                element.LocalName is "source"
                && element.ParentElement is { LocalName: "audio" or "video" } media
                && element.GetAttribute("src") is { } src
            )
                media.SetAttribute("src", src);
            // Runs before the sanitizer, which removes the attribute name.
            if (element.LocalName is "a" && element.GetAttribute("id") is null && element.GetAttribute("name") is { } anchor)
                element.SetAttribute("id", anchor);
            if (BodyRules.Dropped.Contains(element.LocalName))
                element.Remove();
            else if (BodyMath.Tags.Contains(element.LocalName))
                BodyMath.Prepare(element);
            else if (BodyRules.Boxes.Contains(element.LocalName))
                Unbox(element);
        }
    }

    /// <summary>Checks attributes and URLs, shifts headings so that they start at h2, gives them ids, and removes empty elements.</summary>
    /// <param name="body">The tree.</param>
    /// <param name="site">Home page of the site.</param>
    /// <param name="settled">True when sanitising the result again is certain to change nothing.</param>
    /// <returns>The headings.</returns>
    public static IReadOnlyList<Heading> Finish(IElement body, Uri site, out bool settled)
    {
        foreach (var element in Elements(body))
            Judge(element, site);
        for (var elements = Elements(body); elements.Count > 0; elements.RemoveAt(elements.Count - 1))
            DropIfEmpty(elements[^1]);
        Shift(body);
        var toc = BodyIds.Assign(body, out var dropped);
        // An element may have been kept only for an id that was then removed.
        settled = !dropped && BodyNesting.IsPlain(body);
        return toc;
    }

    private static List<IElement> Elements(IElement body) => [.. body.Descendants<IElement>()];

    private static void Unbox(IElement box)
    {
        if (box.TextContent.AsSpan().Trim().IsEmpty && box.Children.Length == 0)
            box.Remove();
        else if (!BodyRules.TextHolders.Contains(box.ParentElement!.LocalName) && box.Children.All(IsPhrasing))
            Rename(box, "p");
        else
            Unwrap(box);
    }

    private static bool IsPhrasing(IElement element) => !BodyRules.Blocks.Contains(element.LocalName) && element.Children.All(IsPhrasing);

    private static void Judge(IElement element, Uri site)
    {
        var name = element.LocalName;
        foreach (var attribute in element.Attributes.ToArray())
        {
            if (Value(name, attribute, site) is { } value)
                element.SetAttribute(attribute.Name, value);
            else
                element.RemoveAttribute(attribute.Name);
        }
        if (name is "img" or "iframe" or "audio" or "video" && !element.HasAttribute("src"))
            element.Remove();
        else if (name is "img" && !element.HasAttribute("alt"))
            element.SetAttribute("alt", "");
        else if (name is "iframe" or "audio" or "video")
            element.TextContent = "";
        if (name is "audio" or "video")
            element.SetAttribute("controls", "");
    }

    /// <summary>The allowed value of an attribute; null when the attribute is removed.</summary>
    private static string? Value(string element, IAttr attribute, Uri site)
    {
        var name = attribute.Name;
        if (!BodyRules.Attributes["*"].Contains(name) && !(BodyRules.Attributes.TryGetValue(element, out var own) && own.Contains(name)))
            return null;
        if (BodyRules.Urls.Contains(name))
            return BodyUrls.Clean(element, attribute.Value, site);
        if (BodyRules.Numbers.Contains(name))
            return attribute.Value.Trim() is { Length: > 0 and <= 5 } digits && digits.All(char.IsAsciiDigit) ? digits : null;
        return name switch
        {
            "id" => attribute.Value is { Length: > 0 and <= 200 } id && !id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? id : null,
            "lang" or "dir" or "hreflang" or "scope" or "type" or "datetime" => attribute.Value is { Length: > 0 and <= 64 } word
            && word.All(c => char.IsAsciiLetterOrDigit(c) || "-:.+".Contains(c))
                ? word
                : null,
            "controls" or "allowfullscreen" or "open" or "reversed" => "",
            "display" or "mathvariant" or "stretchy" or "linethickness" or "displaystyle" or "columnalign" or "encoding" => attribute.Value
                is { Length: > 0 and <= 64 } word
            && word.All(c => char.IsAsciiLetterOrDigit(c) || "-/. ".Contains(c))
                ? word
                : null,
            _ => attribute.Value,
        };
    }

    private static void DropIfEmpty(IElement element)
    {
        switch (element.LocalName)
        {
            case "span" when !element.HasAttribute("lang") && !element.HasAttribute("dir") && !element.HasAttribute("id"):
            case "a" when !element.HasAttribute("href") && !element.HasAttribute("id"):
                Unwrap(element);
                break;
            case "p"
            or "h1"
            or "h2"
            or "h3"
            or "h4"
            or "h5"
            or "h6"
            or "figure"
            or "figcaption"
            or "ul"
            or "ol"
            or "blockquote"
            or "pre"
            or "b"
            or "i"
            or "em"
            or "strong"
            or "span" when IsEmpty(element):
                element.Remove();
                break;
        }
    }

    private static bool IsEmpty(IElement element) =>
        element.TextContent.AsSpan().Trim().IsEmpty
        && element.QuerySelector("img,iframe,audio,video,hr,[id]") is null
        && !element.HasAttribute("id");

    private static void Shift(IElement body)
    {
        var headings = Headings.Below(body);
        if (headings.Count == 0)
            return;
        var shift = 2 - headings.Min(Level);
        foreach (var heading in headings.Where(_ => shift != 0))
            Rename(heading, $"h{Math.Clamp(Level(heading) + shift, 2, 6)}");
    }

    /// <summary>The level of a heading, 1 to 6.</summary>
    public static int Level(IElement heading) => heading.LocalName[1] - '0';

    private static void Rename(IElement element, string name)
    {
        var renamed = element.Owner!.CreateElement(name);
        foreach (var attribute in element.Attributes)
            renamed.SetAttribute(attribute.Name, attribute.Value);
        renamed.Append(element.ChildNodes.ToArray());
        element.Replace(renamed);
    }

    private static void Unwrap(IElement element) => element.Replace(element.ChildNodes.ToArray());
}

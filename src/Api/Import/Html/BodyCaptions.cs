using AngleSharp.Dom;

namespace Api.Import.Html;

/// <summary>
/// Turns pictures with captions into figures, as WordPress writes them for themes without HTML5: boxes, paragraphs, and definition lists.
/// </summary>
internal static class BodyCaptions
{
    private static readonly Selected Boxes = new("div.wp-caption, dl.gallery-item");

    public static void Prepare(IElement body)
    {
        foreach (var box in Boxes.Below(body))
        {
            var captions = box.QuerySelectorAll("p.wp-caption-text, dd.wp-caption-text").ToList();
            if (box.QuerySelector("img") is null || captions.Count > 1)
                continue;
            foreach (var caption in captions)
                Become(caption, "figcaption");
            foreach (var icon in box.QuerySelectorAll("dt").ToList())
                icon.Replace([.. icon.ChildNodes]);
            Become(box, "figure");
        }
    }

    private static void Become(IElement element, string name)
    {
        var other = element.Owner!.CreateElement(name);
        other.Append([.. element.ChildNodes]);
        element.Replace(other);
    }
}

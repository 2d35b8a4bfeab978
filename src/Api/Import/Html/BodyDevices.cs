using AngleSharp.Dom;

namespace Api.Import.Html;

/// <summary>Words and pictures that a page shows by script: labels of tabs and accordions, lazy-loaded pictures.</summary>
internal static class BodyDevices
{
    private static readonly Selected TabLists = new("[role=tablist]");
    private static readonly Selected Buttons = new("button");
    private static readonly Selected Media = new("img,iframe");
    private static readonly Selected Fallbacks = new("noscript");

    private static readonly string[] LateSources = ["data-src", "data-lazy-src", "data-original", "data-lazy", "data-orig-src"];
    private static readonly string[] LateSourceSets = ["data-srcset", "data-lazy-srcset", "srcset"];

    /// <summary>Moves the labels and pictures of a body to where a page without scripts has them.</summary>
    public static void Prepare(IElement body)
    {
        BodyCaptions.Prepare(body);
        var labelled = new HashSet<IElement>();
        foreach (var list in TabLists.Below(body))
            LabelPanels(list, labelled);
        foreach (var button in Buttons.Below(body))
            Unwrap(button);
        foreach (var late in Media.Below(body))
            SetSource(late);
        foreach (var fallback in Fallbacks.Below(body))
            Replace(fallback, body);
    }

    // Each label goes above its panel. Elementor writes labels twice: for wide screens in a list of their own, and for small screens beside
    // the panels.
    private static void LabelPanels(IElement list, HashSet<IElement> labelled)
    {
        var tabs = list.QuerySelectorAll("[role=tab]").ToList();
        var holdsPanels = list.QuerySelector("[role=tabpanel]") is not null;
        var panels = (holdsPanels ? list : list.ParentElement!).QuerySelectorAll("[role=tabpanel]").ToList();
        if (holdsPanels && panels.TrueForAll(labelled.Contains))
        {
            foreach (var tab in tabs)
                tab.Remove();
            return;
        }
        labelled.UnionWith(tabs.Count == panels.Count ? panels : []);
        var places = tabs.Count == panels.Count ? panels : tabs.ConvertAll(_ => list);
        for (var i = 0; i < tabs.Count; i++)
        {
            var label = list.Owner!.CreateElement("p");
            label.AppendElement(list.Owner!.CreateElement("strong")).TextContent = tabs[i].TextContent.Trim();
            if (places[i] == list)
                list.Before(label);
            else
                places[i].Prepend(label);
        }
        if (!holdsPanels)
            list.Remove();
        else
            foreach (var tab in tabs)
                tab.Remove();
    }

    // The label of an accordion is a button in a heading; its plus sign is decoration. The buttons of a form are not text.
    private static void Unwrap(IElement button)
    {
        if (button.Closest("form") is not null || button.GetAttribute("type") is "submit" or "reset")
            return;
        foreach (var sign in button.QuerySelectorAll("[aria-hidden=true]").ToList())
            sign.Remove();
        if (button.TextContent.Trim() is "×" or "✕" or "✖" or "+" or "−")
        {
            button.Remove();
            return;
        }
        button.Replace(button.ChildNodes.ToArray());
    }

    private static void SetSource(IElement element)
    {
        var late = LateSources.Select(element.GetAttribute).FirstOrDefault(source => !string.IsNullOrWhiteSpace(source));
        var isStandIn =
            element.GetAttribute("src") is not { } src
            || src.Trim() is "" or "about:blank"
            || src.TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        if (late is null && isStandIn)
            late = LateSourceSets.Select(element.GetAttribute).Select(Widest).FirstOrDefault(source => source is not null);
        if (late is not null)
            element.SetAttribute("src", late.Trim());
    }

    // "a-300.jpg 300w, a.jpg 1200w" (HTML Living Standard §4.8.4.2.1).
    private static string? Widest(string? set) =>
        set
            ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(candidate => candidate.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length > 0)
            .MaxBy(parts =>
                parts.Length > 1
                && double.TryParse(parts[1].AsSpan(0, parts[1].Length - 1), System.Globalization.CultureInfo.InvariantCulture, out var size)
                    ? size
                    : 0
            )
            ?[0];

    // The content of noscript: its pictures, unless the body has them already.
    private static void Replace(IElement fallback, IElement body)
    {
        var shown = body.QuerySelectorAll("img,iframe")
            .Where(media => !fallback.Contains(media))
            .Select(media => media.GetAttribute("src"))
            .ToHashSet();
        fallback.Replace([.. fallback.QuerySelectorAll("img,iframe").Where(media => shown.Add(media.GetAttribute("src")))]);
    }
}

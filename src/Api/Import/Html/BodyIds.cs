using AngleSharp.Dom;
using Api.Contracts;
using Api.Contracts.Text;

namespace Api.Import.Html;

/// <summary>The ids in a body: of headings, and of the targets of its own links (footnotes).</summary>
internal static class BodyIds
{
    private static readonly Selected Fragments = new("a[href^='#']");
    private static readonly Selected Named = new("h2,h3,h4,h5,h6,[id]");

    private const int MaxMadeLength = 60;

    /// <summary>Gives every heading a unique id, made from its text where it has none, and removes unused ids.</summary>
    /// <param name="body">The tree.</param>
    /// <param name="dropped">True when an id was removed.</param>
    /// <returns>The headings, in order.</returns>
    public static IReadOnlyList<Heading> Assign(IElement body, out bool dropped)
    {
        dropped = false;
        var wanted = Fragments.Below(body).Select(a => Uri.UnescapeDataString(a.GetAttribute("href")![1..])).ToHashSet();
        var taken = new HashSet<string>();
        var headings = new List<IElement>();
        foreach (var element in Named.Below(body))
        {
            var id = element.GetAttribute("id");
            var heading = element.LocalName is ['h', >= '2' and <= '6'];
            if (heading)
                headings.Add(element);
            if (id is not null && !((heading || wanted.Contains(id)) && taken.Add(id)))
            {
                element.RemoveAttribute("id");
                dropped = true;
            }
        }
        return headings.ConvertAll(heading => Describe(heading, taken));
    }

    private static Heading Describe(IElement heading, HashSet<string> taken)
    {
        var text = BodyText.Of(heading).Replace('\n', ' ');
        if (heading.GetAttribute("id") is not { } id)
        {
            id = Unique(Made(text), taken);
            heading.SetAttribute("id", id);
        }
        return new(id, text, BodyShape.Level(heading));
    }

    private static string Made(string text)
    {
        var slug = Slug.From(text.Length > MaxMadeLength ? text[..MaxMadeLength] : text);
        return slug == "" ? "section" : slug;
    }

    private static string Unique(string id, HashSet<string> taken)
    {
        var unique = id;
        for (var number = 2; !taken.Add(unique); number++)
            unique = $"{id}-{number}";
        return unique;
    }
}

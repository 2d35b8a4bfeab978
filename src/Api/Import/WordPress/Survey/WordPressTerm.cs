using Api.Import.WordPress.Mapping;

namespace Api.Import.WordPress.Survey;

/// <summary>A category, tag or custom term.</summary>
/// <param name="taxonomy"><c>category</c>, <c>post_tag</c> or a site's own.</param>
/// <param name="slug">A valid slug, unique within the taxonomy.</param>
/// <param name="id">Its number within the site; empty when unknown.</param>
/// <param name="name">Plain text.</param>
/// <param name="parent">Slug of the parent term, as in the file; empty at the top.</param>
/// <param name="description">As in the file.</param>
/// <param name="line">Line of the file in which it was first found.</param>
internal sealed class WordPressTerm(string taxonomy, string slug, string id, string name, string parent, string description, int line)
{
    public string Taxonomy { get; } = taxonomy;
    public string Slug { get; } = slug;
    public string Id { get; } = id;
    public string Name { get; } = name;
    public string Parent { get; } = parent;
    public string Description { get; } = description;
    public int Line { get; } = line;

    /// <summary>The article type that the term names; it is not a topic then.</summary>
    public WordPressType? Type { get; init; }

    /// <summary>True for the category in which WordPress files everything without another category.</summary>
    public bool IsUnfiled { get; set; }

    /// <summary>The term that represents it as a topic, usually the term itself; null when it is not a topic.</summary>
    public WordPressTerm? Topic { get; set; }

    /// <summary>Its slug as a topic; empty when it has no topic of its own.</summary>
    public string TopicSlug { get; set; } = "";

    /// <summary>The parent topic.</summary>
    public WordPressTerm? ParentTopic { get; set; }
}

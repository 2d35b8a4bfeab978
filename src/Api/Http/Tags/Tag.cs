namespace Api.Http.Tags;

/// <summary>A piece of content that an answer is made of.</summary>
/// <param name="Kind">The meaning of <paramref name="Value"/>.</param>
/// <param name="Value">The number of an item, or a key of the read model.</param>
internal readonly record struct Tag(TagKind Kind, int Value);

/// <summary>The kinds of <see cref="Tag"/>.</summary>
internal enum TagKind
{
    /// <summary>An item that the answer shows.</summary>
    Item,

    /// <summary>The articles with a key.</summary>
    Articles,

    /// <summary>The events with a key.</summary>
    Events,
}

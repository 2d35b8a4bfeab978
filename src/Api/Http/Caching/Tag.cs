namespace Api.Http.Caching;

/// <summary>Something that an answer was made of.</summary>
/// <param name="Kind">What <paramref name="Value"/> numbers.</param>
/// <param name="Value">An item, or a key of the read model.</param>
internal readonly record struct Tag(TagKind Kind, int Value);

/// <summary>What a <see cref="Tag"/> names.</summary>
internal enum TagKind
{
    /// <summary>An item that shows in the answer.</summary>
    Item,

    /// <summary>The articles under a key.</summary>
    Articles,

    /// <summary>The events under a key.</summary>
    Events,
}

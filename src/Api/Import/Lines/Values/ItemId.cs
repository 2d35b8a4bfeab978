using UUIDNext;

namespace Api.Import.Lines.Values;

/// <summary>The identifier of an item whose source gives none.</summary>
internal static class ItemId
{
    /// <summary>The namespace of this project's identifiers. Changing it would change the identity of every item.</summary>
    private static readonly Guid Namespace = new("6f0c2d0e-9a4b-5f63-8f3e-3b6d5c1e7a52");

    /// <summary>UUIDv5 (RFC 9562 §5.5) of a resource and a slug, the same on every machine.</summary>
    /// <param name="resource">As in the contract: <c>article</c>, <c>topic</c> …</param>
    /// <param name="slug">The first slug of the item.</param>
    public static Guid Of(string resource, string slug) => Uuid.NewNameBased(Namespace, $"{resource}/{slug}");

    /// <summary>UUIDv5 of a value that is identified by its content only.</summary>
    public static Guid OfContent(string kind, string content) => Uuid.NewNameBased(Namespace, $"{kind} {content}");
}

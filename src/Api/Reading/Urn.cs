namespace Api.Reading;

/// <summary>The public form of an immutable id.</summary>
internal static class Urn
{
    /// <summary>A UUID as URN (RFC 9562 §4).</summary>
    public static string Of(Guid id) => $"urn:uuid:{id:D}";
}

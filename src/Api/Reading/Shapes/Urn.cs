namespace Api.Reading.Shapes;

/// <summary>The public form of an immutable id.</summary>
internal static class Urn
{
    private const string Prefix = "urn:uuid:";

    /// <summary>A UUID as URN (RFC 9562 §4).</summary>
    public static string Of(Guid id) => Prefix + id.ToString("D");

    /// <summary>The UUID of a URN; null for any other text.</summary>
    public static Guid? Read(string text) =>
        text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && Guid.TryParseExact(text.AsSpan(Prefix.Length), "D", out var id)
            ? id
            : null;
}

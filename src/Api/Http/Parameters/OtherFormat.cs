namespace Api.Http.Parameters;

/// <summary>A format that an endpoint offers beside JSON.</summary>
/// <param name="Format">The format.</param>
internal abstract record OtherFormat(Format Format)
{
    /// <summary>The contract of the items; null for that of the JSON, or where the format has none.</summary>
    public Type? Item { get; init; }
}

/// <summary>The only format of an endpoint.</summary>
/// <param name="Format">The format.</param>
internal sealed record OnlyFormat(Format Format) : OtherFormat(Format);

/// <summary>All formats an endpoint offers beside JSON.</summary>
internal sealed record FormatSet(IReadOnlyList<OtherFormat> Formats);

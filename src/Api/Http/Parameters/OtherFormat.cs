using Api.Contracts.Lists;

namespace Api.Http.Parameters;

/// <summary>A format that an endpoint offers beside JSON.</summary>
/// <param name="Format">The format.</param>
internal abstract record OtherFormat(Format Format);

/// <summary>A format of a list.</summary>
/// <param name="Format">The format.</param>
/// <param name="Write">Writes a page.</param>
internal sealed record ListFormat<T>(Format Format, Func<HttpContext, Page<T>, ReadOnlyMemory<byte>> Write) : OtherFormat(Format);

/// <summary>A format of an item.</summary>
/// <param name="Format">The format.</param>
/// <param name="Write">Writes the item.</param>
internal sealed record ItemFormat<T>(Format Format, Func<HttpContext, T, ReadOnlyMemory<byte>> Write) : OtherFormat(Format);

/// <summary>The only format of an endpoint.</summary>
/// <param name="Format">The format.</param>
internal sealed record OnlyFormat(Format Format) : OtherFormat(Format);

/// <summary>All formats an endpoint offers beside JSON.</summary>
internal sealed record FormatSet(IReadOnlyList<OtherFormat> Formats);

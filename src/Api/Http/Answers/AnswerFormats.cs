using Api.Contracts.Lists;
using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Http.Answers;

/// <summary>A format of a list.</summary>
/// <param name="Format">The format.</param>
/// <param name="Write">Writes a page.</param>
internal sealed record ListFormat<T>(Format Format, Func<ApiRequest, Page<T>, ReadOnlyMemory<byte>> Write) : OtherFormat(Format);

/// <summary>A format of an item.</summary>
/// <param name="Format">The format.</param>
/// <param name="Write">Writes the item.</param>
internal sealed record ItemFormat<T>(Format Format, Func<ApiRequest, T, ReadOnlyMemory<byte>> Write) : OtherFormat(Format);

using Api.Contracts.Lists;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Http.Answers;

/// <summary>A format of a list.</summary>
/// <param name="Format">The format.</param>
/// <param name="Write">Writes a page.</param>
internal sealed record ListFormat<T>(Format Format, Func<ApiRequest, Page<T>, ReadOnlyMemory<byte>> Write) : OtherFormat(Format);

/// <summary>A list of cards: the envelope of JSON with smaller items.</summary>
/// <param name="Write">Writes the card of an item as UTF-8.</param>
internal sealed record CardFormat<T>(Func<T, byte[]> Write) : OtherFormat(Format.Cards)
{
    /// <summary>Cards of a contract.</summary>
    public static CardFormat<T> Of<TCard>(Func<T, TCard> card) => new(item => ApiJson.Write(card(item))) { Item = typeof(TCard) };
}

/// <summary>A format of an item.</summary>
/// <param name="Format">The format.</param>
/// <param name="Write">Writes the item.</param>
internal sealed record ItemFormat<T>(Format Format, Func<ApiRequest, T, ReadOnlyMemory<byte>> Write) : OtherFormat(Format);

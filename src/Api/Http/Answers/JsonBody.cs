using System.Buffers;
using System.Text.Json;
using Api.Http.Json;
using Api.Http.Parameters;

namespace Api.Http.Answers;

/// <summary>Writes JSON bodies.</summary>
internal static class JsonBody
{
    /// <summary>
    /// Writes <paramref name="value"/>, and of its <c>data</c> and <c>included</c> only the members in <paramref name="fields"/>; null for
    /// all.
    /// </summary>
    public static AnswerBody Of<T>(T value, FieldSelection? fields = null)
    {
        var whole = ApiJson.Write(value);
        return new AnswerBody(Format.Json.ContentType, fields is null ? whole : Select(whole, fields));
    }

    /// <summary>Writes an envelope and inserts items into its <c>data</c>.</summary>
    /// <param name="envelope">The envelope. Its first member is <c>data</c>, an empty array.</param>
    /// <param name="items">The items.</param>
    /// <param name="address">The base of their addresses.</param>
    /// <param name="fields">The members of an item to write; null for all.</param>
    public static AnswerBody Of<T>(T envelope, IReadOnlyList<ReadyItem> items, string address, FieldSelection? fields)
    {
        var encoded = JsonEncodedText.Encode(address, ApiJson.Writing.Encoder).EncodedUtf8Bytes.ToArray();
        var around = ApiJson.Write(envelope);
        return new AnswerBody(
            Format.Json.ContentType,
            ApiJson.Write(
                fields?.Included is null ? around : Select(around, fields),
                """{"data":["""u8.Length,
                items,
                encoded,
                fields is { IsWhole: true } ? null : fields
            )
        );
    }

    /// <summary>Writes an envelope and inserts cards into its <c>data</c>.</summary>
    /// <param name="envelope">The envelope. Its first member is <c>data</c>, an empty array.</param>
    /// <param name="cards">The cards as UTF-8.</param>
    public static AnswerBody OfCards<T>(T envelope, IEnumerable<byte[]> cards) =>
        Of(envelope, [.. cards.Select(ReadyItem.OfCard)], "", fields: null);

    private static byte[] Select(ReadOnlySpan<byte> whole, FieldSelection fields)
    {
        var buffer = new ArrayBufferWriter<byte>(whole.Length);
        fields.CopyEnvelope(whole, buffer);
        // A copy: the buffer is as long as the whole JSON, and the cache may keep the answer.
        return buffer.WrittenSpan.ToArray();
    }
}

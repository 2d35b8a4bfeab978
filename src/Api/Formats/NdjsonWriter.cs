using System.Buffers;
using Api.Http.Answers;
using Api.Http.Json;
using Api.Http.Parameters;

namespace Api.Formats;

/// <summary>Writes lists with one item per line (https://github.com/ndjson/ndjson-spec), each as in <c>data</c> of the JSON.</summary>
internal static class NdjsonWriter
{
    /// <summary>The NDJSON format of a list of <typeparamref name="T"/>.</summary>
    public static ListFormat<T> Of<T>() => new(Format.Ndjson, (request, page) => Write(page.Data, request.Query.Fields));

    /// <summary>Writes the items, each reduced to <paramref name="fields"/>; all fields when null. Pure.</summary>
    public static ReadOnlyMemory<byte> Write<T>(IEnumerable<T> items, FieldSelection? fields)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var item in items)
        {
            var whole = ApiJson.Write(item);
            if (fields is null)
                lines.Write(whole);
            else
                fields.Copy(whole, lines);
            lines.Write("\n"u8);
        }
        return lines.WrittenMemory.ToArray();
    }
}

using System.Buffers;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Formats;

/// <summary>Lists as one item a line (https://github.com/ndjson/ndjson-spec), each as it is in <c>data</c> of the JSON.</summary>
internal static class NdjsonWriter
{
    /// <summary>The format of a list of <typeparamref name="T"/>.</summary>
    public static ListFormat<T> Of<T>() => new(Format.Ndjson, (http, page) => Write(page.Data, Query.Read(http).Fields));

    /// <summary>The items, of each only what <paramref name="fields"/> names, all of it when null. Pure.</summary>
    public static ReadOnlyMemory<byte> Write<T>(IEnumerable<T> items, FieldSelection? fields)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var item in items)
        {
            var whole = ApiJson.Write(item);
            if (fields is null) lines.Write(whole);
            else fields.Copy(whole, lines);
            lines.Write("\n"u8);
        }
        return lines.WrittenMemory.ToArray();
    }
}

using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Api.Export;

/// <summary>Writes each column of a query as the member of the same name. Null columns are left out.</summary>
internal static class LineColumns
{
    // As parsed by the import: UTC, in microseconds.
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 64 };

    /// <summary>Writes the value of a column.</summary>
    internal delegate void ValueWriter(Utf8JsonWriter json, DbDataReader row, int column);

    /// <summary>How each column of a query is written.</summary>
    public static IReadOnlyList<(JsonEncodedText Name, ValueWriter Value)> Of(DbDataReader row) =>
        [
            .. Enumerable
                .Range(0, row.FieldCount)
                .Select(column => (JsonEncodedText.Encode(row.GetName(column)), Writer(row.GetName(column), row.GetDataTypeName(column)))),
        ];

    /// <summary>Writes a row as an object, reading its columns from left to right.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<(JsonEncodedText Name, ValueWriter Value)> columns, DbDataReader row)
    {
        json.WriteStartObject();
        for (var column = 0; column < columns.Count; column++)
        {
            if (row.IsDBNull(column))
                continue;
            json.WritePropertyName(columns[column].Name);
            columns[column].Value(json, row, column);
        }
        json.WriteEndObject();
    }

    private static ValueWriter Writer(string name, string type) =>
        type switch
        {
            "text" => (json, row, column) => json.WriteStringValue(row.GetString(column)),
            "boolean" => (json, row, column) => json.WriteBooleanValue(row.GetBoolean(column)),
            "integer" => (json, row, column) => json.WriteNumberValue(row.GetInt32(column)),
            "timestamp with time zone" => (json, row, column) =>
                json.WriteStringValue(row.GetFieldValue<DateTime>(column).ToString(Instant, CultureInfo.InvariantCulture)),
            "date" => (json, row, column) =>
                json.WriteStringValue(row.GetFieldValue<DateOnly>(column).ToString("O", CultureInfo.InvariantCulture)),
            "json" or "jsonb" when name == "items" => (json, row, column) =>
                Parsed(row, column, entries => MenuEntries.Write(json, entries)),
            "json" or "jsonb" => (json, row, column) => Parsed(row, column, value => value.WriteTo(json)),
            _ => throw new NotSupportedException($"Column {name} is of type {type}."),
        };

    private static void Parsed(DbDataReader row, int column, Action<JsonElement> write)
    {
        using var document = JsonDocument.Parse(row.GetString(column), Deep);
        write(document.RootElement);
    }
}

using NpgsqlTypes;

namespace Api.Import.Staging;

/// <summary>A column of a staging table.</summary>
/// <param name="Name">Its name in SQL.</param>
/// <param name="Type">Its type in SQL.</param>
/// <param name="Wire">Its type in COPY.</param>
/// <param name="Value">The value of a row; null for SQL null.</param>
internal sealed record StageColumn<T>(string Name, string Type, NpgsqlDbType Wire, Func<T, object?> Value);

/// <summary>Columns of the types that staging tables use.</summary>
internal static class StageColumns
{
    public static StageColumn<T> Text<T>(string name, Func<T, string?> value) => new(name, "text", NpgsqlDbType.Text, value);

    public static StageColumn<T> Texts<T>(string name, Func<T, string[]> value) =>
        new(name, "text[]", NpgsqlDbType.Array | NpgsqlDbType.Text, value);

    public static StageColumn<T> Json<T>(string name, Func<T, string> value) => new(name, "jsonb", NpgsqlDbType.Jsonb, value);

    public static StageColumn<T> Id<T>(string name, Func<T, Guid?> value) => new(name, "uuid", NpgsqlDbType.Uuid, row => value(row));

    public static StageColumn<T> Long<T>(string name, Func<T, long> value) => new(name, "bigint", NpgsqlDbType.Bigint, row => value(row));

    public static StageColumn<T> Number<T>(string name, Func<T, int?> value) =>
        new(name, "integer", NpgsqlDbType.Integer, row => value(row));

    public static StageColumn<T> Flag<T>(string name, Func<T, bool> value) => new(name, "boolean", NpgsqlDbType.Boolean, row => value(row));

    public static StageColumn<T> Instant<T>(string name, Func<T, DateTime?> value) =>
        new(name, "timestamptz", NpgsqlDbType.TimestampTz, row => value(row));

    public static StageColumn<T> Day<T>(string name, Func<T, DateOnly?> value) => new(name, "date", NpgsqlDbType.Date, row => value(row));
}

namespace Api.Import.Staging;

/// <summary>A column of a <see cref="DetailTable{T}"/>.</summary>
/// <param name="Staged">The column of the staging table; null where the value comes from elsewhere.</param>
/// <param name="Stored">
/// The column of the table in <c>content</c>; null where the staged value only selects the value of another column.
/// </param>
/// <param name="Value">The value to store, in SQL.</param>
/// <param name="Join">The joined table and the condition, in SQL; null where none is needed.</param>
internal sealed record DetailColumn<T>(StageColumn<T>? Staged, string? Stored, string Value, string? Join = null);

/// <summary>The kinds of columns that detail tables have.</summary>
internal static class DetailColumns<T>
{
    public static StageColumn<T> Line(Func<T, long> line) => StageColumns.Long("line", line);

    public static DetailColumn<T> Text(string name, Func<T, string?> value) => Stored(StageColumns.Text(name, value));

    public static DetailColumn<T> Json(string name, Func<T, string> value) => Stored(StageColumns.Json(name, value));

    public static DetailColumn<T> Number(string name, Func<T, int?> value) => Stored(StageColumns.Number(name, value));

    public static DetailColumn<T> Flag(string name, Func<T, bool> value) => Stored(StageColumns.Flag(name, value));

    public static DetailColumn<T> Instant(string name, Func<T, DateTime?> value) => Stored(StageColumns.Instant(name, value));

    public static DetailColumn<T> Day(string name, Func<T, DateOnly?> value) => Stored(StageColumns.Day(name, value));

    /// <summary>A text that is staged and not stored.</summary>
    public static DetailColumn<T> StagedText(string name, Func<T, string?> value) => new(StageColumns.Text(name, value), null, "");

    /// <summary>An image: its UUID is staged as <paramref name="name"/>, its row number is stored.</summary>
    public static DetailColumn<T> Image(string stored, string name, Func<T, Guid?> value) =>
        new(StageColumns.Id(name, value), stored, $"{stored}_.image_id", $"content.images {stored}_ on {stored}_.id = s.{name}");

    /// <summary>A reference of the line to an item.</summary>
    public static DetailColumn<T> Reference(string stored, string member) =>
        new(null, stored, $"{stored}_.target", $"stage_references {stored}_ on {stored}_.line = s.line and {stored}_.member = '{member}'");

    private static DetailColumn<T> Stored(StageColumn<T> column) => new(column, column.Name, $"s.{column.Name}");
}

using Npgsql;

namespace Api.Import.Staging;

/// <summary>
/// The members that only one kind of item has: a staging table, and the statement that writes its rows into the table of schema
/// <c>content</c>.
/// </summary>
/// <param name="name">The table's name in <c>content</c>; the staging table is <c>stage_NAME</c>.</param>
internal abstract class DetailTable(string name)
{
    /// <summary>The table's name in schema <c>content</c>.</summary>
    public string Name => name;

    /// <summary>The type of a row.</summary>
    public abstract Type Row { get; }

    /// <summary>
    /// Inserts or updates the rows that differ from the stored ones. <c>s</c> is the staged row, <c>i</c> its line in <c>stage_items</c>,
    /// <c>o</c> the stored row. Returns the <c>item_id</c> of each row written.
    /// </summary>
    public abstract string WriteSql { get; }

    /// <summary>Creates the staging table in the connection's transaction, if it does not exist.</summary>
    public abstract Task Create(NpgsqlConnection connection, CancellationToken cancel);

    /// <summary>Adds rows of the table's type to the staging table.</summary>
    public abstract Task Copy(NpgsqlConnection connection, IEnumerable<object> rows, CancellationToken cancel);
}

/// <inheritdoc/>
/// <param name="name">The table's name in <c>content</c>.</param>
/// <param name="columns">Its columns, without <c>line</c> and <c>item_id</c>.</param>
/// <param name="line">The number of a row's line.</param>
internal sealed class DetailTable<T>(string name, Func<T, long> line, params DetailColumn<T>[] columns) : DetailTable(name)
    where T : class
{
    private readonly StageTable<T> stage = new(
        $"stage_{name}",
        [DetailColumns<T>.Line(line), .. columns.Select(column => column.Staged).OfType<StageColumn<T>>()]
    );

    public override Type Row => typeof(T);

    public override string WriteSql { get; } = Write(name, [.. columns.Where(column => column.Stored is not null)]);

    public override Task Create(NpgsqlConnection connection, CancellationToken cancel) => stage.Create(connection, cancel);

    public override Task Copy(NpgsqlConnection connection, IEnumerable<object> rows, CancellationToken cancel) =>
        stage.Copy(connection, [.. rows.Cast<T>()], cancel);

    private static string Write(string name, DetailColumn<T>[] stored)
    {
        string Each(string separator, Func<DetailColumn<T>, string> text) => string.Join(separator, stored.Select(text));
        return $"""
            insert into content.{name} (item_id, {Each(", ", column => column.Stored!)})
            select i.item_id, {Each(", ", column => column.Value)}
            from   stage_{name} s
            join   stage_items i on i.line = s.line
            {string.Concat(
                stored.Where(column => column.Join is not null).Select(column => $"left join {column.Join}\n")
            )}left join content.{name} o on o.item_id = i.item_id
            where  o.item_id is null
            or     row ({Each(", ", column => $"o.{column.Stored}")})
                   is distinct from
                   row ({Each(", ", column => column.Value)})
            on conflict (item_id) do update
            set    {Each(", ", column => $"{column.Stored} = excluded.{column.Stored}")}
            returning item_id
            """;
    }
}

using Npgsql;

namespace Api.Import.Staging;

/// <summary>A temporary table that is dropped at the end of its transaction, filled by binary COPY.</summary>
/// <param name="name">Its name.</param>
/// <param name="columns">Its columns.</param>
internal sealed class StageTable<T>(string name, params StageColumn<T>[] columns)
{
    private readonly string copySql =
        $"copy {name} ({string.Join(", ", columns.Select(column => column.Name))}) from stdin (format binary)";

    /// <summary>The statement that creates it, if it does not exist.</summary>
    public string CreateSql { get; } =
        $"create temporary table if not exists {name} ({string.Join(", ", columns.Select(column => $"{column.Name} {column.Type}"))}) on commit drop;\n";

    /// <summary>Creates it in the connection's transaction, if it does not exist.</summary>
    public async Task Create(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(CreateSql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Adds rows.</summary>
    public async Task Copy(NpgsqlConnection connection, IReadOnlyCollection<T> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return;
        await using var writer = await connection.BeginBinaryImportAsync(copySql, cancel);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancel);
            foreach (var column in columns)
            {
                if (column.Value(row) is { } value)
                    await writer.WriteAsync(value, column.Wire, cancel);
                else
                    await writer.WriteNullAsync(cancel);
            }
        }
        await writer.CompleteAsync(cancel);
    }
}

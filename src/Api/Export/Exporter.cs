using System.Buffers;
using System.Data;
using System.Text.Encodings.Web;
using System.Text.Json;
using Api.Data;
using Dapper;
using Npgsql;

namespace Api.Export;

/// <summary>Writes all content as lines of the import format, including hidden and withdrawn items.</summary>
/// <remarks>
/// The same content gives the same bytes: resources in the order of <see cref="ResourceLines.All"/>, items in the order they were created
/// in, which is the order an import of these lines creates them in.
/// </remarks>
internal sealed class Exporter(ContentDatabase content)
{
    private const int ChunkBytes = 1 << 16;
    private const int LinesApart = 500;

    // Row by row in the order of the primary keys: sorting would first copy all content to the server's disk.
    private const string PrepareSql =
        "set transaction read only; set local jit = off; set local enable_sort = off; set local enable_hashjoin = off";

    private const string CountSql = "select (select count(*) from content.items) + (select count(*) from content.redirects)";

    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes one snapshot of the content, unaffected by concurrent writes. Holds one line in memory.</summary>
    /// <returns>Lines written.</returns>
    /// <exception cref="NpgsqlException">The database is not available; the output written so far is incomplete.</exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public async Task<long> Run(Stream output, IProgress<ExportProgress>? progress, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await connection.ExecuteAsync(new CommandDefinition(PrepareSql, cancellationToken: cancel));
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, commandTimeout: 0, cancellationToken: cancel)
        );
        long lines = 0;
        var chunk = new ArrayBufferWriter<byte>(ChunkBytes * 2);
        await using var json = new Utf8JsonWriter(chunk, Relaxed);
        foreach (var resource in ResourceLines.All)
        {
            await using var command = new NpgsqlCommand(resource.Sql, connection) { CommandTimeout = 0 };
            await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
            var columns = LineColumns.Of(row);
            while (await row.ReadAsync(cancel))
            {
                json.Reset(chunk);
                LineColumns.Write(json, columns, row);
                json.Flush();
                chunk.Write("\n"u8);
                if (lines++ % LinesApart == 0)
                    progress?.Report(new(resource.Name, lines, total));
                if (chunk.WrittenCount < ChunkBytes)
                    continue;
                await output.WriteAsync(chunk.WrittenMemory, cancel);
                chunk.ResetWrittenCount();
            }
        }
        await output.WriteAsync(chunk.WrittenMemory, cancel);
        await output.FlushAsync(cancel);
        progress?.Report(new("all", lines, total));
        return lines;
    }
}

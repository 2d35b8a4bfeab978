using Dapper;
using Npgsql;

namespace Api.Import.Mirror;

/// <summary>How far this database has followed another instance.</summary>
/// <param name="Origin">Base URL of the other instance.</param>
/// <param name="Token">The cursor; empty when nothing has been copied yet.</param>
internal sealed record MirrorState(string Origin, string Token)
{
    private const string ReadSql = "select origin, token from content.mirror";

    private const string BeginSql =
        "insert into content.mirror (origin, token, at) values (@origin, @token, now()) on conflict (only_one) do nothing";

    // Writes nothing if another process has moved the token meanwhile, or made the database independent.
    private const string GoOnSql = "update content.mirror set token = @token, at = now() where origin = @origin and token = @before";

    /// <summary>The state; null when this database is not a copy.</summary>
    public static Task<MirrorState?> Read(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<MirrorState>(new CommandDefinition(ReadSql, cancellationToken: cancel));

    /// <summary>Deletes the state: the database is no longer a copy.</summary>
    public static Task Drop(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition("delete from content.mirror", cancellationToken: cancel));

    /// <summary>Writes the state, in the running transaction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="before">The token at the start of this step; null for none.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <exception cref="IOException">Another process has written the state meanwhile.</exception>
    public async Task Write(NpgsqlConnection connection, string? before, CancellationToken cancel)
    {
        if (
            await connection.ExecuteAsync(
                new CommandDefinition(
                    before is null ? BeginSql : GoOnSql,
                    new
                    {
                        origin = Origin,
                        token = Token,
                        before,
                    },
                    cancellationToken: cancel
                )
            ) == 0
        )
            throw new IOException("Another process has gone on with this copy.");
    }
}

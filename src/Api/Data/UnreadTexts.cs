using Npgsql;

namespace Api.Data;

/// <summary>Reads, for search, the words of items that a commit left unread because it was about many.</summary>
internal static class UnreadTexts
{
    // About a second's work, during which others can commit for all but a tenth of it.
    private const string ReadSql = "select content.read_unread(1000)";

    /// <summary>Reads some. Returns whether there may be more to do; false as well while somebody else does it.</summary>
    public static async Task<bool> Read(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ReadSql, connection) { CommandTimeout = 0 };
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}

using System.Data;
using Api.Import.WordPress.Live;
using Dapper;
using Npgsql;

namespace Api.Import.WordPress.Following;

/// <summary>The rows of <c>content.followed_parts</c>.</summary>
internal sealed class FollowedParts(NpgsqlDataSource source)
{
    // An entry is gone once two complete scans have not found it.
    private const int Gone = 2;

    private const string MarksSql =
        "select number, mark from content.followed_parts where collection = @collection and (@numbers::integer[] is null or number = any(@numbers))";

    private const string KeepSql = """
        with kept as (
            insert into content.followed_parts (collection, number, mark, head, content, excerpt)
            select * from unnest(@collections, @numbers, @marks, @heads, @contents, @excerpts)
            on conflict (collection, number) do update set mark = excluded.mark, head = excluded.head, content = excluded.content, excerpt = excluded.excerpt, missing = 0,
                changed = followed_parts.changed or (followed_parts.head, followed_parts.content, followed_parts.excerpt) is distinct from (excluded.head, excluded.content, excluded.excerpt)
            returning changed)
        update content.followed_site set is_stale = true where exists (select from kept where changed)
        """;

    private static readonly string SeenSql = $"""
        update content.followed_parts set missing = 0
        from   unnest(@seen) s (number)
        where  followed_parts.collection = @collection and followed_parts.missing > 0 and followed_parts.number = s.number;
        update content.followed_parts p set missing = missing + 1
        where  p.collection = @collection and not exists (select from unnest(@seen) s (number) where s.number = p.number);
        update content.followed_site set is_stale = true where exists (select from content.followed_parts where collection = @collection and missing >= {Gone});
        """;

    private static readonly string ReadSql = $"""
        select head, case when @texts then content end, case when @texts then excerpt end, changed
        from   content.followed_parts
        where  collection = @collection and missing < {Gone}
        order  by number
        """;

    /// <summary>The marks of the entries of a collection.</summary>
    /// <param name="collection">Its name.</param>
    /// <param name="numbers">The numbers of the entries; null for all.</param>
    /// <param name="cancel">Cancels the operation.</param>
    public async Task<Dictionary<int, long>> Marks(string collection, int[]? numbers, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return (
            await connection.QueryAsync<(int Number, long Mark)>(
                new CommandDefinition(MarksSql, new { collection, numbers }, cancellationToken: cancel)
            )
        ).ToDictionary(row => row.Number, row => row.Mark);
    }

    /// <summary>Stores new and changed parts.</summary>
    public async Task Keep(IReadOnlyList<FollowedPart> parts, CancellationToken cancel)
    {
        if (parts.Count == 0)
            return;
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(
            new CommandDefinition(
                KeepSql,
                new
                {
                    collections = parts.Select(p => p.Collection).ToArray(),
                    numbers = parts.Select(p => p.Number).ToArray(),
                    marks = parts.Select(p => p.Mark).ToArray(),
                    heads = parts.Select(p => p.Head).ToArray(),
                    contents = parts.Select(p => p.Content).ToArray(),
                    excerpts = parts.Select(p => p.Excerpt).ToArray(),
                },
                cancellationToken: cancel
            )
        );
    }

    /// <summary>Records the entries that a complete scan of a collection has found; all others count as missing once more.</summary>
    public async Task Seen(string collection, int[] seen, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(SeenSql, new { collection, seen }, cancellationToken: cancel));
    }

    /// <summary>
    /// Whether an entry was missing in the last scan but may be in the next. A removal that was rejected waits for the next regular scan.
    /// </summary>
    public Task<bool> IsAnythingDoubtful(CancellationToken cancel) =>
        Get<bool>(
            "select exists (select from content.followed_parts where missing = 1) or exists (select from content.followed_lines l join content.followed_site s on l.absent_at >= s.looks)",
            cancel
        );

    public Task<long> Count(CancellationToken cancel) => Get<long>("select count(*) from content.followed_parts", cancel);

    /// <summary>Whether lines must still be made of a part.</summary>
    public Task<bool> IsAnythingNew(CancellationToken cancel) =>
        Get<bool>("select exists (select from content.followed_parts where changed)", cancel);

    /// <summary>Pages of one entry each, ordered by number, one in memory at a time; without entries that are gone.</summary>
    /// <param name="collections">The collections, in this order.</param>
    /// <param name="texts">False leaves long texts out.</param>
    public IEnumerable<(LivePage Page, bool HasChanged)> Read(IReadOnlyList<string> collections, bool texts)
    {
        using var connection = source.OpenConnection();
        foreach (var collection in collections)
        {
            using var command = new NpgsqlCommand(
                ReadSql
                    .Replace("@texts", texts ? "true" : "false", StringComparison.Ordinal)
                    .Replace("@collection", "$1", StringComparison.Ordinal),
                connection
            )
            {
                CommandTimeout = 0,
            };
            command.Parameters.Add(new NpgsqlParameter { Value = collection });
            using var reader = command.ExecuteReader(CommandBehavior.SequentialAccess);
            while (reader.Read())
            {
                var (head, content, excerpt) = (
                    reader.GetString(0),
                    reader.IsDBNull(1) ? null : reader.GetString(1),
                    reader.IsDBNull(2) ? null : reader.GetString(2)
                );
                yield return (FollowedPart.Read(head, content, excerpt), reader.GetBoolean(3));
            }
        }
    }

    /// <summary>The names of users and terms.</summary>
    /// <param name="heads">The names of their collections.</param>
    /// <param name="cancel">Cancels the operation.</param>
    public async Task<LiveNames> Names(IEnumerable<string> heads, CancellationToken cancel)
    {
        var names = new LiveNames();
        await Task.Run(
            () =>
            {
                foreach (var (page, _) in Read([.. heads], texts: false))
                    names.Learn(page);
            },
            cancel
        );
        return names;
    }

    /// <summary>The heads of the parts that are gone.</summary>
    public async Task<IReadOnlyList<LivePage>> ListGone(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return
        [
            .. (
                await connection.QueryAsync<string>(
                    new CommandDefinition(
                        "select head from content.followed_parts where missing >= @Gone",
                        new { Gone },
                        cancellationToken: cancel
                    )
                )
            ).Select(head => FollowedPart.Read(head, null, null)),
        ];
    }

    private async Task<T> Get<T>(string sql, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return (await connection.ExecuteScalarAsync<T>(new CommandDefinition(sql, commandTimeout: 0, cancellationToken: cancel)))!;
    }
}

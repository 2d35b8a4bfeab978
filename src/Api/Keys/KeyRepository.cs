using Api.Data;
using Dapper;

namespace Api.Keys;

/// <summary>The rows of <c>content.api_keys</c>, for the commands and for the nodes.</summary>
internal sealed class KeyRepository(ContentDatabase content)
{
    /// <summary>The most keys that are stored, with those that are revoked or expired.</summary>
    public const int Most = 1_000;

    private const string Columns =
        "k.id, k.name, k.scope, k.topics, k.per_minute, k.hash, k.created_at, k.expires_at, k.revoked_at, k.last_used_at";

    private const string ListSql = $"select {Columns} from content.api_keys k order by k.created_at, k.id limit @most";

    // The table is locked, or two at once would both count one too few.
    private const string AddSql = """
        lock table content.api_keys in share row exclusive mode;
        insert into content.api_keys (id, name, scope, topics, per_minute, hash, expires_at)
        select @Id, @Name, @Scope, @Topics, @PerMinute, @Hash, @ExpiresAt
        where  (select count(*) from content.api_keys) < @Most
        """;

    private const string RevokeSql =
        "update content.api_keys set revoked_at = clock_timestamp() where (id = @key or name = @key) and revoked_at is null returning id";

    private const string UsedSql = """
        update content.api_keys
        set    last_used_at = date_bin('1 hour', clock_timestamp(), 'epoch')
        where  id = @id and last_used_at is distinct from date_bin('1 hour', clock_timestamp(), 'epoch')
        """;

    private const string TopicsSql = """
        select   i.item_id, i.slug
        from     content.items i
        where    i.resource = 'topic' and (i.slug = any(@slugs) or i.item_id = any(@ids)) and i.publication_status <> 'deleted'
        order by i.item_id
        """;

    /// <summary>All keys, oldest first.</summary>
    public async Task<IReadOnlyList<StoredKey>> All(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<StoredKey>(Command(ListSql, new { most = Most }, cancel))).AsList();
    }

    /// <summary>Stores a new key.</summary>
    /// <returns>False when there are too many.</returns>
    /// <exception cref="Npgsql.PostgresException">Another key that is not revoked has the name.</exception>
    public async Task<bool> Add(StoredKey key, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var parameters = new
        {
            key.Id,
            key.Name,
            key.Scope,
            key.Topics,
            key.PerMinute,
            key.Hash,
            key.ExpiresAt,
            Most,
        };
        var added = await connection.ExecuteAsync(Command(AddSql, parameters, cancel));
        await transaction.CommitAsync(cancel);
        return added > 0;
    }

    /// <summary>Revokes the key with an id or a name.</summary>
    /// <returns>Its id; null when there is none that is not revoked already.</returns>
    public async Task<string?> Revoke(string key, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<string?>(Command(RevokeSql, new { key }, cancel));
    }

    /// <summary>Notes that a key is in use, to the hour.</summary>
    public async Task Used(string id, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(Command(UsedSql, new { id }, cancel));
    }

    /// <summary>The topics with any of these slugs or ids, also those that are not public.</summary>
    public async Task<IReadOnlyList<(int ItemId, string Slug)>> Topics(string[] slugs, int[] ids, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<(int, string)>(Command(TopicsSql, new { slugs, ids }, cancel))).AsList();
    }

    private static CommandDefinition Command(string sql, object parameters, CancellationToken cancel) =>
        new(sql, parameters, commandTimeout: 5, cancellationToken: cancel);
}

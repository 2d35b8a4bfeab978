using Api.Data;
using Api.Live;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Api.Webhooks;

/// <summary>What the sender stores. A sender that has lost the lease stores nothing.</summary>
internal sealed class DeliveryStore(ContentDatabase content)
{
    private const string AnySql = "select exists (select from content.webhooks w where w.disabled_at is null)";

    private const string EnabledSql = $"""
        select {Webhook.Columns}
        from   content.webhooks w
        where  w.disabled_at is null
        order  by w.id
        """;

    // The secrets and the address are those of this moment.
    private const string BeginSql = $"""
        with begun as (
            update content.webhooks w
            set    pending_token = b.token, pending_type = b.type
            from   unnest(@ids, @sinces, @known, @tokens, @types) b (id, since, known, token, type)
            where  w.id = b.id and w.disabled_at is null and w.token = b.since and w.pending_token is not distinct from b.known
            returning w.*)
        select {Webhook.Columns}
        from   begun w
        """;

    private const string SkipSql = """
        update content.webhooks w
        set    token = s.token, pending_token = null, pending_type = null, tries = 0, waits = 0, tried_at = null, next_try = null, not_before = null
        from   unnest(@ids, @sinces, @known, @tokens) s (id, since, known, token)
        where  w.id = s.id and w.token = s.since and w.pending_token is not distinct from s.known
        """;

    // A command may have moved or disabled it meanwhile: then only the log tells of the try.
    private const string FinishSql = """
        with stored as (
            update content.webhooks w
            set    token = case when @ok then @token else w.token end,
                   pending_token = case when not @ok then w.pending_token end,
                   pending_type = case when not @ok then w.pending_type end,
                   tries = case when @ok then 0 else w.tries + 1 end,
                   waits = case when @ok then 0 else @waits end,
                   tried_at = clock_timestamp(),
                   next_try = case when not @ok then greatest(coalesce(clock_timestamp() + @next_try, w.next_try), clock_timestamp() + @not_before) end,
                   not_before = clock_timestamp() + @not_before,
                   disabled_at = case when @disabled is null then w.disabled_at else clock_timestamp() end,
                   disabled_for = coalesce(@disabled, w.disabled_for)
            where  w.id = @id and w.token = @since and w.pending_token = @token)
        insert into content.webhook_log (webhook_id, at, message_id, type, try, status, failure, milliseconds)
        select w.id, @at, @message_id, @type, @try, @status, @failure, @milliseconds
        from   content.webhooks w
        where  w.id = @id
        """;

    private const string PruneSql = "delete from content.webhook_log where at < clock_timestamp() - interval '30 days'";

    /// <summary>Whether there is an enabled webhook.</summary>
    public async Task<bool> HasAny(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(AnySql, commandTimeout: 5, cancellationToken: cancel));
    }

    /// <summary>The enabled webhooks.</summary>
    public async Task<IReadOnlyList<Webhook>> Enabled(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return (
            await connection.QueryAsync<Webhook>(new CommandDefinition(EnabledSql, commandTimeout: 5, cancellationToken: cancel))
        ).AsList();
    }

    /// <summary>Stores that messages are about to be tried, and positions behind which there was nothing to tell.</summary>
    /// <returns>The webhooks of the messages as they are now, without those that a command has changed meanwhile.</returns>
    /// <exception cref="IOException">The lease was lost.</exception>
    public async Task<IReadOnlyList<Webhook>> Begin(
        Lease lease,
        IReadOnlyCollection<(Webhook Webhook, WebhookMessage Message)> messages,
        IReadOnlyList<(Webhook Webhook, ChangeToken Token)> skipped,
        CancellationToken cancel
    )
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await lease.Assert(connection, cancel);
        if (skipped.Count > 0)
            await connection.ExecuteAsync(
                new CommandDefinition(
                    SkipSql,
                    new
                    {
                        ids = skipped.Select(one => one.Webhook.Id).ToArray(),
                        sinces = skipped.Select(one => one.Webhook.Token).ToArray(),
                        known = skipped.Select(one => one.Webhook.PendingToken).ToArray(),
                        tokens = skipped.Select(one => one.Token.ToString()).ToArray(),
                    },
                    commandTimeout: 5,
                    cancellationToken: cancel
                )
            );
        var begun = await connection.QueryAsync<Webhook>(
            new CommandDefinition(
                BeginSql,
                new
                {
                    ids = messages.Select(one => one.Webhook.Id).ToArray(),
                    sinces = messages.Select(one => one.Webhook.Token).ToArray(),
                    known = messages.Select(one => one.Webhook.PendingToken).ToArray(),
                    tokens = messages.Select(one => one.Message.Token.ToString()).ToArray(),
                    types = messages.Select(one => one.Message.Type).ToArray(),
                },
                commandTimeout: 5,
                cancellationToken: cancel
            )
        );
        await transaction.CommitAsync(cancel);
        return begun.AsList();
    }

    /// <summary>Stores results of tries, each with its line of the log in one statement.</summary>
    /// <exception cref="IOException">The lease was lost.</exception>
    public async Task Finish(Lease lease, IReadOnlyList<Finished> results, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await lease.Assert(connection, cancel);
        await using var batch = new NpgsqlBatch(connection, transaction) { Timeout = 5 };
        foreach (var result in results)
            batch.BatchCommands.Add(Command(result));
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Removes lines of the log that are older than 30 days.</summary>
    public async Task Prune(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(PruneSql, cancellationToken: cancel));
    }

    private static NpgsqlBatchCommand Command(Finished result)
    {
        var outcome = result.Outcome;
        return new NpgsqlBatchCommand(FinishSql)
        {
            Parameters =
            {
                Text("id", result.Webhook.Id),
                Text("since", result.Webhook.Token),
                Text("token", result.Webhook.PendingToken),
                new("ok", outcome.IsAcknowledged),
                new("waits", outcome.Waits),
                Value("next_try", NpgsqlDbType.Interval, outcome.NextTry),
                Value("not_before", NpgsqlDbType.Interval, outcome.NotBefore),
                Text("disabled", outcome.Disabled),
                new("at", result.Result.At),
                Text("message_id", result.MessageId),
                Text("type", result.Webhook.PendingType),
                new("try", result.Webhook.Tries + 1),
                Value("status", NpgsqlDbType.Integer, result.Result.Status),
                Text("failure", result.Result.Failure),
                new("milliseconds", (int)result.Result.Took.TotalMilliseconds),
            },
        };
    }

    private static NpgsqlParameter Text(string name, string? value) => Value(name, NpgsqlDbType.Text, value);

    private static NpgsqlParameter Value(string name, NpgsqlDbType type, object? value) =>
        new(name, type) { Value = value ?? DBNull.Value };
}

/// <summary>A try that has ended.</summary>
/// <param name="Webhook">The webhook as it was when the try began.</param>
/// <param name="MessageId">The id of the message.</param>
/// <param name="Result">The result.</param>
/// <param name="Outcome">What follows from it.</param>
internal sealed record Finished(Webhook Webhook, string MessageId, TryResult Result, Outcome Outcome);

using Api.Data;
using Api.Live;
using Dapper;

namespace Api.Webhooks;

/// <summary>What the commands read and change. A sender that is at work notices it within two seconds.</summary>
internal sealed class WebhookRepository(ContentDatabase content)
{
    private const string PlaceSql = """
        select   e.sequence, e.at
        from     content.change_events e
        where    e.released_at is not null and e.at <= coalesce(@instant, e.at)
        order by e.sequence desc
        limit    1
        """;

    private const string HeadSql = "select c.sequence, c.at from content.changes c order by c.sequence desc limit 1";

    private const string ChangeSql = "select c.sequence, c.at from content.changes c where c.sequence = @sequence";

    private const string TopicsSql = """
        select   i.item_id, i.slug
        from     content.items i
        where    i.resource = 'topic' and i.slug = any(@slugs) and i.publication_status <> 'deleted'
        order by i.item_id
        """;

    private const string AddSql = """
        insert into content.webhooks (id, name, url, resources, topics, signature, secret, allow_private, token)
        values (@Id, @Name, @Url, @Resources, @Topics, @Signature, @Secret, @AllowPrivate, @Token)
        """;

    private const string ListSql = """
        select   w.id, w.name, w.url, w.resources,
                 case when w.topics is not null then coalesce((select array_agg(i.slug order by i.slug) from content.items i where i.item_id = any(w.topics)), '{}') end as topics,
                 w.signature, w.secret, case when w.old_until > clock_timestamp() then w.old_until end as old_until, w.allow_private, w.created_at, w.disabled_at, w.disabled_for,
                 w.token, w.tries, case when w.tries > 0 then w.next_try end as next_try
        from     content.webhooks w
        where    w.id = coalesce(@id, w.id)
        order by w.created_at, w.id
        """;

    private const string FindSql = $"select {Webhook.Columns} from content.webhooks w where w.id = @id";

    private const string RotateSql = """
        update content.webhooks w
        set    secret = @secret, old_secret = w.secret, old_until = clock_timestamp() + @overlap
        where  w.id = @id
        """;

    private const string EnableSql = """
        update content.webhooks w
        set    disabled_at = null, disabled_for = null, tries = 0, waits = 0, tried_at = null, next_try = null, not_before = null
        where  w.id = @id
        """;

    private const string ReplaySql = """
        update content.webhooks w
        set    token = @token, pending_token = null, pending_type = null, tries = 0, waits = 0, tried_at = null, next_try = null, not_before = null
        where  w.id = @id
        """;

    private const string RemoveSql = "delete from content.webhooks w where w.id = @id";

    private const string LogSql = """
        select   l.at, l.message_id, l.type, l.try, l.status, l.failure, l.milliseconds
        from     content.webhook_log l
        where    l.webhook_id = @id and (not @failed or l.status is null or l.status not between 200 and 299)
        order by l.log_id desc
        limit    @limit
        """;

    private const string LogTestSql = $"""
        insert into content.webhook_log (webhook_id, at, message_id, type, try, status, failure, milliseconds)
        select w.id, @at, @messageId, '{WebhookMessage.Test}', 1, @status, @failure, @milliseconds
        from   content.webhooks w
        where  w.id = @id
        """;

    /// <summary>The position of the newest event, where a new webhook begins; before the first event, that of the newest change.</summary>
    public async Task<ChangeToken> Newest(CancellationToken cancel) =>
        await Place(PlaceSql, new { instant = (DateTime?)null }, cancel) ?? await Place(HeadSql, null, cancel) ?? ChangeToken.Start;

    /// <summary>The position of the newest event at an instant (UTC); null when no event as old is stored.</summary>
    public Task<ChangeToken?> At(DateTime instant, CancellationToken cancel) =>
        Place(PlaceSql, new { instant = (DateTime?)instant }, cancel);

    /// <summary>Whether a position is of this history of the content.</summary>
    public async Task<bool> Has(ChangeToken token, CancellationToken cancel) =>
        token == ChangeToken.Start || await Place(ChangeSql, new { sequence = token.Sequence }, cancel) == token;

    /// <summary>The topics with any of these slugs, also those that are not public.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Topics(string[] slugs, CancellationToken cancel) =>
        (await Query<(int ItemId, string Slug)>(TopicsSql, new { slugs }, cancel)).ToDictionary(row => row.Slug, row => row.ItemId);

    /// <summary>Stores a new webhook.</summary>
    public Task Add(NewWebhook webhook, CancellationToken cancel) => Execute(AddSql, webhook, cancel);

    /// <summary>All webhooks, oldest first, or the one with an id.</summary>
    public Task<IReadOnlyList<WebhookInfo>> List(string? id, CancellationToken cancel) => Query<WebhookInfo>(ListSql, new { id }, cancel);

    /// <summary>A webhook as the sender sees it; null for none.</summary>
    public async Task<Webhook?> Find(string id, CancellationToken cancel) =>
        (await Query<Webhook>(FindSql, new { id }, cancel)).SingleOrDefault();

    /// <summary>Replaces the secret; for a while, the one that it replaces signs as well.</summary>
    /// <returns>Whether there is such a webhook.</returns>
    public Task<bool> Rotate(string id, string secret, TimeSpan overlap, CancellationToken cancel) =>
        Execute(
            RotateSql,
            new
            {
                id,
                secret,
                overlap,
            },
            cancel
        );

    /// <summary>Enables a webhook, or has one tried at once that fails. It goes on where it stopped.</summary>
    /// <returns>Whether there is such a webhook.</returns>
    public Task<bool> Enable(string id, CancellationToken cancel) => Execute(EnableSql, new { id }, cancel);

    /// <summary>Has a webhook go on from a position.</summary>
    /// <returns>Whether there is such a webhook.</returns>
    public Task<bool> Replay(string id, ChangeToken token, CancellationToken cancel) =>
        Execute(ReplaySql, new { id, token = token.ToString() }, cancel);

    /// <summary>Removes a webhook with its log.</summary>
    /// <returns>Whether there was such a webhook.</returns>
    public Task<bool> Remove(string id, CancellationToken cancel) => Execute(RemoveSql, new { id }, cancel);

    /// <summary>The last tries, newest first.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="failed">Whether only those that failed.</param>
    /// <param name="limit">The most.</param>
    /// <param name="cancel">Stops waiting.</param>
    public Task<IReadOnlyList<LoggedTry>> Log(string id, bool failed, int limit, CancellationToken cancel) =>
        Query<LoggedTry>(
            LogSql,
            new
            {
                id,
                failed,
                limit,
            },
            cancel
        );

    /// <summary>Logs a test.</summary>
    public Task LogTest(string id, string messageId, TryResult result, CancellationToken cancel) =>
        Execute(
            LogTestSql,
            new
            {
                id,
                at = result.At,
                messageId,
                status = result.Status,
                failure = result.Failure,
                milliseconds = (int)result.Took.TotalMilliseconds,
            },
            cancel
        );

    private async Task<ChangeToken?> Place(string sql, object? parameters, CancellationToken cancel) =>
        (await Query<(long Sequence, DateTime At)>(sql, parameters, cancel)) is [var (sequence, at)] ? ChangeToken.Of(sequence, at) : null;

    private async Task<IReadOnlyList<T>> Query<T>(string sql, object? parameters, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancel))).AsList();
    }

    private async Task<bool> Execute(string sql, object parameters, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancel)) > 0;
    }
}

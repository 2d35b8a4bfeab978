using System.Collections.Immutable;
using System.Globalization;
using Api.Collation;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Indexing;
using Api.Words;
using Api.Words.Languages;
using Api.Words.Texts;
using Dapper;
using Npgsql;

namespace Api.Listing;

/// <summary>Reads the lists from the database: all of them, or the changes. Each reading is one snapshot.</summary>
/// <remarks>Exceptions: as of <see cref="DeliveryDatabase"/>.</remarks>
/// <param name="delivery">The database.</param>
/// <param name="calendar">The site's calendar.</param>
/// <param name="order">The order of titles.</param>
/// <param name="clock">Measures when an item expires.</param>
/// <param name="languages">The languages of words.</param>
/// <param name="schema">
/// The schema whose views <c>head</c>, <c>changes</c>, <c>index_keys</c>, <c>article_index</c> and <c>event_index</c> are read.
/// </param>
/// <param name="settings">A statement that each reading of all lists begins with; may be empty.</param>
internal sealed class ListReader(
    DeliveryDatabase delivery,
    SiteCalendar calendar,
    TitleOrder order,
    TimeProvider clock,
    KnownLanguages languages,
    string schema = "delivery",
    string settings = ""
)
{
    // The lists of previews have no words: searches look among public ones.
    private readonly bool hasWords = schema == "delivery";

    // Keeps each statement short, whatever the size of the content.
    private const int Chunk = 20_000;

    // Seconds. With a cold file cache, a chunk takes longer than the time limit of requests.
    private const int TimeoutSeconds = 30;

    // The changes of a usual commit, which are read with one statement.
    private const int MostFewChanges = 200;

    private static readonly string TimeoutSql = string.Create(
        CultureInfo.InvariantCulture,
        $"set local statement_timeout = '{TimeoutSeconds - 1}s'"
    );

    // age: seconds since the snapshot began; the views count the seconds until an item expires from that moment.
    private readonly string headSql = $"""
        select h.sequence, h.reference_sequence, extract(epoch from clock_timestamp() - now())::double precision as age, (select c.at from {schema}.changes c where c.sequence = h.sequence) as at,
               (select c.at from {schema}.changes c where c.sequence = @since) as since_at
        from   {schema}.head h
        """;

    private readonly string changesSql =
        $"select c.resource, c.item_id, c.keys from {schema}.changes c where c.sequence > @since and {ItemTexts.IsReadSql} order by c.sequence limit @most";
    private readonly string keysSql = $"select k.key, k.kind, k.resource, k.slug, k.role, k.item_id, k.name from {schema}.index_keys k";
    private readonly RowsSql articleSql = new(
        schema,
        "article",
        $"select x.item_id, x.id, x.first, x.second, x.title, x.keys, x.expires_in from {schema}.article_index x"
    );
    private readonly RowsSql eventSql = new(
        schema,
        "event",
        $"select x.item_id, x.id, x.first, x.second, x.title, x.keys, x.expires_in, x.day from {schema}.event_index x"
    );

    /// <summary>Reads all lists.</summary>
    public Task<ListState> Whole(CancellationToken cancel) =>
        delivery.InSnapshot(
            async connection =>
            {
                await connection.ExecuteAsync(Command($"{TimeoutSql}; {settings}", null, cancel));
                var asked = clock.GetTimestamp();
                var head = await connection.QuerySingleAsync<HeadRow>(Command(headSql, new { since = 0L }, cancel));
                var begun = asked - Ticks(head.Age);
                var keys = new KeyTable(await connection.QueryAsync<KeyRow>(Command(keysSql, null, cancel)));
                var articles = await Whole(connection, articleSql, begun, cancel);
                var events = await Whole(connection, eventSql, begun, cancel);
                return new ListState(head.Sequence, head.ReferenceSequence, head.At, articles, events, keys)
                {
                    Words = hasWords
                        ? WordIndex
                            .Empty(languages)
                            .WithUnread(
                                articles
                                    .Items.All.ToArray()
                                    .Concat(await connection.QueryAsync<int>(Command(ItemTexts.NamedSql, null, cancel)))
                            )
                        : WordIndex.Empty(languages),
                };
            },
            cancel
        );

    /// <summary>
    /// Reads the texts of some items that are visible, each with its last change; null when the server lacks changes up to a sequence.
    /// </summary>
    public Task<List<ItemText>?> Texts(int[] numbers, long sequence, CancellationToken cancel) =>
        delivery.InSnapshot(
            async connection =>
            {
                var head = await connection.QuerySingleAsync<long>(
                    Command($"{TimeoutSql}; select h.sequence from {schema}.head h", null, cancel)
                );
                return head < sequence ? null : await ItemTexts.Read(connection, numbers, TimeoutSeconds, cancel);
            },
            cancel
        );

    /// <summary>
    /// Reads the changes since a state; null when there are more than <paramref name="most"/>, and when the state belongs to another
    /// history.
    /// </summary>
    public async Task<ListDelta?> Since(ListState state, int most, CancellationToken cancel) =>
        await FewChangesSince(state, cancel)
        ?? await delivery.InSnapshot(
            async connection =>
            {
                await connection.ExecuteAsync(Command(TimeoutSql, null, cancel));
                var asked = clock.GetTimestamp();
                HeadRow head;
                List<ChangeRow> changes;
                await using (
                    var results = await connection.QueryMultipleAsync(
                        Command($"{headSql}; {changesSql}", new { since = state.Sequence, most = most + 1 }, cancel)
                    )
                )
                    (head, changes) = (await results.ReadSingleAsync<HeadRow>(), (await results.ReadAsync<ChangeRow>()).AsList());
                if (changes.Count > most || !head.Follows(state))
                    return null;
                var begun = asked - Ticks(head.Age);
                var articles = Since(await RowsOf(connection, articleSql, changes, "article", cancel), changes, "article", begun);
                var events = Since(await RowsOf(connection, eventSql, changes, "event", cancel), changes, "event", begun);
                var keys =
                    head.ReferenceSequence == state.ReferenceSequence
                        ? null
                        : new KeyTable(await connection.QueryAsync<KeyRow>(Command(keysSql, null, cancel)));
                var unknown = keys is not null ? [] : Unknown(state, articles, events);
                int[] numbers = [.. changes.Select(change => change.ItemId).Distinct()];
                return Delta(head, articles, events) with
                {
                    Changed = numbers,
                    Texts =
                        numbers.Length <= ItemTexts.MostAtOnce ? await ItemTexts.Read(connection, numbers, TimeoutSeconds, cancel) : null,
                    AllKeys = keys,
                    MoreKeys =
                        unknown.Length == 0
                            ? []
                            : (
                                await connection.QueryAsync<KeyRow>(
                                    Command($"{keysSql} where k.key = any(@unknown)", new { unknown }, cancel)
                                )
                            ).AsList(),
                };
            },
            cancel
        );

    // Reads a few changes with one statement. Null when there are more, when names or keys must be read as well, and when the statement
    // exceeds the login's time limit.
    private async Task<ListDelta?> FewChangesSince(ListState state, CancellationToken cancel)
    {
        try
        {
            return await delivery.InSnapshot(
                async connection =>
                {
                    var asked = clock.GetTimestamp();
                    await using var results = await connection.QueryMultipleAsync(
                        Command(
                            $"{headSql}; {changesSql}; {articleSql.OfChanges}; {eventSql.OfChanges}; {ItemTexts.OfChangesSql}",
                            new { since = state.Sequence, most = MostFewChanges },
                            cancel
                        )
                    );
                    var head = await results.ReadSingleAsync<HeadRow>();
                    var changes = (await results.ReadAsync<ChangeRow>()).AsList();
                    var (articleRows, eventRows) = (
                        (await results.ReadAsync<ListRow>()).AsList(),
                        (await results.ReadAsync<ListRow>()).AsList()
                    );
                    var texts = (await results.ReadAsync<ItemText>()).AsList();
                    if (changes.Count == MostFewChanges || !head.Follows(state) || head.ReferenceSequence != state.ReferenceSequence)
                        return null;
                    var begun = asked - Ticks(head.Age);
                    var articles = Since(articleRows, changes, "article", begun);
                    var events = Since(eventRows, changes, "event", begun);
                    return Unknown(state, articles, events).Length == 0
                        ? Delta(head, articles, events) with
                        {
                            Changed = [.. changes.Select(change => change.ItemId)],
                            Texts = texts,
                        }
                        : null;
                },
                cancel
            );
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            return null;
        }
    }

    private static ListDelta Delta(HeadRow head, ItemListDelta articles, ItemListDelta events) =>
        new()
        {
            Sequence = head.Sequence,
            ReferenceSequence = head.ReferenceSequence,
            ChangedAt = head.At,
            Articles = articles,
            Events = events,
        };

    private static int[] Unknown(ListState state, ItemListDelta articles, ItemListDelta events) =>
        [.. articles.Present.Concat(events.Present).SelectMany(item => item.Keys).Distinct().Where(key => !state.Keys.Has(key))];

    private async Task<ItemList> Whole(NpgsqlConnection connection, RowsSql sql, long begun, CancellationToken cancel)
    {
        var items = new ItemIndex.Builder();
        var expiring = ImmutableDictionary.CreateBuilder<int, (long, IReadOnlyList<int>)>();
        for (int after = 0, count = Chunk; count == Chunk; )
        {
            // Unbuffered: objects that live as long as a chunk would be collected late.
            count = 0;
            await foreach (
                var row in connection
                    .QueryUnbufferedAsync<ListRow>(sql.Chunk, new { after, most = Chunk }, commandTimeout: TimeoutSeconds)
                    .WithCancellation(cancel)
            )
            {
                items.Add(row.ToItem(calendar, order));
                if (Expiring(row, begun) is { } moment)
                    expiring.Add(row.ItemId, moment);
                (after, count) = (row.ItemId, count + 1);
            }
        }
        return new ItemList(items.ToIndex(), expiring.ToImmutable());
    }

    private static async Task<IReadOnlyList<ListRow>> RowsOf(
        NpgsqlConnection connection,
        RowsSql sql,
        List<ChangeRow> changes,
        string resource,
        CancellationToken cancel
    )
    {
        var rows = new List<ListRow>();
        foreach (
            var numbers in changes.Where(change => change.Resource == resource).Select(change => change.ItemId).Distinct().Chunk(Chunk)
        )
            rows.AddRange(await connection.QueryAsync<ListRow>(Command(sql.OfNumbers, new { numbers }, cancel)));
        return rows;
    }

    private ItemListDelta Since(IReadOnlyList<ListRow> rows, List<ChangeRow> changes, string resource, long begun) =>
        new()
        {
            Present = [.. rows.Select(row => row.ToItem(calendar, order))],
            Left =
            [
                .. changes.Where(change => change.Resource == resource).Select(change => (change.ItemId, (IReadOnlyList<int>)change.Keys)),
            ],
            Expiring = rows.Where(row => row.ExpiresIn is not null)
                .ToImmutableDictionary(row => row.ItemId, row => Expiring(row, begun)!.Value),
        };

    // On the clock of this process, and never too late: the snapshot began at the computed moment or later.
    private (long Due, IReadOnlyList<int> Keys)? Expiring(ListRow row, long begun) =>
        row.ExpiresIn is { } seconds ? (begun + Ticks(seconds), row.Keys) : null;

    private long Ticks(double seconds) => (long)Math.Min(seconds * clock.TimestampFrequency, long.MaxValue / 2);

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancel) =>
        new(sql, parameters, commandTimeout: TimeoutSeconds, cancellationToken: cancel);

    // The statements that read the rows of a resource: a chunk in the order of the numbers, the rows of given numbers, or the rows of the
    // first changes.
    private sealed class RowsSql(string schema, string resource, string all)
    {
        public string Chunk { get; } = $"{all} where x.item_id > @after order by x.item_id limit @most";

        public string OfNumbers { get; } = $"{all} where x.item_id = any(@numbers)";

        public string OfChanges { get; } =
            $"{all} where x.item_id = any(array(select d.item_id from (select c.resource, c.item_id from {schema}.changes c where c.sequence > @since and {ItemTexts.IsReadSql} order by c.sequence limit @most) d where d.resource = '{resource}'))";
    }

    private sealed record HeadRow
    {
        public long Sequence { get; init; }
        public long ReferenceSequence { get; init; }
        public DateTime? At { get; init; }
        public DateTime? SinceAt { get; init; }
        public double Age { get; init; }

        public bool Follows(ListState state) => Sequence >= state.Sequence && SinceAt == state.ChangedAt;
    }

    private sealed record ChangeRow
    {
        public string Resource { get; init; } = "";
        public int ItemId { get; init; }
        public int[] Keys { get; init; } = [];
    }
}

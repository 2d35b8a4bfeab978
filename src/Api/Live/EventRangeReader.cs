using Api.Data;
using Api.Data.Delivery;
using Api.Http.Tags;
using Api.Invalidation;
using Dapper;

namespace Api.Live;

/// <summary>Reads the changes between two positions, and the keys that are stored with their events.</summary>
internal sealed class EventRangeReader(ContentDatabase content, DeliveryDatabase delivery)
{
    /// <summary>The change rows that are read for one event; beyond, the event leaves changes out.</summary>
    private const int MostRows = 1_000;

    private const int MostEvents = 1_000;

    private const int MostPaths = 10;

    // Keys come from the primary, where they are written: a standby can have a change before it has its event.
    private const string KeysSql = """
        select c.at as since_at,
               (select f.since from content.change_events f where f.sequence > @since and f.released_at is not null order by f.sequence limit 1) as first_since
        from  (select) one left join content.changes c on c.sequence = @since;
        select distinct k.key
        from  (select e.keys from content.change_events e where e.sequence > @since and e.sequence <= @upTo order by e.sequence limit @most) e
        cross join lateral unnest(e.keys) k (key)
        limit  @most;
        select count(*) from (select from content.change_events e where e.sequence > @since and e.sequence <= @upTo limit @most) e
        """;

    // Only what the delivery login may see, as it is now.
    private const string ItemsSql = """
        select h.sequence from delivery.head h;

        select c.sequence, c.resource, c.item_id, c.keys
        from   delivery.changes c
        where  c.sequence > @since and c.sequence <= @upTo
        order  by c.sequence
        limit  @most;

        select s.item_id, s.id, s.slug, s.live, s.reason, s.successor_slug, s.successor_id, s.previous_slugs,
               array(select p.slug from delivery.previous_slugs p where p.item_id = s.item_id order by p.at desc, p.slug limit @paths) as latest_slugs,
               coalesce((select l.keys from delivery.listing l where l.item_id = s.item_id), (select e.keys from delivery.event_listing e where e.item_id = s.item_id), '{}') as keys
        from  (select distinct c.item_id
               from  (select w.item_id from delivery.changes w where w.sequence > @since and w.sequence <= @upTo order by w.sequence limit @most) c
               where  c.item_id > 0) c
        cross join lateral (select t.* from delivery.item_states t where t.item_id = c.item_id offset 0) s
        """;

    /// <summary>
    /// The changes after <paramref name="since"/> up to an event; null when the position is of another history, or older than the stored
    /// events.
    /// </summary>
    /// <remarks>
    /// Escapes: the exceptions of <see cref="DeliveryDatabase"/>, and of Npgsql for the primary; <see cref="TimeoutException"/> when the
    /// queried server is behind.
    /// </remarks>
    public async Task<EventRange?> Read(ChangeToken since, EventPlace upTo, CancellationToken cancel)
    {
        if (await Keys(since, upTo, cancel) is not { } keys)
            return null;
        var parameters = new
        {
            since = since.Sequence,
            upTo = upTo.Sequence,
            most = MostRows + 1,
            paths = MostPaths,
        };
        var (head, rows, states) = await delivery.QueryMultiple(
            ItemsSql,
            parameters,
            async results =>
                (
                    await results.ReadSingleAsync<long>(),
                    (await results.ReadAsync<ChangeRow>()).AsList(),
                    (await results.ReadAsync<StateRow>()).ToDictionary(row => row.ItemId)
                ),
            cancel
        );
        if (head < upTo.Sequence)
            throw new TimeoutException("The server does not have the changes yet.");
        var items = rows.Where(row => row.Resource is not (null or "words"))
            .GroupBy(row => row.ItemId)
            .OrderBy(group => group.Last().Sequence)
            .Select(group => ToItem(group.Last().Resource!, [.. group.SelectMany(row => row.Keys)], states.GetValueOrDefault(group.Key)))
            .ToList();
        return new EventRange(since, upTo, keys, items, rows.Count > MostRows);
    }

    private static EventRange.Item ToItem(string resource, HashSet<int> keys, StateRow? state) =>
        new()
        {
            Resource = resource,
            Id = state?.Id,
            Slug = state?.Slug,
            IsLive = state?.Live ?? true,
            Reason = state?.Reason,
            SuccessorSlug = state?.SuccessorSlug,
            SuccessorId = state?.SuccessorId,
            PreviousSlugs = state?.PreviousSlugs ?? [],
            LatestSlugs = state?.LatestSlugs ?? [],
            Keys = keys,
            KeysNow = state?.Keys ?? [],
        };

    private async Task<IReadOnlyList<string>?> Keys(ChangeToken since, EventPlace upTo, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await using var results = await connection.QueryMultipleAsync(
            new CommandDefinition(
                KeysSql,
                new
                {
                    since = since.Sequence,
                    upTo = upTo.Sequence,
                    most = MostEvents + 1,
                },
                commandTimeout: 5,
                cancellationToken: cancel
            )
        );
        var position = await results.ReadSingleAsync<PositionRow>();
        var keys = (await results.ReadAsync<string>()).AsList();
        var events = await results.ReadSingleAsync<long>();
        if (since.Sequence > 0 && (position.SinceAt is not { } at || ChangeToken.Of(since.Sequence, at) != since))
            return null;
        if (since.Sequence > upTo.Sequence)
            return [];
        if (position.FirstSince is not { } first || first > since.Sequence)
            return null;
        return events > MostEvents || keys.Contains(CacheKey.All) ? [CacheKey.All] : StaleKeys.Bounded(keys);
    }

    private sealed record PositionRow
    {
        public DateTime? SinceAt { get; init; }
        public long? FirstSince { get; init; }
    }

    private sealed record ChangeRow
    {
        public long Sequence { get; init; }
        public string? Resource { get; init; }
        public int ItemId { get; init; }
        public int[] Keys { get; init; } = [];
    }

    private sealed record StateRow
    {
        public int ItemId { get; init; }
        public Guid Id { get; init; }
        public string Slug { get; init; } = "";
        public bool Live { get; init; }
        public string? Reason { get; init; }
        public string? SuccessorSlug { get; init; }
        public Guid? SuccessorId { get; init; }
        public string[] PreviousSlugs { get; init; } = [];
        public string[] LatestSlugs { get; init; } = [];
        public int[] Keys { get; init; } = [];
    }
}

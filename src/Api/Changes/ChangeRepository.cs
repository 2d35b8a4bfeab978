using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Live;
using Api.Reading;
using Api.Reading.Shapes;
using Dapper;
using Npgsql;

namespace Api.Changes;

/// <summary>Reads the visible changes for partners that follow them.</summary>
internal sealed class ChangeRepository(DeliveryDatabase delivery, ItemReader items)
{
    /// <summary>
    /// The rows of the change log that one page examines. A page may have fewer changes than its limit although more follow: when few rows
    /// match the filter, or most have a newer row.
    /// </summary>
    private const int Walk = 2_000;

    // The first and the last row tell whether the token belongs to this history, and form the next token.
    private const string FindSql = """
        select h.sequence as head, (select c.at from delivery.changes c where c.sequence = h.sequence) as head_at,
               (select c.at from delivery.changes c where c.sequence = @since) as since_at
        from   delivery.head h;

        -- A sub-select for each row as it is met, and no join, which would be made for all rows of the walk before the first is given.
        with found as materialized (
            select w.sequence, w.resource, w.item_id, w.at
            from  (select c.sequence, c.resource, c.item_id, c.keys, c.at
                   from   delivery.changes c
                   where  c.sequence > @since
                   order  by c.sequence
                   limit  @walk) w
            where  w.resource <> 'words'
            and    (@resources::text[] is null or w.resource = any(@resources))
            and    (@topics::integer[] is null or w.keys && @topics)
            and    (@experts::integer[] is null or w.keys && @experts)
            and    (select n.sequence
                    from   delivery.changes n
                    where  n.item_id = w.item_id and n.sequence > w.sequence
                    and    (@topics::integer[] is null or n.keys && @topics)
                    and    (@experts::integer[] is null or n.keys && @experts)
                    limit  1) is null
            order  by w.sequence
            limit  @take)
        select f.sequence, f.resource, f.item_id, f.at, s.id, s.slug, coalesce(s.live, true) as is_live, s.reason, s.successor_slug, s.successor_id, s.previous_slugs, s.withdrawn_at,
               (@topics::integer[] is null or coalesce(k.keys && @topics, false)) and (@experts::integer[] is null or coalesce(k.keys && @experts, false)) as is_in_scope
        from   found f
        left join lateral (select t.* from delivery.item_states t where t.item_id = f.item_id offset 0) s on true
        left join lateral (select l.keys from delivery.listing l where f.resource = 'article' and l.item_id = f.item_id
                           union all
                           select e.keys from delivery.event_listing e where f.resource = 'event' and e.item_id = f.item_id) k on true
        order  by f.sequence;

        select c.sequence, c.at from delivery.changes c where c.sequence > @since order by c.sequence offset @walk - 1 limit 1
        """;

    /// <summary>
    /// The changes after a token; null when the token belongs to another history, or the database server does not have its change yet.
    /// </summary>
    public async Task<FoundChanges?> Find(ChangeFilter filter, Links links, CancellationToken cancel)
    {
        if (await delivery.InSnapshot(connection => Read(connection, filter, links, cancel), cancel) is not { } read)
            return null;
        // After the connection is released, because reading names may need one as well.
        var whole = new Dictionary<int, object>();
        foreach (var rows in read.Items)
        {
            foreach (var item in await items.Show(rows, cancel))
                whole[item.ItemId] = item.Item;
        }
        return new FoundChanges([.. read.Rows.Select(row => row.ToChange(whole))], read.Next, read.Next.Sequence < read.Head, read.Head);
    }

    private async Task<ReadChanges?> Read(NpgsqlConnection connection, ChangeFilter filter, Links links, CancellationToken cancel)
    {
        var since = filter.From.Sequence;
        var parameters = new
        {
            since,
            walk = Walk,
            take = filter.Limit + 1,
            resources = filter.Scope.Resources,
            topics = filter.Scope.Topics,
            experts = filter.Scope.Experts,
        };
        await using var results = await connection.QueryMultipleAsync(
            new CommandDefinition(FindSql, parameters, cancellationToken: cancel)
        );
        var ends = await results.ReadSingleAsync<EndsRow>();
        var rows = (await results.ReadAsync<ChangeRow>()).AsList();
        var reached = await results.ReadSingleOrDefaultAsync<PlaceRow?>();
        if (since > 0 && (ends.SinceAt is not { } sinceAt || ChangeToken.Of(since, sinceAt) != filter.From))
            return null;

        var next =
            rows.Count > filter.Limit ? ChangeToken.Of(rows[filter.Limit - 1].Sequence, rows[filter.Limit - 1].At)
            : reached is not null ? ChangeToken.Of(reached.Sequence, reached.At)
            : ChangeToken.Of(ends.Head, ends.HeadAt ?? DateTime.UnixEpoch);
        var kept = rows.Take(filter.Limit).ToList();
        var whole = new List<ItemRows>();
        foreach (var resource in kept.Where(row => filter.WithItems && row is { IsUpsert: true, ItemId: > 0 }).GroupBy(row => row.Resource))
            whole.Add(await items.Find(connection, resource.Key, [.. resource.Select(row => row.ItemId)], links, cancel));
        return new ReadChanges(kept, whole, next, ends.Head);
    }

    private sealed record ReadChanges(IReadOnlyList<ChangeRow> Rows, IReadOnlyList<ItemRows> Items, ChangeToken Next, long Head);

    private sealed record EndsRow
    {
        public long Head { get; init; }
        public DateTime? HeadAt { get; init; }
        public DateTime? SinceAt { get; init; }
    }

    private sealed record PlaceRow
    {
        public long Sequence { get; init; }
        public DateTime At { get; init; }
    }

    private sealed record ChangeRow
    {
        public long Sequence { get; init; }
        public string Resource { get; init; } = "";
        public int ItemId { get; init; }
        public DateTime At { get; init; }
        public Guid? Id { get; init; }
        public string? Slug { get; init; }
        public bool IsLive { get; init; }
        public string? Reason { get; init; }
        public string? SuccessorSlug { get; init; }
        public Guid? SuccessorId { get; init; }
        public string[]? PreviousSlugs { get; init; }
        public DateTime? WithdrawnAt { get; init; }
        public bool IsInScope { get; init; }

        public bool IsUpsert => IsLive && IsInScope;

        public ContentChange ToChange(Dictionary<int, object> whole) =>
            new()
            {
                Sequence = Sequence,
                Resource = Resource,
                Id = Id is { } id ? Urn.Of(id) : null,
                Slug = Slug,
                Change = IsUpsert ? "upsert" : "delete",
                Reason =
                    IsUpsert ? null
                    : IsLive ? "leftScope"
                    : Reason,
                Successor = SuccessorSlug,
                SuccessorId = SuccessorId is { } successor ? Urn.Of(successor) : null,
                PreviousSlugs = PreviousSlugs ?? [],
                At = !IsLive && WithdrawnAt is { } withdrawn ? withdrawn : At,
                Item = whole.GetValueOrDefault(ItemId),
            };
    }
}

/// <summary>A page of changes and the token of the next page.</summary>
/// <param name="Changes">In the order in which they were made.</param>
/// <param name="Next">The token for the next request.</param>
/// <param name="More">Whether more changes are available now.</param>
/// <param name="Sequence">The sequence of the content that the items were read from.</param>
internal sealed record FoundChanges(IReadOnlyList<ContentChange> Changes, ChangeToken Next, bool More, long Sequence);

using System.Globalization;
using System.Runtime.CompilerServices;
using Api.Collation;
using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Json;
using Api.Http.Site;
using Api.Live;
using Api.Reading;
using Api.Reading.Shapes;
using Dapper;
using Npgsql;

namespace Api.Changes.Snapshots;

/// <summary>Makes snapshots: everything visible in one state of the database, written as changes, and the tombstones.</summary>
/// <remarks>Reads in short steps and never waits for a reader of the snapshot.</remarks>
internal sealed class SnapshotMaker(DeliveryDatabase delivery, ItemReader items, SiteSettings site, TitleOrder order)
{
    private const int Step = 250;

    // Seconds. A step takes milliseconds, but with a cold disk it can exceed the time limit of requests.
    private const int TimeoutSeconds = 30;

    // The server ends a statement before the client gives up the connection.
    private static readonly string TimeoutSql = string.Create(
        CultureInfo.InvariantCulture,
        $"set local statement_timeout = '{TimeoutSeconds - 1}s'"
    );

    private const string HeadSql = """
        select h.sequence, h.changed_at, (select c.at from delivery.changes c where c.sequence = h.sequence) as at from delivery.head h
        """;

    private const string PreviousSlugsSql = """
        select p.item_id, p.slug from delivery.previous_slugs p where p.item_id = any(@ids) order by p.item_id, p.slug collate "C"
        """;

    private const string RedirectsSql = """
        select r.path, r.resource, r.slug, r.url, r.status
        from   delivery.redirects r
        where  r.status = 301 and r.path > @after
        order  by r.path
        limit  @most
        """;

    private const string TombstonesSql = """
        select t.item_id, t.resource, t.id, t.slug, t.reason, t.successor_slug, t.successor_id, t.previous_slugs, t.withdrawn_at
        from   delivery.tombstones t
        where  t.item_id > @after
        order  by t.item_id
        limit  @most
        """;

    /// <summary>Writes a snapshot. <paramref name="begin"/> receives its sequence before the first line is written.</summary>
    /// <exception cref="NpgsqlException">The database is unavailable or reports an error.</exception>
    public Task Make(Spool spool, Links links, Action<long> begin, CancellationToken cancel)
    {
        var isBegun = false;
        return delivery.InSnapshot(
            async connection =>
            {
                // The call is a retry after the connection broke: the written part cannot be continued.
                if (isBegun)
                    throw new NpgsqlException("The connection broke while a snapshot was made.");
                isBegun = true;
                await connection.ExecuteAsync(new CommandDefinition(TimeoutSql, cancellationToken: cancel));
                var head = await connection.QuerySingleAsync<HeadRow>(new CommandDefinition(HeadSql, cancellationToken: cancel));
                begin(head.Sequence);
                using var writer = new SnapshotWriter(spool);
                await writer.Begin(
                    new SnapshotManifest
                    {
                        Sequence = head.Sequence,
                        At = head.ChangedAt,
                        Base = links.Base,
                        Site = new SnapshotSite(site.Name, site.Url, site.TimeZone),
                    },
                    cancel
                );
                // The next step is read while the previous one is written.
                Task writing = Task.CompletedTask;
                await foreach (var step in Steps(connection, head, links, cancel))
                {
                    await writing;
                    writing = Task.Run(
                        async () =>
                            await writer.Write(step.Counted, step.Lines.Select(line => (ReadOnlyMemory<byte>)ApiJson.Write(line)), cancel),
                        cancel
                    );
                }
                await writing;
                await writer.End(ChangeToken.Of(head.Sequence, head.At ?? DateTime.UnixEpoch), cancel);
                return true;
            },
            cancel
        );
    }

    private async IAsyncEnumerable<LinesStep> Steps(
        NpgsqlConnection connection,
        HeadRow head,
        Links links,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        // The names in memory may be of another sequence: an article would show a topic that is not in this snapshot.
        using var names = new References(new OneConnection(connection, TimeoutSeconds), site, order);
        foreach (var resource in ItemReader.Resources)
        {
            for (
                var after = 0;
                await ItemReader.Show(await items.Next(connection, resource, after, Step, TimeoutSeconds, links, cancel), names, cancel)
                    is [.., var last] page;
                after = last.ItemId
            )
            {
                var ids = page.Select(item => item.ItemId).ToArray();
                var previous = (
                    await connection.QueryAsync<(int ItemId, string Slug)>(
                        new CommandDefinition(PreviousSlugsSql, new { ids }, commandTimeout: TimeoutSeconds, cancellationToken: cancel)
                    )
                ).ToLookup(row => row.ItemId, row => row.Slug);
                yield return new LinesStep(
                    resource,
                    [.. page.Select(item => Line(head, resource, Urn.Of(item.Id), item.Slug, [.. previous[item.ItemId]], item.Item))]
                );
            }
        }
        await foreach (var rows in Pages<RedirectRow, string>(connection, RedirectsSql, "", row => row.Path, cancel))
            yield return new LinesStep("redirect", [.. rows.Select(row => Line(head, "redirect", null, null, [], row.ToRedirect(links)))]);
        await foreach (var rows in Pages<TombstoneRow, int>(connection, TombstonesSql, 0, row => row.ItemId, cancel))
            yield return new LinesStep(null, [.. rows.Select(row => row.ToChange(head.Sequence))]);
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> Pages<T, TKey>(
        NpgsqlConnection connection,
        string sql,
        TKey first,
        Func<T, TKey> key,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        for (var after = first; ; )
        {
            var rows = (
                await connection.QueryAsync<T>(
                    new CommandDefinition(sql, new { after, most = Step }, commandTimeout: TimeoutSeconds, cancellationToken: cancel)
                )
            ).AsList();
            if (rows.Count == 0)
                yield break;
            yield return rows;
            after = key(rows[^1]);
        }
    }

    private static ContentChange Line(
        HeadRow head,
        string resource,
        string? id,
        string? slug,
        IReadOnlyList<string> previous,
        object item
    ) =>
        new()
        {
            Sequence = head.Sequence,
            Resource = resource,
            Id = id,
            Slug = slug,
            Change = "upsert",
            Reason = null,
            Successor = null,
            SuccessorId = null,
            PreviousSlugs = previous,
            At = head.ChangedAt,
            Item = item,
        };

    // Counted: the resource the lines are counted under; null for tombstones.
    private sealed record LinesStep(string? Counted, IReadOnlyList<ContentChange> Lines);

    private sealed record HeadRow
    {
        public long Sequence { get; init; }
        public DateTime ChangedAt { get; init; }
        public DateTime? At { get; init; }
    }

    private sealed record TombstoneRow
    {
        public int ItemId { get; init; }
        public string Resource { get; init; } = "";
        public Guid Id { get; init; }
        public string Slug { get; init; } = "";
        public string Reason { get; init; } = "";
        public string? SuccessorSlug { get; init; }
        public Guid? SuccessorId { get; init; }
        public string[] PreviousSlugs { get; init; } = [];
        public DateTime WithdrawnAt { get; init; }

        public ContentChange ToChange(long sequence) =>
            new()
            {
                Sequence = sequence,
                Resource = Resource,
                Id = Urn.Of(Id),
                Slug = Slug,
                Change = "delete",
                Reason = Reason,
                Successor = SuccessorSlug,
                SuccessorId = SuccessorId is { } successor ? Urn.Of(successor) : null,
                PreviousSlugs = PreviousSlugs,
                At = WithdrawnAt,
                Item = null,
            };
    }
}

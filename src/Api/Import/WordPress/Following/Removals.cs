using System.Globalization;
using Api.Data;
using Api.Import.Lines;
using Api.Import.Lines.Values;
using Api.Import.Mirror;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Values;
using Dapper;
using Npgsql;

namespace Api.Import.WordPress.Following;

/// <summary>Finds items that came from a site and are no longer there.</summary>
internal static class Removals
{
    // Up to this number, removals are always accepted, whatever their share.
    private const int AlwaysAccepted = 20;

    // Does not include items that another line describes now, such as that of a new post with the slug of a deleted one.
    private const string AbsentSql = """
        with made (key) as materialized (select unnest(@made))
        select l.key, l.resource, l.id, i.id as item, l.absent_at
        from   content.followed_lines l
        left join lateral (
            select i.id from content.items i
            where  i.resource = l.resource and (i.id = l.id or i.slug = l.slug) and i.publication_status <> 'deleted'
            order  by i.id = l.id desc limit 1) i on true
        where  l.resource not in ('redirect', 'articleType')
        and    not exists (select from made m where m.key = l.key)
        and    not exists (select from content.followed_lines o join made m on m.key = o.key
                           where  o.resource = l.resource and (o.id = i.id or o.slug = l.slug) and i.id is distinct from l.id)
        order  by l.key
        """;

    private const string TotalSql = "select count(*) from content.followed_lines where resource not in ('redirect', 'articleType')";

    // Redirects and article types stay, but their lines are forgotten: if the same lines come again, they are imported again.
    private const string DropSql = """
        delete from content.followed_lines where key = any(@gone);
        delete from content.followed_lines l
        where  l.resource in ('redirect', 'articleType') and not exists (select from unnest(@made) m (key) where m.key = l.key);
        delete from content.followed_parts where missing >= 2;
        update content.followed_lines l set absent_at = null
        where  l.absent_at is not null and exists (select from unnest(@made) m (key) where m.key = l.key);
        update content.followed_lines l set absent_at = (select looks from content.followed_site)
        where  l.absent_at is null and l.resource not in ('redirect', 'articleType') and not exists (select from unnest(@made) m (key) where m.key = l.key);
        """;

    /// <summary>
    /// Finds the items to remove: those that two complete scans have not found, and those for which no line was made after two scans.
    /// </summary>
    /// <param name="connection">A connection without an open transaction.</param>
    /// <param name="made">Keys of the lines that can still be made.</param>
    /// <param name="gone">Ids of the items whose parts are gone.</param>
    /// <param name="looks">Complete scans so far.</param>
    /// <param name="acceptMany">Whether any number of items may be removed.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <exception cref="SetupException">Implausibly many items would be removed.</exception>
    public static async Task<IReadOnlyList<Removal>> Find(
        NpgsqlConnection connection,
        IReadOnlySet<long> made,
        IReadOnlySet<Guid> gone,
        long looks,
        bool acceptMany,
        CancellationToken cancel
    )
    {
        var absent = await connection.QueryAsync<(long Key, string Resource, Guid? Id, Guid? Item, long? AbsentAt)>(
            new CommandDefinition(AbsentSql, new { made = made.ToArray() }, commandTimeout: 0, cancellationToken: cancel)
        );
        var removals = absent
            .Where(row => (row.Id is { } id && gone.Contains(id)) || row.AbsentAt < looks)
            .Select(row => new Removal(row.Key, row.Resource, row.Item))
            .ToList();
        var items = removals.Count(removal => removal.Item is not null);
        var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition(TotalSql, cancellationToken: cancel));
        if (!acceptMany && items > AlwaysAccepted && items * 10L > total)
            throw new SetupException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{items} of {total} items are not on the site any more, such as {string.Join(", ", removals.GroupBy(r => r.Resource).Select(g => $"{g.Count()} × {g.Key}"))}. Nothing was removed. If that is meant, run once with --accept-removals."
                )
            );
        return removals;
    }

    /// <summary>Records removed and missing items, in the transaction of the import.</summary>
    public static Task Note(
        NpgsqlConnection connection,
        IReadOnlySet<long> made,
        IReadOnlyList<Removal> removals,
        CancellationToken cancel
    ) =>
        connection.ExecuteAsync(
            new CommandDefinition(
                DropSql,
                new { gone = removals.Select(r => r.Key).ToArray(), made = made.ToArray() },
                commandTimeout: 0,
                cancellationToken: cancel
            )
        );

    /// <summary>The ids of the items made from these parts.</summary>
    public static IReadOnlySet<Guid> IdsOf(IEnumerable<LivePage> parts, WordPressIds ids)
    {
        var gone = new HashSet<Guid>();
        foreach (var page in parts)
        {
            gone.UnionWith(page.Items.Select(item => ids.Post(item.Field("post_id"))));
            gone.UnionWith(page.Authors.Select(author => ids.Author(author.Login)));
            foreach (var term in page.Terms)
                gone.UnionWith([ids.Term(term.Taxonomy, Slugs.FromSlug(term.Slug)), ids.Menu(Slugs.FromSlug(term.Slug))]);
        }
        return gone;
    }
}

/// <summary>An item to remove.</summary>
/// <param name="Key">Key of its line.</param>
/// <param name="Resource">Resource of its line.</param>
/// <param name="Item">The id of the item; null when the item does not exist any more.</param>
internal sealed record Removal(long Key, string Resource, Guid? Item)
{
    /// <summary>The line that deletes the item and frees its slug.</summary>
    public ImportLine Line(long number) => new(number, MirrorLine.Dropped(Resource, Item!.Value));
}

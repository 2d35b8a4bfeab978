using System.Globalization;
using Api.Data;
using Api.Import.Mirror;
using Api.Import.WordPress.Live;
using Dapper;
using Npgsql;

namespace Api.Import.WordPress.Following;

/// <summary>What is here of a site and is not there any more.</summary>
internal static class Removals
{
    // As many may go without asking, however few there are.
    private const int Few = 20;

    // What another line holds now, such as the slug of a deleted post that a new one took, is not meant.
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

    // Addresses stay, but may lead elsewhere when they come again, in the same words.
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

    /// <summary>Finds what is to be removed: what two complete looks have not found, and of which no line was made after two.</summary>
    /// <param name="connection">Outside any transaction.</param>
    /// <param name="made">Keys of the lines that can be made.</param>
    /// <param name="gone">Ids that what is gone had.</param>
    /// <param name="looks">Complete looks so far.</param>
    /// <param name="acceptMany">Whether any number may go.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <exception cref="SetupException">It is too much to be believed.</exception>
    public static async Task<IReadOnlyList<Removal>> Find(
        NpgsqlConnection connection, IReadOnlySet<long> made, IReadOnlySet<Guid> gone, long looks, bool acceptMany, CancellationToken cancel)
    {
        var absent = await connection.QueryAsync<(long Key, string Resource, Guid? Id, Guid? Item, long? AbsentAt)>(
            new CommandDefinition(AbsentSql, new { made = made.ToArray() }, commandTimeout: 0, cancellationToken: cancel));
        var removals = absent.Where(row => (row.Id is { } id && gone.Contains(id)) || row.AbsentAt < looks).Select(row => new Removal(row.Key, row.Resource, row.Item)).ToList();
        var items = removals.Count(removal => removal.Item is not null);
        var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition(TotalSql, cancellationToken: cancel));
        if (!acceptMany && items > Few && items * 10L > total)
            throw new SetupException(string.Create(CultureInfo.InvariantCulture,
                $"{items} of {total} items are not on the site any more, such as {string.Join(", ", removals.GroupBy(r => r.Resource).Select(g => $"{g.Count()} × {g.Key}"))}. Nothing was removed. If that is meant, run once with --accept-removals."));
        return removals;
    }

    /// <summary>Notes what was removed, and what seems to have gone, in the transaction of the import.</summary>
    public static Task Note(NpgsqlConnection connection, IReadOnlySet<long> made, IReadOnlyList<Removal> removals, CancellationToken cancel) =>
        connection.ExecuteAsync(new CommandDefinition(DropSql, new { gone = removals.Select(r => r.Key).ToArray(), made = made.ToArray() }, commandTimeout: 0, cancellationToken: cancel));

    /// <summary>The ids that the items made of these parts have.</summary>
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

/// <summary>Something that is to be removed.</summary>
/// <param name="Key">Of its line.</param>
/// <param name="Resource">Of its line.</param>
/// <param name="Item">The id of the item; null when there is none any more.</param>
internal sealed record Removal(long Key, string Resource, Guid? Item)
{
    /// <summary>The line that removes it; its slug is free for others then.</summary>
    public ImportLine Line(long number) => new(number, MirrorLine.Dropped(Resource, Item!.Value));
}

using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Reading.Shapes;
using Dapper;
using Npgsql;

namespace Api.Reading;

/// <summary>Reads the menus of the site, each as a tree.</summary>
internal sealed class MenuReader(IQueries delivery)
{
    /// <summary>
    /// The statement for all menus, whose results <see cref="Read"/> reads. Can share a round trip with other statements.
    /// </summary>
    public const string AllSql = """
        select m.item_id, m.id, m.slug, m.label
        from   delivery.menus m
        order  by m.slug collate "C";
        select e.menu_id, e.position, e.parent, e.label, e.target_resource, e.target_id, e.target_slug, e.url
        from   delivery.menu_items e
        order  by e.menu_id, e.position
        """;

    private const string FindSql = """
        select m.item_id, m.id, m.slug, m.label
        from   delivery.menus m
        where  m.slug = @slug;
        select e.menu_id, e.position, e.parent, e.label, e.target_resource, e.target_id, e.target_slug, e.url
        from   delivery.menu_items e
        join   delivery.menus m on m.item_id = e.menu_id
        where  m.slug = @slug
        order  by e.position
        """;

    private const string SomeSql = """
        select m.item_id, m.id, m.slug, m.label
        from   delivery.menus m
        where  m.item_id = any(@ids)
        order  by m.item_id;
        select e.menu_id, e.position, e.parent, e.label, e.target_resource, e.target_id, e.target_slug, e.url
        from   delivery.menu_items e
        where  e.menu_id = any(@ids)
        order  by e.menu_id, e.position
        """;

    /// <summary>All menus, ordered by slug; one round trip.</summary>
    public Task<IReadOnlyList<Menu>> List(Links links, CancellationToken cancel) =>
        delivery.QueryMultiple(AllSql, null, results => Read(results, links), cancel);

    /// <summary>One menu; null when no menu is visible under the slug. One round trip.</summary>
    public async Task<Menu?> Find(string slug, Links links, CancellationToken cancel) =>
        await delivery.QueryMultiple(FindSql, new { slug }, results => Read(results, links), cancel) is [var menu] ? menu : null;

    /// <summary>Some menus, ordered by number.</summary>
    public static async Task<IReadOnlyList<WholeItem>> Find(NpgsqlConnection connection, int[] ids, Links links, CancellationToken cancel)
    {
        await using var results = await connection.QueryMultipleAsync(
            new CommandDefinition(SomeSql, new { ids }, cancellationToken: cancel)
        );
        return await ReadWhole(results, links);
    }

    /// <summary>Reads the next two results: the menus and their entries.</summary>
    public static async Task<IReadOnlyList<Menu>> Read(SqlMapper.GridReader results, Links links) =>
        [.. (await ReadWhole(results, links)).Select(menu => (Menu)menu.Item)];

    private static async Task<IReadOnlyList<WholeItem>> ReadWhole(SqlMapper.GridReader results, Links links)
    {
        var menus = await results.ReadAsync<MenuRow>();
        var entries = (await results.ReadAsync<EntryRow>()).ToLookup(entry => (entry.MenuId, entry.Parent));
        return
        [
            .. menus.Select(menu => new WholeItem(
                menu.ItemId,
                menu.Id,
                menu.Slug,
                new Menu
                {
                    Id = Urn.Of(menu.Id),
                    Slug = menu.Slug,
                    Label = menu.Label,
                    Items = Below(menu.ItemId, null),
                    Links = new SelfLink(links.Self("menu", menu.Slug)),
                }
            )),
        ];

        IReadOnlyList<MenuEntry> Below(int menu, int? parent) =>
            [.. entries[(menu, parent)].Select(entry => entry.ToEntry(links, Below(menu, entry.Position)))];
    }

    private sealed record MenuRow
    {
        public int ItemId { get; init; }
        public Guid Id { get; init; }
        public string Slug { get; init; } = "";
        public string Label { get; init; } = "";
    }

    private sealed record EntryRow
    {
        public int MenuId { get; init; }
        public int Position { get; init; }
        public int? Parent { get; init; }
        public string Label { get; init; } = "";
        public string? TargetResource { get; init; }
        public Guid? TargetId { get; init; }
        public string? TargetSlug { get; init; }
        public string? Url { get; init; }

        public MenuEntry ToEntry(Links links, IReadOnlyList<MenuEntry> items) =>
            TargetResource is { } resource && TargetId is { } id && TargetSlug is { } slug
                ? new MenuEntry(
                    Label,
                    new MenuTarget(resource, Urn.Of(id), slug),
                    links.PageUrl(resource, slug),
                    links.PagePath(resource, slug),
                    items
                )
                : new MenuEntry(Label, null, Url, links.PathOf(Url), items);
    }
}

using Api.Import.Lines;
using Api.Import.Staging;
using Npgsql;
using static Api.Import.Staging.StageColumns;

namespace Api.Import.Merging;

/// <summary>
/// The staging tables of one import: the content of the lines, before it is compared with the stored content. The table of a kind of item
/// is created with its first line.
/// </summary>
internal sealed class Stage
{
    private static readonly StageTable<ItemRow> Items = new(
        "stage_items",
        Long<ItemRow>("line", r => r.Line),
        Text<ItemRow>("resource", r => r.Resource),
        Id<ItemRow>("given_id", r => r.GivenId),
        Id<ItemRow>("own_id", r => r.OwnId),
        Text<ItemRow>("slug", r => r.Slug),
        Text<ItemRow>("publication_status", r => r.Status),
        Instant<ItemRow>("published_at", r => r.PublishedAt),
        Instant<ItemRow>("embargo_until", r => r.EmbargoUntil),
        Instant<ItemRow>("expires_at", r => r.ExpiresAt),
        Instant<ItemRow>("updated_at", r => r.UpdatedAt),
        Number<ItemRow>("version", r => r.Version),
        Instant<ItemRow>("withdrawn_at", r => r.WithdrawnAt),
        Text<ItemRow>("withdrawn_slug", r => r.WithdrawnSlug),
        Text<ItemRow>("withdrawn_for", r => r.WithdrawnReason),
        Texts<ItemRow>("previous_slugs", r => r.PreviousSlugs),
        Texts<ItemRow>("keeps", r => r.Keeps)
    );

    private static readonly StageTable<ReferenceRow> References = new(
        "stage_references",
        Long<ReferenceRow>("line", r => r.Line),
        Text<ReferenceRow>("member", r => r.Member),
        Text<ReferenceRow>("resource", r => r.Resource),
        Number<ReferenceRow>("position", r => r.Position),
        Text<ReferenceRow>("slug", r => r.Slug),
        Id<ReferenceRow>("id", r => r.Id),
        Text<ReferenceRow>("role", r => r.Role)
    );

    private static readonly StageTable<ImageRow> Images = new(
        "stage_images",
        Id<ImageRow>("id", r => r.Id),
        Json<ImageRow>("image", r => r.Json)
    );

    private static readonly StageTable<MenuEntryRow> MenuEntries = new(
        "stage_menu_entries",
        Long<MenuEntryRow>("line", r => r.Line),
        Number<MenuEntryRow>("position", r => r.Position),
        Number<MenuEntryRow>("parent", r => r.Parent),
        Text<MenuEntryRow>("label", r => r.Label),
        Text<MenuEntryRow>("url", r => r.Url)
    );

    private static readonly StageTable<RedirectLine> Redirects = new(
        "stage_redirects",
        Long<RedirectLine>("line", r => r.Line),
        Text<RedirectLine>("path", r => r.Path),
        Text<RedirectLine>("url", r => r.Url)
    );

    private static readonly StageTable<RejectedRow> Rejected = new(
        "stage_rejected",
        Text<RejectedRow>("resource", r => r.Resource),
        Text<RejectedRow>("slug", r => r.Slug),
        Id<RejectedRow>("id", r => r.Id)
    );

    private static readonly Dictionary<Type, DetailTable> DetailTables = LineKind
        .All.Select(kind => kind.Table)
        .OfType<DetailTable>()
        .ToDictionary(table => table.Row);

    // item_id: the stored item that a line is about. changed: something differs from the stored item.
    private const string MoreSql = """
        alter table stage_items add column item_id integer, add column is_new boolean not null default false,
                                add column changed boolean not null default false, add column merged_into integer;
        create temporary table stage_problems (line bigint, problem text) on commit drop;
        create temporary table stage_merged (item_id integer primary key, target integer, depth integer) on commit drop;
        """;

    // Sorts and hashes of a hundred thousand rows stay in memory, whole tables are joined without sorting, and statements that run once are
    // not JIT-compiled.
    private const string SettingsSql = "set local work_mem = '128MB'; set local enable_mergejoin = off; set local jit = off;";

    private static readonly string CreateSql = string.Concat(
        SettingsSql,
        Items.CreateSql,
        References.CreateSql,
        Images.CreateSql,
        MenuEntries.CreateSql,
        Redirects.CreateSql,
        Rejected.CreateSql,
        MoreSql
    );

    private readonly NpgsqlConnection connection;
    private readonly HashSet<Type> kinds = [];

    private Stage(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>Creates the tables that every import needs, in the connection's transaction.</summary>
    public static async Task<Stage> Create(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(CreateSql, connection);
        await command.ExecuteNonQueryAsync(cancel);
        return new(connection);
    }

    /// <summary>The detail tables that have rows, in the order in which they can be written.</summary>
    public IEnumerable<DetailTable> Tables =>
        LineKind.All.Select(kind => kind.Table).OfType<DetailTable>().Where(table => kinds.Contains(table.Row));

    /// <summary>Whether any line has such a row. A detail table exists only then.</summary>
    public bool Has<T>() => kinds.Contains(typeof(T));

    /// <summary>Adds the rows of some lines; for rejected lines only the keys that others may refer to.</summary>
    public async Task Add(IReadOnlyList<ParsedLine> lines, CancellationToken cancel)
    {
        var taken = lines.Where(line => line.Problems.Count == 0).ToList();
        List<RejectedRow> rejected =
        [
            .. lines.Where(line => line.Problems.Count > 0).Select(line => new RejectedRow(line.Resource, line.Slug, line.Id)),
        ];
        await Add(Rejected, rejected, cancel);
        await Add(Items, [.. taken.Select(line => line.Item).OfType<ItemRow>()], cancel);
        await Add(References, [.. taken.SelectMany(line => line.References)], cancel);
        await Add(Images, [.. taken.SelectMany(line => line.Images)], cancel);
        await Add(MenuEntries, [.. taken.SelectMany(line => line.MenuEntries)], cancel);
        foreach (var details in taken.Select(line => line.Detail).OfType<object>().GroupBy(detail => detail.GetType()))
        {
            if (DetailTables.GetValueOrDefault(details.Key) is { } table)
                await Add(table, details, cancel);
            else
                await Add(Redirects, [.. details.Cast<RedirectLine>()], cancel);
        }
    }

    private async Task Add<T>(StageTable<T> table, List<T> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return;
        kinds.Add(typeof(T));
        await table.Copy(connection, rows, cancel);
    }

    private async Task Add(DetailTable table, IEnumerable<object> rows, CancellationToken cancel)
    {
        if (kinds.Add(table.Row))
            await table.Create(connection, cancel);
        await table.Copy(connection, rows, cancel);
    }
}

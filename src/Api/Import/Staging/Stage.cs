using Api.Import.Lines;
using Npgsql;
using static Api.Import.Staging.StageColumns;

namespace Api.Import.Staging;

/// <summary>The staging tables of one import: what the lines say, before it is held against what is stored. Those of a kind of item are there from its first line on.</summary>
internal sealed class Stage
{
    private static readonly StageTable<ItemRow> Items = new("stage_items",
        Long<ItemRow>("line", r => r.Line), Text<ItemRow>("resource", r => r.Resource), Id<ItemRow>("given_id", r => r.GivenId),
        Id<ItemRow>("own_id", r => r.OwnId), Text<ItemRow>("slug", r => r.Slug), Text<ItemRow>("publication_status", r => r.Status),
        Instant<ItemRow>("published_at", r => r.PublishedAt), Instant<ItemRow>("embargo_until", r => r.EmbargoUntil),
        Instant<ItemRow>("expires_at", r => r.ExpiresAt), Instant<ItemRow>("updated_at", r => r.UpdatedAt),
        Number<ItemRow>("version", r => r.Version), Instant<ItemRow>("withdrawn_at", r => r.WithdrawnAt),
        Text<ItemRow>("withdrawn_slug", r => r.WithdrawnSlug), Text<ItemRow>("withdrawn_for", r => r.WithdrawnReason),
        Texts<ItemRow>("previous_slugs", r => r.PreviousSlugs), Texts<ItemRow>("keeps", r => r.Keeps));

    private static readonly StageTable<ReferenceRow> References = new("stage_references",
        Long<ReferenceRow>("line", r => r.Line), Text<ReferenceRow>("member", r => r.Member), Text<ReferenceRow>("resource", r => r.Resource),
        Number<ReferenceRow>("position", r => r.Position), Text<ReferenceRow>("slug", r => r.Slug), Id<ReferenceRow>("id", r => r.Id),
        Text<ReferenceRow>("role", r => r.Role));

    private static readonly StageTable<ImageRow> Images = new("stage_images",
        Id<ImageRow>("id", r => r.Id), Json<ImageRow>("image", r => r.Json));

    private static readonly StageTable<ArticleTypeRow> ArticleTypes = new("stage_article_types",
        Long<ArticleTypeRow>("line", r => r.Line), Text<ArticleTypeRow>("label", r => r.Label),
        Text<ArticleTypeRow>("plural_label", r => r.PluralLabel));

    private static readonly StageTable<TopicRow> Topics = new("stage_topics",
        Long<TopicRow>("line", r => r.Line), Text<TopicRow>("name", r => r.Name), Text<TopicRow>("name_sort", r => r.NameSort),
        Text<TopicRow>("kind", r => r.Kind), Text<TopicRow>("description", r => r.Description), Flag<TopicRow>("featured", r => r.Featured));

    private static readonly StageTable<ExpertRow> Experts = new("stage_experts",
        Long<ExpertRow>("line", r => r.Line), Text<ExpertRow>("name", r => r.Name), Text<ExpertRow>("given_name", r => r.GivenName),
        Text<ExpertRow>("family_name", r => r.FamilyName), Text<ExpertRow>("name_sort", r => r.NameSort), Text<ExpertRow>("title", r => r.Title),
        Text<ExpertRow>("organization", r => r.Organization), Text<ExpertRow>("kind", r => r.Kind), Flag<ExpertRow>("current", r => r.Current),
        Id<ExpertRow>("photo", r => r.Photo), Text<ExpertRow>("bio_html", r => r.BioHtml), Text<ExpertRow>("email", r => r.Email),
        Flag<ExpertRow>("email_public", r => r.EmailPublic), Json<ExpertRow>("profiles", r => r.Profiles));

    private static readonly StageTable<ArticleRow> Articles = new("stage_articles",
        Long<ArticleRow>("line", r => r.Line), Text<ArticleRow>("title", r => r.Title), Text<ArticleRow>("title_sort", r => r.TitleSort),
        Text<ArticleRow>("subtitle", r => r.Subtitle), Text<ArticleRow>("summary", r => r.Summary), Text<ArticleRow>("body_html", r => r.BodyHtml),
        Text<ArticleRow>("body_text", r => r.BodyText), Text<ArticleRow>("language", r => r.Language),
        Text<ArticleRow>("source_slug", r => r.SourceSlug), Text<ArticleRow>("source_name", r => r.SourceName),
        Text<ArticleRow>("source_url", r => r.SourceUrl), Text<ArticleRow>("canonical_url", r => r.CanonicalUrl), Id<ArticleRow>("image", r => r.Image),
        Json<ArticleRow>("files", r => r.Files), Json<ArticleRow>("corrections", r => r.Corrections), Json<ArticleRow>("seo", r => r.Seo),
        Json<ArticleRow>("toc", r => r.Toc), Number<ArticleRow>("reading_minutes", r => r.ReadingMinutes),
        Number<ArticleRow>("word_count", r => r.WordCount), Text<ArticleRow>("license_id", r => r.LicenseId),
        Text<ArticleRow>("license_url", r => r.LicenseUrl), Text<ArticleRow>("doi", r => r.Doi), Flag<ArticleRow>("featured", r => r.Featured));

    private static readonly StageTable<EventRow> Events = new("stage_events",
        Long<EventRow>("line", r => r.Line), Text<EventRow>("title", r => r.Title), Text<EventRow>("summary", r => r.Summary),
        Text<EventRow>("body_html", r => r.BodyHtml), Text<EventRow>("body_text", r => r.BodyText), Text<EventRow>("status", r => r.Status),
        Instant<EventRow>("starts_at", r => r.Times.StartsAt), Instant<EventRow>("ends_at", r => r.Times.EndsAt),
        Day<EventRow>("starts_on", r => r.Times.StartsOn), Day<EventRow>("ends_on", r => r.Times.EndsOn), Text<EventRow>("time_zone", r => r.TimeZone),
        Text<EventRow>("mode", r => r.Mode), Text<EventRow>("location", r => r.Location),
        Text<EventRow>("registration_url", r => r.RegistrationUrl), Text<EventRow>("recording_url", r => r.RecordingUrl),
        Id<EventRow>("image", r => r.Image));

    private static readonly StageTable<PageRow> Pages = new("stage_pages",
        Long<PageRow>("line", r => r.Line), Text<PageRow>("title", r => r.Title), Text<PageRow>("summary", r => r.Summary),
        Text<PageRow>("body_html", r => r.BodyHtml), Text<PageRow>("body_text", r => r.BodyText), Text<PageRow>("language", r => r.Language),
        Id<PageRow>("image", r => r.Image), Json<PageRow>("seo", r => r.Seo), Json<PageRow>("toc", r => r.Toc));

    private static readonly StageTable<MenuRow> Menus = new("stage_menus",
        Long<MenuRow>("line", r => r.Line), Text<MenuRow>("label", r => r.Label));

    private static readonly StageTable<MenuEntryRow> MenuEntries = new("stage_menu_entries",
        Long<MenuEntryRow>("line", r => r.Line), Number<MenuEntryRow>("position", r => r.Position), Number<MenuEntryRow>("parent", r => r.Parent),
        Text<MenuEntryRow>("label", r => r.Label), Text<MenuEntryRow>("url", r => r.Url));

    private static readonly StageTable<RedirectRow> Redirects = new("stage_redirects",
        Long<RedirectRow>("line", r => r.Line), Text<RedirectRow>("path", r => r.Path), Text<RedirectRow>("url", r => r.Url));

    private static readonly StageTable<RejectedRow> Rejected = new("stage_rejected",
        Text<RejectedRow>("resource", r => r.Resource), Text<RejectedRow>("slug", r => r.Slug), Id<RejectedRow>("id", r => r.Id));

    // item_id: the stored item a line is about. changed: something of it differs from what is stored.
    private const string MoreSql = """
        alter table stage_items add column item_id integer, add column is_new boolean not null default false,
                                add column changed boolean not null default false, add column merged_into integer;
        create temporary table stage_problems (line bigint, problem text) on commit drop;
        create temporary table stage_merged (item_id integer primary key, target integer, depth integer) on commit drop;
        """;

    // Sorts and hashes of a hundred thousand rows stay in memory, whole tables are joined without sorting them, and nothing is
    // compiled that runs once.
    private const string SettingsSql = "set local work_mem = '128MB'; set local enable_mergejoin = off; set local jit = off;";

    private static readonly string CreateSql = string.Concat(
        SettingsSql, Items.CreateSql, References.CreateSql, MenuEntries.CreateSql, Redirects.CreateSql, Rejected.CreateSql, MoreSql);

    private readonly NpgsqlConnection connection;
    private readonly HashSet<Type> kinds = [];

    private Stage(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>Creates the tables that every import has, in the connection's transaction.</summary>
    public static async Task<Stage> Create(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(CreateSql, connection);
        await command.ExecuteNonQueryAsync(cancel);
        return new(connection);
    }

    /// <summary>Whether any line has such a row; else there may be no table of them.</summary>
    public bool Has<T>() => kinds.Contains(typeof(T));

    /// <summary>Adds the rows of some lines. Of rejected ones only what others may refer to.</summary>
    public async Task Add(IReadOnlyList<ParsedLine> lines, CancellationToken cancel)
    {
        var rejected = lines.Where(line => line.Problems.Count > 0).Select(line => new RejectedRow(line.Resource, line.Slug, line.Id)).ToList();
        var taken = lines.Where(line => line.Problems.Count == 0).ToList();
        await Rejected.Copy(connection, rejected, cancel);
        await Items.Copy(connection, taken.Select(line => line.Item).OfType<ItemRow>().ToList(), cancel);
        await References.Copy(connection, taken.SelectMany(line => line.References).ToList(), cancel);
        await Copy(Images, [.. taken.SelectMany(line => line.Images)]);
        await Copy(ArticleTypes, Details<ArticleTypeRow>());
        await Copy(Topics, Details<TopicRow>());
        await Copy(Experts, Details<ExpertRow>());
        await Copy(Articles, Details<ArticleRow>());
        await Copy(Events, Details<EventRow>());
        await Copy(Pages, Details<PageRow>());
        await Copy(Menus, Details<MenuRow>());
        await Copy(MenuEntries, [.. taken.SelectMany(line => line.MenuEntries)]);
        await Copy(Redirects, Details<RedirectRow>());

        List<T> Details<T>() => [.. taken.Select(line => line.Detail).OfType<T>()];

        async Task Copy<T>(StageTable<T> table, IReadOnlyCollection<T> rows)
        {
            if (rows.Count == 0)
                return;
            if (kinds.Add(typeof(T)))
                await table.Create(connection, cancel);
            await table.Copy(connection, rows, cancel);
        }
    }
}

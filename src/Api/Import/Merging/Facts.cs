using Api.Import.Lines;

namespace Api.Import.Merging;

/// <summary>Writes the members that every item has. Runs last, because it depends on whether anything else of the item changed.</summary>
internal static class Facts
{
    /// <summary>
    /// Whether a staged item <c>s</c> will be visible: the column <c>visible_from</c> of <c>content.items</c> and
    /// <c>content.is_visible_now()</c>, which decide once the item is stored. Slugs and new items are settled before. A test compares both.
    /// </summary>
    public const string Visible = """
        s.merged_into is null
        and s.publication_status in ('published', 'scheduled')
        and (s.resource <> 'article' or s.published_at is not null)
        and coalesce(greatest(s.published_at, s.embargo_until), '-infinity') <= now()
        and (s.expires_at is null or s.expires_at > now())
        """;

    // Aliases are added, never removed: a former address keeps working. The current slug of a visible item takes precedence over an alias.
    private const string AliasesSql = $"""
        with given as (
            select c.resource, p.slug, c.item_id
            from   stage_items c cross join unnest(c.previous_slugs) p (slug)
            where  c.item_id is not null
            and    not exists (select from stage_items s where s.resource = c.resource and s.slug = p.slug and {Visible})
            and    not exists (select from content.items i
                               where  i.resource = c.resource and i.slug = p.slug and i.live
                               and    not exists (select from stage_items s where s.item_id = i.item_id))),
        written as (
            insert into content.aliases (resource, slug, item_id)
            select g.resource, g.slug, g.item_id
            from   given g
            where  not exists (select from content.aliases a
                               where  a.resource = g.resource and a.slug = g.slug and a.item_id = g.item_id)
            on conflict (resource, slug) do update set item_id = excluded.item_id
            returning item_id)
        update stage_items s set changed = true from written w where s.item_id = w.item_id and not s.is_new and not s.changed
        """;

    // A visible item is not withdrawn. A published item that is merged has been visible, so its address redirects even if it is new here.
    private const string WithdrawalsSql = $"""
        update stage_items s
        set    withdrawn_at = null
        where  s.withdrawn_at is not null and {Visible};

        update stage_items s
        set    withdrawn_at = coalesce(s.updated_at, @now)
        from   content.items i
        where  i.item_id = s.item_id
        and    s.merged_into is not null and s.withdrawn_at is null and s.publication_status = 'published'
        and    i.public_slug is null;
        """;

    private static readonly string WriteSql = $"""
        with written as (
            update content.items i
            set    slug = s.slug,
                   publication_status = s.publication_status,
                   published_at = s.published_at,
                   embargo_until = s.embargo_until,
                   expires_at = s.expires_at,
                   merged_into = s.merged_into,
                   public_slug = coalesce(case when s.withdrawn_at is not null then s.withdrawn_slug end, i.public_slug, case when s.withdrawn_at is not null then s.slug end),
                   withdrawn_at = coalesce(s.withdrawn_at, i.withdrawn_at),
                   withdrawn_for = s.withdrawn_for,
                   updated_at = coalesce(s.updated_at, case when s.is_new then i.updated_at else @now end),
                   version = coalesce(s.version, least(i.version + i.live::integer, {ItemLine.MaxVersion}))
            from   stage_items s
            where  s.item_id = i.item_id
            and    ((s.changed and not s.is_new)
                    or (i.slug, i.publication_status, i.published_at, i.embargo_until, i.expires_at, i.merged_into)
                       is distinct from (s.slug, s.publication_status, s.published_at, s.embargo_until, s.expires_at, s.merged_into)
                    or i.updated_at <> s.updated_at
                    or i.version <> s.version
                    or i.withdrawn_for is distinct from s.withdrawn_for
                    or (s.withdrawn_at is not null and (i.public_slug is null or i.withdrawn_at is distinct from s.withdrawn_at or i.public_slug <> s.withdrawn_slug)))
            returning s.is_new)
        select count(*) from written where not is_new
        """;

    /// <summary>The number of existing items that differed.</summary>
    public static async Task<long> Write(ImportSession session)
    {
        await session.Run(AliasesSql);
        await session.Run(WithdrawalsSql);
        return await session.Get<long>(WriteSql);
    }
}

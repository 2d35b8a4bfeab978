using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace Api.Tests.Support;

/// <summary>Everything that migrations make in a database, as sorted lines of text, so that two databases can be compared.</summary>
internal static partial class SchemaText
{
    private const string Sql = """
        with schemas (oid) as (values ('content'::regnamespace), ('delivery'::regnamespace))
        select format('table %s %s %s %s', c.oid::regclass, c.relkind, c.relpersistence, c.reloptions) as line
        from   pg_class c where c.relnamespace in (select oid from schemas) and c.relkind in ('r', 'v')
        union all
        select format('grant %s %s', c.oid::regclass, array(select a::text from unnest(c.relacl) a order by a::text))
        from   pg_class c where c.relnamespace in (select oid from schemas) and c.relkind in ('r', 'v') and c.relacl is not null
        union all
        select format('column %s %s %s %s %s %s %s %s %s', c.oid::regclass, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.attstorage, a.attcollation::regcollation)
               || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
        from   pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where  c.relnamespace in (select oid from schemas) and c.relkind in ('r', 'v')
        union all
        select format('constraint %s %s %s', n.conrelid::regclass, n.conname, pg_get_constraintdef(n.oid)) from pg_constraint n where n.connamespace in (select oid from schemas) and n.conrelid <> 0 and n.contype <> 'n'
        union all
        select 'index ' || pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid where c.relnamespace in (select oid from schemas)
        union all
        select format('view %s %s', c.oid::regclass, pg_get_viewdef(c.oid)) from pg_class c where c.relnamespace in (select oid from schemas) and c.relkind = 'v'
        union all
        select 'function ' || pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace in (select oid from schemas)
        union all
        select 'trigger ' || pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace in (select oid from schemas) and not t.tgisinternal
        union all
        select format('configuration %s %s %s', g.cfgname, m.maptokentype, array_agg(m.mapdict::regdictionary::text order by m.mapseqno))
        from   pg_ts_config g join pg_ts_config_map m on m.mapcfg = g.oid where g.cfgnamespace in (select oid from schemas) group by g.cfgname, m.maptokentype
        """;

    public static async Task<IReadOnlyList<string>> Of(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // An expression that was written out and read again has its brackets elsewhere.
        return [.. (await connection.QueryAsync<string>(Sql)).Select(line => Brackets().Replace(line, "")).Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"[()\s]+")]
    private static partial Regex Brackets();
}

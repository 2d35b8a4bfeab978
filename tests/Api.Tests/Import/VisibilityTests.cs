using Api.Import.Merging;
using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Import;

/// <summary>The import decides which staged items will be visible before the database does.</summary>
public class VisibilityTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    // All combinations of the columns that decide; each instant is missing, past, this very moment, and to come.
    private const string Sql = $"""
        create temporary table candidates (like content.items including generated) on commit drop;
        insert into candidates (item_id, id, resource, slug, updated_at, version, live, publication_status, merged_into, published_at, embargo_until, expires_at)
        select row_number() over (), gen_random_uuid(), resource, 'slug', now(), 1, false, status, merged, now() + published, now() + embargo, now() + expiry
        from   unnest(array['articleType', 'topic', 'expert', 'article', 'event', 'menu', 'page']) resource
        cross join unnest(array['draft', 'scheduled', 'published', 'private', 'retracted', 'deleted']) status
        cross join unnest(array[null, 1]) merged
        cross join unnest(array[null, '-1 h', '0 h', '1 h']::interval[]) published
        cross join unnest(array[null, '-1 h', '0 h', '1 h']::interval[]) embargo
        cross join unnest(array[null, '-1 h', '0 h', '1 h']::interval[]) expiry;
        select count(*) as all_items, count(*) filter (where visible) as visible, count(*) filter (where visible is distinct from staged) as different
        from   candidates s
        cross join lateral (select content.is_visible_now(row (s.*)::content.items) as visible, {Facts.Visible} as staged) v
        """;

    [Fact]
    public async Task A_staged_item_is_taken_for_visible_exactly_if_the_database_will_show_it()
    {
        await using var connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var (all, visible, different) = await connection.QuerySingleAsync<(long All, long Visible, long Different)>(
            Sql,
            transaction: transaction
        );
        Assert.Equal(7 * 6 * 2 * 4 * 4 * 4, all);
        Assert.InRange(visible, 1, all - 1);
        Assert.Equal(0, different);
    }
}

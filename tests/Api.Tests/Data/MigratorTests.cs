using System.IO.Compression;
using Api.Data;
using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Data;

public class MigratorTests(TestServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_pending_on_a_blank_database_and_nothing_after_a_run()
    {
        var connections = await server.Blank();
        await using (var content = new ContentDatabase(connections))
        {
            var migrator = new Migrator(content, connections);
            var pending = await migrator.Pending(Cancel);
            Assert.StartsWith("0001_", pending[0], StringComparison.Ordinal);
            Assert.Equal(pending.Order(StringComparer.Ordinal), pending);

            Assert.Equal(pending, await migrator.Migrate(Cancel));
            Assert.Empty(await migrator.Pending(Cancel));
            Assert.Empty(await migrator.Migrate(Cancel));
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task Two_at_once_run_each_script_once()
    {
        var connections = await server.Blank();
        await using (var one = new ContentDatabase(connections))
        await using (var two = new ContentDatabase(connections))
        {
            var ran = await Task.WhenAll(new Migrator(one, connections).Migrate(Cancel), new Migrator(two, connections).Migrate(Cancel));
            Assert.Contains(ran, names => names.Count == 0);
            Assert.Contains(ran, names => names.Count > 0);
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task A_failing_script_is_named_and_leaves_nothing_of_itself()
    {
        var connections = await server.Blank();
        await using (var content = new ContentDatabase(connections))
        {
            await using var connection = await content.DataSource.OpenConnectionAsync(Cancel);
            await connection.ExecuteAsync("create schema delivery");
            var failure = await Assert.ThrowsAsync<SetupException>(() => new Migrator(content, connections).Migrate(Cancel));
            Assert.Contains("0001_", failure.Message, StringComparison.Ordinal);
            Assert.False(await connection.ExecuteScalarAsync<bool>("select to_regnamespace('content') is not null"));
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task Code_that_has_changed_is_made_anew_and_what_is_stored_stays()
    {
        var fresh = await Fresh();
        var connections = await server.Blank();
        await using (var content = new ContentDatabase(connections))
        {
            var migrator = new Migrator(content, connections);
            await migrator.Migrate(Cancel);
            await using var connection = await content.DataSource.OpenConnectionAsync(Cancel);
            await connection.ExecuteAsync(
                """
                drop view delivery.expiries;
                drop trigger forbid_deleting_published on content.items;
                create or replace function content.is_visible_now(i content.items) returns boolean language sql stable as 'select true';
                create function content.of_another_version() returns integer language sql as 'select 1';
                create view delivery.of_another_version as select content.of_another_version();
                update public.schema_migrations set scriptname = 'code-0' where scriptname like 'code-%';
                insert into content.sources (slug, name) values ('kept', 'Kept');
                """
            );
            Assert.Equal(["code-"], (await migrator.Migrate(Cancel)).Select(name => name[..5]));
            Assert.Equal(fresh, await SchemaText.Of(content.DataSource));
            Assert.Empty(await migrator.Pending(Cancel));
            Assert.Equal("Kept", await connection.ExecuteScalarAsync<string>("select name from content.sources"));
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task A_database_of_the_last_landing_becomes_what_a_fresh_one_is()
    {
        var fresh = await Fresh();
        var connections = await server.Blank();
        await using (var content = new ContentDatabase(connections))
        {
            await using var zipped = new GZipStream(
                File.OpenRead(Path.Combine(Checkout.Find(AppContext.BaseDirectory), "tests/Api.Tests/Data/landed.sql.gz")),
                CompressionMode.Decompress
            );
            using var text = new StreamReader(zipped);
            await using (var connection = await content.DataSource.OpenConnectionAsync(Cancel))
                await connection.ExecuteAsync(
                    await text.ReadToEndAsync(Cancel)
                        + "update public.schema_migrations set scriptname = 'code-0' where scriptname like 'code-%'"
                );
            content.DataSource.Clear();
            await new Migrator(content, connections).Migrate(Cancel);
            // A later PostgreSQL knows more languages than the one it was written by.
            Assert.Equal(fresh.Where(IsOurs), (await SchemaText.Of(content.DataSource)).Where(IsOurs));
        }
        await server.Drop(connections);

        static bool IsOurs(string line) => !line.StartsWith("configuration", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_migration_notes_as_touched_is_brought_up_to_date()
    {
        var connections = await server.Clone();
        await using (var content = new ContentDatabase(connections))
        {
            const string script = """
                insert into content.items (id, resource, slug, updated_at) values (gen_random_uuid(), 'menu', 'main', now());
                insert into content.menus select item_id, 'Main' from content.items where slug = 'main';
                insert into content.dirty_items (item_id) select item_id from content.items where slug = 'main';
                """;
            await new Migrator(content, connections, [("9999_menu.sql", script)]).Migrate(Cancel);
            await using var connection = await content.DataSource.OpenConnectionAsync(Cancel);
            Assert.Equal("main", await connection.ExecuteScalarAsync<string>("select public_slug from content.items"));
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task A_database_that_a_later_version_has_migrated_will_do_until_somebody_asks_for_this_one()
    {
        var fresh = await Fresh();
        var connections = await server.Clone();
        await using (var content = new ContentDatabase(connections))
        {
            var migrator = new Migrator(content, connections);
            await using var connection = await content.DataSource.OpenConnectionAsync(Cancel);
            await connection.ExecuteAsync(
                """
                create view delivery.of_a_later_version as select 1;
                insert into public.schema_migrations (scriptname, applied) values ('0099_later.sql', now()), ('code-later', now());
                """
            );
            Assert.Empty(await migrator.Missing(Cancel));
            Assert.Single(await migrator.Migrate(Cancel));
            Assert.Equal(fresh, await SchemaText.Of(content.DataSource));
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task A_view_of_somebody_else_is_named_and_stays()
    {
        var connections = await server.Clone();
        await using (var content = new ContentDatabase(connections))
        {
            await using var connection = await content.DataSource.OpenConnectionAsync(Cancel);
            await connection.ExecuteAsync(
                "create schema reports; create view reports.newest as select * from delivery.articles; update public.schema_migrations set scriptname = 'code-0' where scriptname like 'code-%'"
            );
            var failure = await Assert.ThrowsAsync<SetupException>(() => new Migrator(content, connections).Migrate(Cancel));
            Assert.Contains("view reports.newest", failure.Message, StringComparison.Ordinal);
            Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from reports.newest"));
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task A_database_from_before_the_first_release_is_refused()
    {
        var connections = await server.Clone();
        await using (var content = new ContentDatabase(connections))
        {
            await using var connection = await content.DataSource.OpenConnectionAsync(Cancel);
            await connection.ExecuteAsync(
                "update public.schema_migrations set scriptname = '0003_delivery.sql' where scriptname like 'code-%'"
            );
            Assert.Contains(
                "export ndjson",
                (await Assert.ThrowsAsync<SetupException>(() => new Migrator(content, connections).Migrate(Cancel))).Message,
                StringComparison.Ordinal
            );
        }
        await server.Drop(connections);
    }

    private async Task<IReadOnlyList<string>> Fresh()
    {
        var connections = await server.Blank();
        await using var content = new ContentDatabase(connections);
        await new Migrator(content, connections).Migrate(Cancel);
        var text = await SchemaText.Of(content.DataSource);
        await content.DataSource.DisposeAsync();
        await server.Drop(connections);
        return text;
    }
}

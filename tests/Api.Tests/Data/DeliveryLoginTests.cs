using Api.Data;
using Api.Data.Delivery;
using Api.Tests.Support;
using Dapper;
using Npgsql;

namespace Api.Tests.Data;

public class DeliveryLoginTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_every_delivery_view()
    {
        await using var reader = await LogIn();
        var views = await Names("delivery");
        Assert.Contains("articles", views);
        foreach (var view in views)
            await reader.ExecuteAsync($"select * from delivery.{view} limit 1");
    }

    [Fact]
    public async Task It_reads_nothing_of_the_content_even_after_set_role_none()
    {
        await using var reader = await LogIn();
        await reader.ExecuteAsync("set role none");
        var tables = await Names("content");
        Assert.NotEmpty(tables);
        foreach (var table in tables)
            await Refused(reader, $"select * from content.{table} limit 1");
    }

    [Theory]
    [InlineData("set session authorization content_owner")]
    [InlineData("set role content_owner")]
    [InlineData("select content.publish_due()")]
    [InlineData("create table public.mine (n int)")]
    [InlineData("create temporary table mine (n int)")]
    [InlineData("create schema mine")]
    [InlineData("copy (select 1) to program 'true'")]
    [InlineData("select pg_read_file('/etc/passwd')")]
    public async Task It_may_not(string statement)
    {
        await using var reader = await LogIn();
        await reader.ExecuteAsync("set default_transaction_read_only = off");
        await Refused(reader, statement);
    }

    [Theory]
    [InlineData("statement_timeout", "2s")]
    [InlineData("default_transaction_read_only", "on")]
    [InlineData("default_transaction_isolation", "repeatable read")]
    public async Task Its_sessions_begin_with(string setting, string value)
    {
        await using var reader = await LogIn();
        Assert.Equal(value, await reader.ExecuteScalarAsync<string>("select current_setting(@setting)", new { setting }));
    }

    [Fact]
    public async Task Its_password_follows_from_the_owners_and_not_the_other_way()
    {
        Assert.Equal(DeliveryLogin.PasswordFrom("secret"), DeliveryLogin.PasswordFrom("secret"));
        Assert.NotEqual(DeliveryLogin.PasswordFrom("secret"), DeliveryLogin.PasswordFrom("Secret"));
        Assert.Matches("^[0-9a-f]{64}$", DeliveryLogin.PasswordFrom(""));
        await using var reader = await LogIn();
        Assert.Equal(DeliveryLogin.Role, await reader.ExecuteScalarAsync<string>("select session_user"));
    }

    [Fact]
    public async Task The_check_accepts_it_and_refuses_the_owner()
    {
        await using var delivery = new DeliveryDatabase(api.Connections);
        Assert.Null(await DeliveryCheck.Complaint(delivery, DeliveryLogin.Public, DeliveryLogin.Role, Cancel));

        await using var owner = new DeliveryDatabase(api.Connections with { Delivery = api.Connections.Content });
        Assert.Contains(
            "owns schema content",
            await DeliveryCheck.Complaint(owner, DeliveryLogin.Public, "content_owner", Cancel),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_check_notices_a_single_readable_column()
    {
        await api.Execute("create table content.leak (id int, title text); grant select (title) on content.leak to content_reader");
        try
        {
            await using var delivery = new DeliveryDatabase(api.Connections);
            Assert.Contains(
                "can read content.leak",
                await DeliveryCheck.Complaint(delivery, DeliveryLogin.Public, DeliveryLogin.Role, Cancel),
                StringComparison.Ordinal
            );
        }
        finally
        {
            await api.Execute("drop table content.leak");
        }
    }

    [Fact]
    public async Task The_login_for_previews_reads_the_views_of_previews_and_nothing_else()
    {
        await using var preview = new DeliveryDatabase(api.Connections with { Delivery = api.Connections.Preview! });
        Assert.Null(await DeliveryCheck.Complaint(preview, DeliveryLogin.Previews, DeliveryLogin.PreviewRole, Cancel));
        await using var delivery = new DeliveryDatabase(api.Connections);
        Assert.Contains(
            "can read delivery.",
            await DeliveryCheck.Complaint(delivery, DeliveryLogin.Previews, DeliveryLogin.Role, Cancel),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "can read preview.",
            await DeliveryCheck.Complaint(preview, DeliveryLogin.Public, DeliveryLogin.PreviewRole, Cancel),
            StringComparison.Ordinal
        );

        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(api.Connections.Preview) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(Cancel);
        foreach (var name in await Names("content"))
            await Refused(connection, $"select * from content.{name} limit 1");
        foreach (var name in await Names("delivery"))
            await Refused(connection, $"select * from delivery.{name} limit 1");
        await using var reader = await LogIn();
        foreach (var name in await Names("preview"))
        {
            await Refused(reader, $"select * from preview.{name} limit 1");
            // Without the settings nothing is shown, not even what is public.
            if (name is "articles" or "events" or "topics" or "pages" or "article_index")
                await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync($"select * from preview.{name} limit 1"));
        }
    }

    private async Task<NpgsqlConnection> LogIn()
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(api.Connections.Delivery) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private async Task<IReadOnlyList<string>> Names(string schema)
    {
        await using var owner = await api.Database.OpenConnectionAsync(Cancel);
        return (
            await owner.QueryAsync<string>(
                "select relname::text from pg_class where relnamespace = @schema::regnamespace and relkind in ('r', 'v', 'm', 'p')",
                new { schema }
            )
        ).AsList();
    }

    private static async Task Refused(NpgsqlConnection reader, string sql)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => reader.ExecuteAsync(sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}

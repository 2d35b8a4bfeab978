using System.Globalization;
using System.Text.Json;
using Api.Import.WordPress.Live;
using Dapper;
using Npgsql;

namespace Api.Import.WordPress.Following;

/// <summary>How far a site has been followed: the row of <c>content.followed_site</c>.</summary>
/// <param name="Contents">The collections of the site; null until the first complete scan ends.</param>
/// <param name="Looks">Complete scans so far.</param>
/// <param name="AskedAt">The site's own time, UTC, when it was last asked for changes; null for never.</param>
/// <param name="IsStale">Whether lines must still be made of all parts.</param>
internal sealed record FollowedSite(LiveContents? Contents, long Looks, DateTime? AskedAt, bool IsStale)
{
    private const string OpenSql = """
        insert into content.followed_site (address, asked) values (@address, @asked) on conflict (only_one) do nothing;
        select address from content.followed_site;
        """;

    // The same site read with another user or other custom fields has other parts: the stored ones are dropped.
    private const string AskAnewSql = """
        with other as (update content.followed_site set asked = @asked, contents = null, asked_at = null where asked <> @asked returning 1)
        delete from content.followed_parts where exists (select from other);
        update content.followed_site set is_stale = true;
        """;

    private const string ReadSql = "select contents, looks, asked_at, is_stale from content.followed_site";

    /// <summary>Starts to follow the site, or continues.</summary>
    /// <returns>The address that is followed already if it is a different one; else null.</returns>
    public static async Task<string?> Open(NpgsqlDataSource source, LiveOptions options, CancellationToken cancel)
    {
        var address = options.Site.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var asked = string.Create(
            CultureInfo.InvariantCulture,
            $"1 {(options.User is null ? "visitor" : "user")} {string.Join(' ', options.CustomFields.Order(StringComparer.Ordinal))}"
        );
        await using var connection = await source.OpenConnectionAsync(cancel);
        var known = await connection.ExecuteScalarAsync<string>(
            new CommandDefinition(OpenSql, new { address, asked }, cancellationToken: cancel)
        );
        if (known != address)
            return known;
        await connection.ExecuteAsync(new CommandDefinition(AskAnewSql, new { asked }, cancellationToken: cancel));
        return null;
    }

    public static async Task<FollowedSite> Read(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        var (contents, looks, askedAt, isStale) = await connection.QuerySingleAsync<(string?, long, DateTime?, bool)>(
            new CommandDefinition(ReadSql, cancellationToken: cancel)
        );
        return new(contents is null ? null : JsonSerializer.Deserialize<LiveContents>(contents), looks, askedAt, isStale);
    }

    /// <summary>Stores when the site was asked, by its own clock.</summary>
    public static Task Asked(NpgsqlDataSource source, DateTime at, CancellationToken cancel) =>
        Run(source, "update content.followed_site set asked_at = @at", new { at }, cancel);

    /// <summary>Stores the end of a complete scan.</summary>
    public static Task Looked(NpgsqlDataSource source, LiveContents contents, CancellationToken cancel) =>
        Run(
            source,
            """
            update content.followed_site set is_stale = is_stale or contents is distinct from @contents or exists (select from content.followed_lines where absent_at is not null), contents = @contents, looks = looks + 1
            """,
            new { contents = JsonSerializer.Serialize(contents) },
            cancel
        );

    private static async Task Run(NpgsqlDataSource source, string sql, object parameters, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancel));
    }
}

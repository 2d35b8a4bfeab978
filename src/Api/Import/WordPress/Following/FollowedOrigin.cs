using System.Text.RegularExpressions;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Values;
using Dapper;
using Npgsql;

namespace Api.Import.WordPress.Following;

/// <summary>
/// Finds the items that earlier imports brought from the same site, before the site is followed for the first time: an id derives from the
/// site and the number, slug or login there. So deletions since then are noticed as well.
/// </summary>
internal static partial class FollowedOrigin
{
    private const string IsNewSql = "select not exists (select from content.followed_lines)";

    private const string NumberedSql = """
        select r.path, i.resource, i.id, i.slug from content.redirects r join content.items i on i.item_id = r.target_id
        where  r.path ~ '[?](p|page_id)=[0-9]+$' and i.publication_status <> 'deleted'
        """;

    private const string NamedSql =
        "select resource, id, slug from content.items where resource in ('topic', 'expert', 'menu') and publication_status <> 'deleted'";

    private const string KeepSql = """
        insert into content.followed_lines (key, resource, id, slug, hash)
        select k, r, i, s, 0 from unnest(@keys, @resources, @ids, @slugs) o (k, r, i, s) on conflict do nothing
        """;

    /// <summary>The site address from which ids are derived.</summary>
    public static string AddressOf(LiveContents contents) =>
        contents.Settings.FirstOrDefault(setting => setting.Name == "base_blog_url")?.Value ?? "";

    /// <summary>Stores the items found, unless lines are stored already.</summary>
    public static async Task Find(NpgsqlConnection connection, LiveContents contents, FollowedParts parts, CancellationToken cancel)
    {
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(IsNewSql, cancellationToken: cancel)))
            return;
        var ids = new WordPressIds(AddressOf(contents));
        var found = new List<(string Resource, Guid Id, string Slug)>();
        foreach (
            var (path, resource, id, slug) in await connection.QueryAsync<(string, string, Guid, string)>(
                new CommandDefinition(NumberedSql, commandTimeout: 0, cancellationToken: cancel)
            )
        )
            if (Number().Match(path) is { Success: true } number && ids.Post(number.Value) == id)
                found.Add((resource, id, slug));
        var taxonomies = await Task.Run(
            () =>
                parts
                    .Read(contents.Heads, texts: false)
                    .SelectMany(part => part.Page.Terms)
                    .Select(term => term.Taxonomy)
                    .Append("category")
                    .Append("post_tag")
                    .ToHashSet(),
            cancel
        );
        foreach (
            var (resource, id, slug) in await connection.QueryAsync<(string, Guid, string)>(
                new CommandDefinition(NamedSql, commandTimeout: 0, cancellationToken: cancel)
            )
        )
            if (
                resource switch
                {
                    "topic" => taxonomies.Any(taxonomy => ids.Term(taxonomy, slug) == id),
                    "expert" => ids.Author(slug) == id,
                    _ => ids.Menu(slug) == id,
                }
            )
                found.Add((resource, id, slug));
        var rows = found.DistinctBy(row => (row.Resource, row.Id)).ToList();
        await connection.ExecuteAsync(
            new CommandDefinition(
                KeepSql,
                new
                {
                    keys = rows.Select(r => FollowedLines.KeyOf(r.Resource, $"{r.Id}")).ToArray(),
                    resources = rows.Select(r => r.Resource).ToArray(),
                    ids = rows.Select(r => r.Id).ToArray(),
                    slugs = rows.Select(r => r.Slug).ToArray(),
                },
                commandTimeout: 0,
                cancellationToken: cancel
            )
        );
    }

    [GeneratedRegex("[0-9]+$")]
    private static partial Regex Number();
}

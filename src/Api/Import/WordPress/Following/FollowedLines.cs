using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Api.Data.Delivery;
using Api.Import.Lines;
using Dapper;
using Npgsql;

namespace Api.Import.WordPress.Following;

/// <summary>Hashes of the imported lines: the rows of <c>content.followed_lines</c>.</summary>
internal sealed class FollowedLines
{
    private const string ReadSql =
        "select key, hash, resource, case when absent_at is null then slug end as slug, id from content.followed_lines; select unnest(moved) from content.followed_site";

    private const string MovedSql = "update content.followed_site set moved = @moved";

    private const string KeepSql = """
        insert into content.followed_lines (key, resource, id, slug, hash)
        select * from unnest(@keys, @resources, @ids, @slugs, @hashes)
        on conflict (key) do update set id = excluded.id, slug = excluded.slug, hash = excluded.hash, absent_at = null
        """;

    private readonly Dictionary<long, long> known = [];
    private readonly Dictionary<long, Guid> owners = [];
    private readonly byte[][] moved = [];
    private readonly List<string> moving = [];
    private readonly HashSet<long> made = [];
    private readonly List<Row> added = [];

    private FollowedLines(IEnumerable<Known> known, IEnumerable<string> moved)
    {
        foreach (var line in known)
        {
            this.known[line.Key] = line.Hash;
            if (line is { Slug: { } slug, Id: { } id })
                owners[KeyOf(line.Resource, slug)] = id;
        }
        this.moved = [.. moved.SelectMany(slug => new[] { $"\"{slug}\"", $"/{slug}\"" }).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Keys of all lines that were made, changed or not.</summary>
    public IReadOnlySet<long> Made => this.made;

    /// <summary>Whether some slugs mean other items now: lines that name them must be imported again even if they are unchanged.</summary>
    public bool HaveSlugsMoved { get; private set; }

    public static Task<FollowedLines> Read(NpgsqlConnection connection, CancellationToken cancel) =>
        new OneConnection(connection, patience: 0).QueryMultiple(
            ReadSql,
            null,
            async both => new FollowedLines(await both.ReadAsync<Known>(), await both.ReadAsync<string>()),
            cancel
        );

    /// <summary>The line if it differs from the imported one; else null.</summary>
    /// <param name="line">The current line.</param>
    /// <param name="number">For messages.</param>
    /// <param name="key">The key of the item that the line is about.</param>
    public ImportLine? Changed(JsonObject line, long number, out long key)
    {
        var made = ImportLine.Of(number, line);
        var (resource, id, slug) = ((string)line["resource"]!, (string?)line["id"], (string?)line["slug"]);
        key = KeyOf(resource, id ?? (string?)line["from"] ?? slug!);
        this.made.Add(key);
        if (id is not null && slug is not null && owners.TryGetValue(KeyOf(resource, slug), out var owner) && owner != Guid.Parse(id))
            moving.Add(slug);
        var hash = Hash(made.Json.Span);
        if (this.known.TryGetValue(key, out var known) && known == hash && !NamesMoved(made.Json))
            return null;
        added.Add(new(key, resource, id is null ? null : Guid.Parse(id), slug, hash));
        return made;
    }

    /// <summary>Stores the hashes of the imported lines, in the transaction of the import.</summary>
    /// <param name="connection">The transaction of the import.</param>
    /// <param name="cancel">Cancels the operation.</param>
    public async Task Keep(NpgsqlConnection connection, CancellationToken cancel)
    {
        var rows = added.DistinctBy(row => row.Key).ToList();
        await connection.ExecuteAsync(
            new CommandDefinition(
                KeepSql,
                new
                {
                    keys = rows.Select(r => r.Key).ToArray(),
                    resources = rows.Select(r => r.Resource).ToArray(),
                    ids = rows.Select(r => r.Id).ToArray(),
                    slugs = rows.Select(r => r.Slug).ToArray(),
                    hashes = rows.Select(r => r.Hash).ToArray(),
                },
                commandTimeout: 0,
                cancellationToken: cancel
            )
        );
        HaveSlugsMoved = moving.Count > 0;
        var moved = moving.Distinct().ToArray();
        await connection.ExecuteAsync(new CommandDefinition(MovedSql, new { moved }, cancellationToken: cancel));
    }

    /// <summary>The key of the item that a line is about.</summary>
    public static long KeyOf(string resource, string name) => Hash(Encoding.UTF8.GetBytes($"{resource} {name}"));

    private bool NamesMoved(ReadOnlyMemory<byte> json) => Array.Exists(this.moved, name => json.Span.IndexOf(name) >= 0);

    private static long Hash(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(bytes));

    private sealed record Known(long Key, long Hash, string Resource, string? Slug, Guid? Id);

    private sealed record Row(long Key, string Resource, Guid? Id, string? Slug, long Hash);
}

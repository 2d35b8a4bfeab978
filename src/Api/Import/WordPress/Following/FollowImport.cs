using System.Runtime.CompilerServices;
using Api.Data;
using Api.Import.Lines;
using Api.Import.Merging;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Values;
using Dapper;
using Npgsql;

namespace Api.Import.WordPress.Following;

/// <summary>Makes lines from the stored parts of a site, and imports the lines that have changed.</summary>
/// <param name="content">The database.</param>
/// <param name="importer">Imports the lines.</param>
/// <param name="parts">The stored parts.</param>
/// <param name="mapping">The mapping of the site's post types, taxonomies and terms.</param>
/// <param name="lease">The lease that allows this process to write.</param>
/// <param name="asVisitor">Whether the site is read without a user.</param>
/// <param name="acceptRemovals">Whether any number of items may be removed at once.</param>
internal sealed class FollowImport(
    ContentDatabase content,
    Importer importer,
    FollowedParts parts,
    WordPressMapping mapping,
    Lease lease,
    bool asVisitor,
    bool acceptRemovals
)
{
    private const int MaxRepeats = 3;

    private const string DoneSql = """
        update content.followed_parts set changed = false where changed;
        update content.followed_site set is_stale = not @all or moved <> '{}';
        """;

    private const string RetrySql = """
        update content.followed_lines set hash = 0 where key = any(@keys);
        update content.followed_site set is_stale = true, moved = moved || @slugs;
        """;

    /// <summary>Imports what has changed.</summary>
    /// <param name="site">How far the site has been followed.</param>
    /// <param name="all">
    /// True: makes lines from all parts, and removes items that are gone. False: makes lines only from changed items, which is faster;
    /// changes of other items that follow from them wait.
    /// </param>
    /// <param name="cancel">Cancels the operation; nothing is written then.</param>
    /// <returns>The result, with the lines that were left out.</returns>
    /// <exception cref="SetupException">Implausibly many items would be removed.</exception>
    public async Task<FollowReport> Run(FollowedSite site, bool all, CancellationToken cancel)
    {
        var done = await RunOnce(site, all, cancel);
        // Repeated only in rare cases; whatever is left follows with the next scan.
        for (var again = 0; done.HaveSlugsMoved && again < MaxRepeats; again++)
            done = done.And(await RunOnce(site, all: true, cancel));
        return done;
    }

    private async Task<FollowReport> RunOnce(FollowedSite site, bool all, CancellationToken cancel)
    {
        var contents = site.Contents!;
        var names = await parts.Names(contents.Heads, cancel);
        FollowedLines lines;
        EarlierKnowledge known;
        await using (var connection = await content.DataSource.OpenConnectionAsync(cancel))
        {
            await FollowedOrigin.Find(connection, contents, parts, cancel);
            lines = await FollowedLines.Read(connection, cancel);
            known = await EarlierKnowledge.Read(connection, asVisitor, cancel);
        }
        var keys = new List<(long Key, string? Slug)>();
        var removals = new List<Removal>();
        // The relations between items are known only after all items were read, without their texts.
        var export = WordPressExport.Read(
            texts => new FollowReader(parts, contents, names, texts, onlyChanged: texts && !all),
            mapping,
            cancel
        );
        var report = await importer.Run(
            Lines(export, lines, known, site, all, keys, removals, cancel),
            new ImportOptions
            {
                Rejections = Rejections.Mend,
                Finish = async (connection, done) =>
                {
                    var left = done.Rejected.Select(line => keys[(int)line.Line - 1]).ToList();
                    await lines.Keep(connection, cancel);
                    if (all)
                        await Removals.Note(
                            connection,
                            lines.Made,
                            [.. removals.Where(removal => left.TrueForAll(line => line.Key != removal.Key))],
                            cancel
                        );
                    await connection.ExecuteAsync(
                        new CommandDefinition(DoneSql, new { all }, commandTimeout: 0, cancellationToken: cancel)
                    );
                    if (left.Count > 0)
                        await Retry(connection, left, cancel);
                },
                Check = connection => lease.Assert(connection, cancel),
            },
            cancel
        );
        if (!report.Stands)
            throw new IOException($"nothing could be written: {string.Join("; ", report.Rejected.Take(3).Select(Describe))}");
        var kept = report.Rejected.Select(line => keys[(int)line.Line - 1].Key).ToHashSet();
        return new(
            report.Created,
            report.Updated,
            removals.Count(r => r.Item is not null && !kept.Contains(r.Key)),
            [.. report.Rejected.Select(Describe)],
            lines.HaveSlugsMoved
        );
    }

    // A rejected line mostly waits for a slug held by an item that is about to be removed; until then references to that slug mean the
    // other item. If a removal was rejected, its line stays and is removed after the next scan.
    private static async Task Retry(NpgsqlConnection connection, IReadOnlyList<(long Key, string? Slug)> left, CancellationToken cancel) =>
        await connection.ExecuteAsync(
            new CommandDefinition(
                RetrySql,
                new
                {
                    keys = left.Select(line => line.Key).ToArray(),
                    slugs = left.Select(line => line.Slug).OfType<string>().Distinct(StringComparer.Ordinal).ToArray(),
                },
                cancellationToken: cancel
            )
        );

    private async IAsyncEnumerable<ImportLine> Lines(
        WordPressExport export,
        FollowedLines lines,
        EarlierKnowledge known,
        FollowedSite site,
        bool all,
        List<(long Key, string? Slug)> keys,
        List<Removal> removals,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var garbage = new GarbageBound();
        foreach (var line in export.Lines(cancel))
        {
            garbage.Check();
            if (lines.Changed(line.Value, keys.Count + 1, out var key) is not { } changed)
                continue;
            keys.Add((key, (string?)line.Value["slug"]));
            yield return (known.AddTo(line.Value) ? ImportLine.Of(changed.Number, line.Value) : changed) with
            {
                Keeps = line.Keeps,
            };
        }
        if (!all)
            yield break;
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        var ids = new WordPressIds(FollowedOrigin.AddressOf(site.Contents!));
        removals.AddRange(
            await Removals.Find(
                connection,
                lines.Made,
                Removals.IdsOf(await parts.ListGone(cancel), ids),
                site.Looks,
                acceptRemovals,
                cancel
            )
        );
        foreach (var removal in removals.Where(r => r.Item is not null))
        {
            keys.Add((removal.Key, null));
            yield return removal.Line(keys.Count);
        }
    }

    private static string Describe(RejectedLine line) => $"{line.Resource} {line.Slug}: {line.Reason}";
}

/// <summary>The result of one import of a followed site.</summary>
/// <param name="Created">Items that did not exist before.</param>
/// <param name="Updated">Items that existed and differed.</param>
/// <param name="Removed">Items that were removed.</param>
/// <param name="Left">Rejected lines with the reason; they are tried again.</param>
/// <param name="HaveSlugsMoved">Whether some slugs mean other items now, so that lines that name them must still be imported.</param>
internal sealed record FollowReport(long Created, long Updated, int Removed, IReadOnlyList<string> Left, bool HaveSlugsMoved)
{
    /// <summary>The sum of this result and that of a later import.</summary>
    public FollowReport And(FollowReport next) =>
        new(Created + next.Created, Updated + next.Updated, Removed + next.Removed, [.. Left.Union(next.Left)], next.HaveSlugsMoved);
}

using System.Runtime.CompilerServices;
using Api.Data;
using Dapper;
using Npgsql;

namespace Api.Import.WordPress.Following;

/// <summary>Makes lines of what is kept of a site, and imports those that are not as they were.</summary>
/// <param name="content">The database.</param>
/// <param name="importer">Writes lines.</param>
/// <param name="parts">What is kept.</param>
/// <param name="mapping">What the site's post types, taxonomies and terms are here.</param>
/// <param name="lease">The right to write.</param>
/// <param name="asVisitor">Whether the site is seen as visitors do.</param>
/// <param name="acceptRemovals">Whether any number of items may be removed at once.</param>
internal sealed class FollowImport(ContentDatabase content, Importer importer, FollowedParts parts, WordPressMapping mapping, Lease lease, bool asVisitor, bool acceptRemovals)
{
    private const int Again = 3;

    private const string DoneSql = """
        update content.followed_parts set changed = false where changed;
        update content.followed_site set is_stale = not @all or moved <> '{}';
        """;

    private const string RetrySql = """
        update content.followed_lines set hash = 0 where key = any(@keys);
        update content.followed_site set is_stale = true, moved = moved || @slugs;
        """;

    /// <summary>Brings in what has changed.</summary>
    /// <param name="site">How far the site has been followed.</param>
    /// <param name="all">
    /// Whether lines are made of everything, and what is gone is removed; else of the items that have changed themselves, which is quicker: what changes because of others waits.
    /// </param>
    /// <param name="cancel">Cancels the operation; nothing is written then.</param>
    /// <returns>What was done, and what was left out.</returns>
    /// <exception cref="SetupException">More would be removed than can be believed.</exception>
    public async Task<FollowReport> Run(FollowedSite site, bool all, CancellationToken cancel)
    {
        var done = await RunOnce(site, all, cancel);
        // Once is enough but for odd cases; what is left comes with the next look.
        for (var again = 0; done.HaveSlugsMoved && again < Again; again++)
            done = done.And(await RunOnce(site, all: true, cancel));
        return done;
    }

    private async Task<FollowReport> RunOnce(FollowedSite site, bool all, CancellationToken cancel)
    {
        var contents = site.Contents!;
        var names = await FollowLook.Names(contents.Heads, parts, cancel);
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
        // What an item shows of others, and they of it, is known only when all are read, without their texts.
        var export = WordPressExport.Read(texts => new FollowReader(parts, contents, names, texts, onlyChanged: texts && !all), mapping, cancel);
        var report = await importer.Run(Lines(export, lines, known, site, all, keys, removals, cancel), new ImportOptions
        {
            LeavesWords = true,
            Rejections = Rejections.Mend,
            Finish = async (connection, done) =>
            {
                var left = done.Rejected.Select(line => keys[(int)line.Line - 1]).ToList();
                await lines.Keep(connection, cancel);
                if (all)
                    await Removals.Note(connection, lines.Made, [.. removals.Where(removal => left.TrueForAll(line => line.Key != removal.Key))], cancel);
                await connection.ExecuteAsync(new CommandDefinition(DoneSql, new { all }, commandTimeout: 0, cancellationToken: cancel));
                if (left.Count > 0)
                    await Retry(connection, left, cancel);
            },
            Check = connection => lease.Assert(connection, cancel),
        }, cancel);
        if (!report.Stands)
            throw new IOException($"nothing could be written: {string.Join("; ", report.Rejected.Take(3).Select(Describe))}");
        var kept = report.Rejected.Select(line => keys[(int)line.Line - 1].Key).ToHashSet();
        return new(report.Created, report.Updated, removals.Count(r => r.Item is not null && !kept.Contains(r.Key)), [.. report.Rejected.Select(Describe)], lines.HaveSlugsMoved);
    }

    // What was left out mostly waits for a slug that something holds which is about to go; until then, what names the slug means that.
    // The line of what could not be removed stays, and so it is removed after the next look.
    private static async Task Retry(NpgsqlConnection connection, IReadOnlyList<(long Key, string? Slug)> left, CancellationToken cancel) =>
        await connection.ExecuteAsync(new CommandDefinition(RetrySql, new
        {
            keys = left.Select(line => line.Key).ToArray(),
            slugs = left.Select(line => line.Slug).OfType<string>().Distinct(StringComparer.Ordinal).ToArray(),
        }, cancellationToken: cancel));

    private async IAsyncEnumerable<ImportLine> Lines(
        WordPressExport export, FollowedLines lines, EarlierKnowledge known, FollowedSite site, bool all, List<(long Key, string? Slug)> keys, List<Removal> removals,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var garbage = new GarbageBound();
        foreach (var line in export.Lines(cancel))
        {
            garbage.Check();
            if (lines.Changed(line.Value, keys.Count + 1, out var key) is not { } changed)
                continue;
            keys.Add((key, (string?)line.Value["slug"]));
            yield return (known.AddTo(line.Value) ? ImportLine.Of(changed.Number, line.Value) : changed) with { Keeps = line.Keeps };
        }
        if (!all)
            yield break;
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        var ids = new WordPressIds(FollowedOrigin.AddressOf(site.Contents!));
        removals.AddRange(await Removals.Find(connection, lines.Made, Removals.IdsOf(await parts.ListGone(cancel), ids), site.Looks, acceptRemovals, cancel));
        foreach (var removal in removals.Where(r => r.Item is not null))
        {
            keys.Add((removal.Key, null));
            yield return removal.Line(keys.Count);
        }
    }

    private static string Describe(RejectedLine line) => $"{line.Resource} {line.Slug}: {line.Reason}";
}

/// <summary>What an import of a followed site did.</summary>
/// <param name="Created">Items that were not there before.</param>
/// <param name="Updated">Items that were there and differed.</param>
/// <param name="Removed">Items that are gone.</param>
/// <param name="Left">What could not be taken, with the reason; it is tried again.</param>
/// <param name="HaveSlugsMoved">Whether what names some slugs has still to be imported, as these mean other items now.</param>
internal sealed record FollowReport(long Created, long Updated, int Removed, IReadOnlyList<string> Left, bool HaveSlugsMoved)
{
    /// <summary>This, and what was done after it.</summary>
    public FollowReport And(FollowReport next) => new(Created + next.Created, Updated + next.Updated, Removed + next.Removed, [.. Left.Union(next.Left)], next.HaveSlugsMoved);
}

using Api.Data;
using Api.Http.Site;
using Api.Import.Lines;
using Api.Import.Merging;
using Npgsql;

namespace Api.Import;

/// <summary>Imports lines of the import format into the database: all of them, or nothing.</summary>
internal sealed class Importer(ContentDatabase content, SiteSettings site, TimeProvider clock)
{
    // Refreshes the statistics of tables that were almost empty before; only worth it when much is new. The triggers at commit need them
    // already.
    private const int AnalyzeFrom = 1_000;
    private const string AnalyzeContentSql = """
        analyze content.items, content.article_types, content.topics, content.experts, content.sources, content.images, content.articles,
                content.article_topics, content.article_experts, content.translations, content.events, content.event_topics,
                content.event_experts, content.pages, content.menu_items, content.redirects, content.dirty_items
        """;
    private const string AnalyzeReadModelSql = """
        analyze content.listing, content.keys, content.topic_ancestors, content.expert_topics, content.event_listing
        """;

    // Each attempt may remove lines that refer to lines removed before; no chain of references is longer than this.
    private const int MaxAttempts = 40;

    // The savepoint at which the staging tables are as the lines filled them.
    private const string Staged = "staged";

    /// <summary>Imports lines in one transaction.</summary>
    /// <returns>
    /// The report. It includes rejected lines, which raise no exception; if there are any, nothing is written, unless the options say
    /// otherwise.
    /// </returns>
    /// <exception cref="UnconfirmedCommitException">
    /// The connection was lost during the commit: either everything is written, or nothing.
    /// </exception>
    /// <exception cref="NpgsqlException">The database is not available; nothing is written.</exception>
    public async Task<ImportReport> Run(IAsyncEnumerable<ImportLine> lines, ImportOptions options, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var stage = await Stage.Create(connection, cancel);
        var places = new LinePlaces();
        var (count, rejected, mended) = await Fill(stage, places.Count(lines, cancel), options, cancel);
        // From here on the work is done by the database.
        if (count >= AnalyzeFrom)
            GarbageBound.Collect();

        var session = new ImportSession(connection, stage, clock.GetUtcNow().UtcDateTime, cancel);
        var remedies = new Remedies(session, options.Rejections);
        var report = await Merge(session, remedies, transaction, count, rejected, options);
        report = report with
        {
            Rejected = places.Restore(rejected.Concat(report.Rejected)),
            Mended = places.Restore(mended.Concat(remedies.Mended)),
            Stands = report.Stands,
        };
        if (!report.Stands)
            return report;
        if (options.Finish is not null)
            await options.Finish(connection, report);
        options.Progress?.Report(new("publishing", count));
        var much = report.Created >= AnalyzeFrom;
        if (much)
            await session.Run(AnalyzeContentSql);
        // Runs the triggers of the commit now, without its time limit; on a dry run as well, as they may find a problem.
        await session.Run("set constraints all immediate");
        if (options.Check is not null)
            await options.Check(connection);
        if (options.DryRun)
            return report;
        await Commit(transaction);
        await Finish(session, options, much, count, cancel);
        return report;
    }

    // Not cancellable: a commit is short, and after a cancelled one the caller would not know whether it happened.
    private static async Task Commit(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (NpgsqlException e) when (e is not PostgresException { InvariantSeverity: "ERROR" })
        {
            throw new UnconfirmedCommitException(e);
        }
    }

    // The import is committed. If this fails, autovacuum refreshes the statistics later.
    private static async Task Finish(ImportSession session, ImportOptions options, bool much, long count, CancellationToken cancel)
    {
        try
        {
            if (much)
                await session.Run(AnalyzeReadModelSql);
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is OperationCanceledException)
        {
            options.Progress?.Report(new("statistics are left to the server", count));
        }
    }

    /// <summary>Writes the staged lines, repeatedly until no problem is left, or reports the problems.</summary>
    private async Task<ImportReport> Merge(
        ImportSession session,
        Remedies remedies,
        NpgsqlTransaction transaction,
        long count,
        List<RejectedLine> rejected,
        ImportOptions options
    )
    {
        if (options.Rejections != Rejections.Refuse)
            await session.Run("truncate stage_rejected");
        for (var attempt = 1; ; attempt++)
        {
            if (options.Rejections != Rejections.Refuse)
                await transaction.SaveAsync(Staged, session.Cancel);
            var report = await Merge(
                session,
                count - rejected.Count - remedies.Skipped.Select(line => line.Line).Distinct().Count(),
                rejected.Count,
                options
            );
            var problems = await remedies.List();
            if (options.Rejections == Rejections.Refuse ? problems.Count == 0 && rejected.Count == 0 : problems.Count == 0)
                return report with { Lines = count, Rejected = remedies.Skipped, Stands = true };
            if (options.Rejections == Rejections.Refuse || attempt == MaxAttempts)
                return new(count, 0, 0, 0, [.. remedies.Skipped, .. Remedies.Joined(problems)], options.DryRun) { Stands = false };
            await transaction.RollbackAsync(Staged, session.Cancel);
            await transaction.ReleaseAsync(Staged, session.Cancel);
            await remedies.Apply(problems, isLast: attempt > MaxAttempts / 2);
        }
    }

    /// <returns>The counts; without meaning when there are problems.</returns>
    private async Task<ImportReport> Merge(ImportSession session, long count, int rejected, ImportOptions options)
    {
        var nothing = new ImportReport(count, 0, 0, 0, [], options.DryRun);
        options.Progress?.Report(new("matching", count));
        await Matching.Run(session);
        await ReferenceResolution.Run(session);
        if (
            (rejected > 0 && options.Rejections == Rejections.Refuse)
            || await session.Get<bool>("select exists (select from stage_problems)")
        )
            return nothing;
        options.Progress?.Report(new("writing", count));
        await Kept.Run(session);
        return await Write(session, count, options);
    }

    private async Task<(long Lines, List<RejectedLine> Rejected, List<RejectedLine> Mended)> Fill(
        Stage stage,
        IAsyncEnumerable<ImportLine> lines,
        ImportOptions options,
        CancellationToken cancel
    )
    {
        long count = 0;
        var rejected = new List<RejectedLine>();
        var mended = new List<RejectedLine>();
        await foreach (var batch in LinePipeline.Parse(lines, LineScope.Of(site, options.IgnoresUnknown), options.Rejections, cancel))
        {
            await stage.Add(batch, cancel);
            foreach (var line in batch.Where(line => line.Problems.Count > 0))
                rejected.Add(new(line.Number, line.Resource, line.Slug, string.Join("; ", line.Problems)));
            mended.AddRange(
                batch.SelectMany(line => line.Mended.Select(change => new RejectedLine(line.Number, line.Resource, line.Slug, change)))
            );
            count += batch.Count;
            options.Progress?.Report(new("reading", count));
        }
        return (count, rejected, mended);
    }

    private async Task<ImportReport> Write(ImportSession session, long lines, ImportOptions options)
    {
        await DeletedItems.Delete(session);
        await Details.Write(session);
        await Relations.Write(session);
        await DeletedItems.Move(session);
        await DeletedItems.DeleteTheRest(session);
        await Depths.Check(session);
        await Translations.Write(session);
        var updated = await Facts.Write(session);
        if (!options.TakesRedirectsAsTheyAre)
            await Redirects.DropOwn(session, site);
        var redirects = await Redirects.Write(session);
        if (!options.TakesRedirectsAsTheyAre)
            await new RedirectLoops(session, site).Check();
        var created = redirects.Created + await session.Get<long>("select count(*) from stage_items where is_new");
        updated += redirects.Updated;
        return new(lines, created, updated, lines - created - updated, [], options.DryRun);
    }
}

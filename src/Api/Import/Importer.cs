using Api.Data;
using Api.Http;
using Api.Import.Lines;
using Api.Import.Merging;
using Api.Import.Staging;
using Npgsql;

namespace Api.Import;

/// <summary>Brings lines of the import format into the database: all of them, or nothing.</summary>
internal sealed class Importer(ContentDatabase content, SiteSettings site, TimeProvider clock)
{
    // Statistics for what was just a different database; only worth it after much is new. The triggers at commit need them already.
    private const int AnalyzeFrom = 1_000;
    private const string AnalyzeContentSql = """
        analyze content.items, content.article_types, content.topics, content.experts, content.sources, content.images, content.articles,
                content.article_topics, content.article_experts, content.translations, content.events, content.event_topics,
                content.event_experts, content.pages, content.menu_items, content.redirects, content.touched
        """;
    private const string AnalyzeReadModelSql = """
        analyze content.listing, content.postings, content.keys, content.topic_ancestors, content.expert_topics, content.event_listing
        """;

    // Much that is new goes into these indexes in a few long runs instead of many short ones; readers go on.
    private const string LongListsSql = """
        set local maintenance_work_mem = '256MB';
        alter index content.listing_keys set (gin_pending_list_limit = 65536);
        alter index content.listing_sample set (gin_pending_list_limit = 65536);
        """;
    private const string ShortListsSql = """
        select gin_clean_pending_list('content.listing_keys'), gin_clean_pending_list('content.listing_sample');
        alter index content.listing_keys set (gin_pending_list_limit = 256);
        alter index content.listing_sample set (gin_pending_list_limit = 256);
        """;

    private const string ProblemsSql = """
        select p.line, coalesce(i.resource, 'redirect') as resource, coalesce(i.slug, r.path) as slug,
               string_agg(distinct p.problem, '; ' order by p.problem) as reason
        from   stage_problems p
        left join stage_items i on i.line = p.line
        left join stage_redirects r on r.line = p.line
        group  by p.line, i.resource, i.slug, r.path
        """;

    /// <summary>Imports lines in one transaction.</summary>
    /// <returns>What was done. Rejected lines are in it, not exceptions; with any of them nothing is written.</returns>
    /// <exception cref="UnconfirmedCommitException">The database went away during the commit: all is written, or nothing.</exception>
    /// <exception cref="NpgsqlException">The database is gone; nothing is written.</exception>
    public async Task<ImportReport> Run(IAsyncEnumerable<ImportLine> lines, ImportOptions options, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var stage = await Stage.Create(connection, cancel);
        var places = new LinePlaces();
        var (count, rejected) = await Fill(stage, places.Count(lines, cancel), options, cancel);
        // From here on the database works.
        if (count >= AnalyzeFrom)
            GarbageBound.Collect();

        var session = new ImportSession(connection, stage, clock.GetUtcNow().UtcDateTime, cancel);
        options.Progress?.Report(new("matching", count));
        await Matching.Run(session);
        await Resolution.Run(session);
        rejected.AddRange(await session.List<RejectedLine>(ProblemsSql));
        if (rejected.Count > 0)
            return new(count, 0, 0, 0, places.Restore(rejected), options.DryRun);

        options.Progress?.Report(new("writing", count));
        var report = await Write(session, count, options);
        rejected.AddRange(await session.List<RejectedLine>(ProblemsSql));
        if (rejected.Count > 0)
            return new(count, 0, 0, 0, places.Restore(rejected), options.DryRun);
        if (options.Finish is not null)
            await options.Finish(connection);
        options.Progress?.Report(new("publishing", count));
        var much = report.Created >= AnalyzeFrom;
        if (much)
            await session.Run(AnalyzeContentSql + ";" + LongListsSql);
        // What a commit would run, but without its time limit; on a dry run, too, as it may find something wrong.
        await session.Run("set constraints all immediate");
        if (much)
            await session.Run(ShortListsSql);
        if (options.Check is not null)
            await options.Check(connection);
        if (options.DryRun)
            return report;
        await Commit(transaction);
        await Finish(session, options, much, count, cancel);
        return report;
    }

    // It is short, and nobody who gives up would know what has become of it.
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

    // Everything is in by now. The statistics come by themselves a little later, and what is left of the words a server that runs on this database reads as well.
    private static async Task Finish(ImportSession session, ImportOptions options, bool much, long count, CancellationToken cancel)
    {
        try
        {
            if (much)
                await session.Run(AnalyzeReadModelSql);
            if (options.LeavesWords)
                return;
            options.Progress?.Report(new("reading words", count));
            while (await WordReader.Read(session.Connection, cancel)) { }
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            options.Progress?.Report(new("reading words is left to the server", count));
        }
    }

    private async Task<(long Lines, List<RejectedLine> Rejected)> Fill(
        Stage stage, IAsyncEnumerable<ImportLine> lines, ImportOptions options, CancellationToken cancel)
    {
        long count = 0;
        var rejected = new List<RejectedLine>();
        await foreach (var batch in LinePipeline.Parse(lines, LineScope.Of(site, options.IgnoresUnknown), cancel))
        {
            await stage.Add(batch, cancel);
            foreach (var line in batch.Where(line => line.Problems.Count > 0))
                rejected.Add(new(line.Number, line.Resource, line.Slug, string.Join("; ", line.Problems)));
            count += batch.Count;
            options.Progress?.Report(new("reading", count));
        }
        return (count, rejected);
    }

    private async Task<ImportReport> Write(ImportSession session, long lines, ImportOptions options)
    {
        await Departures.Delete(session);
        await Details.Write(session);
        await Relations.Write(session);
        await Departures.Move(session);
        await Departures.DeleteTheRest(session);
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

using System.Globalization;
using Api.Data;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Following;

/// <summary>
/// Follows a WordPress site: asks for changes at an interval and when the site calls, scans everything in the background, and imports what
/// has changed. After any interruption it continues where it stopped, on this node or another.
/// </summary>
internal sealed class Follower(
    ContentDatabase content,
    Importer importer,
    LiveOptions options,
    WordPressMapping mapping,
    FollowSettings settings
)
{
    private const string LeaseName = "follow wordpress";

    // Making lines of this many parts takes about a second.
    private const int Small = 1_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly FollowedParts parts = new(content.DataSource);

    /// <summary>Receives messages, one sentence each.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>
    /// Follows the site until cancelled; with <see cref="FollowSettings.Once"/> until a complete scan leaves nothing for the next one.
    /// </summary>
    /// <exception cref="SetupException">The operator has to decide before the site can be followed any further.</exception>
    public async Task Run(CancellationToken cancel)
    {
        if (await FollowedSite.Open(content.DataSource, options, cancel) is { } other)
            throw new SetupException($"This database follows {other}. One database follows one site.");
        var pause = new Backoff(BetweenTries, Longest);
        var isTold = false;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var lease = await Lease.TryTake(content.DataSource, LeaseName, cancel);
                if (lease is null)
                {
                    if (!isTold)
                        Tell("Another process follows the site; waiting to take over.");
                    isTold = true;
                    await Task.Delay(BetweenTries, cancel);
                    continue;
                }
                isTold = false;
                using var held = CancellationTokenSource.CreateLinkedTokenSource(cancel, lease.Lost);
                await Follow(lease, () => pause = new Backoff(BetweenTries, Longest), held.Token);
                return;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                Tell("The right to follow was lost; trying to get it again.");
            }
            catch (LiveException e) when (!settings.Once)
            {
                Tell($"Trying again: {e.Message}");
            }
            catch (LiveException e)
            {
                throw new SetupException($"The site could not be followed: {e.Message}", e);
            }
            catch (Exception e)
                when (SharedSessionException.In(e) is null
                    && (DatabaseFailure.Is(e) || e is IOException or UnconfirmedCommitException or WordPressFileException)
                )
            {
                Tell($"Trying again: {e.Message.ReplaceLineEndings(" ")}");
            }
            await Task.Delay(pause.Next(), cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Follow(Lease lease, Action isWell, CancellationToken cancel)
    {
        using var client = new LiveClient(options, TimeProvider.System);
        var api = await LiveApi.Discover(client, options.Site, cancel);
        if (options.User is not null && await client.Get(api.Of("wp/v2/users/me", "_fields=id"), cancel) is { Status: not 200 } refused)
            throw new LiveException($"{options.Site} does not take the application password of {options.User}: {refused.Problem}");
        var look = await Announced();
        var import = new FollowImport(content, importer, parts, mapping, lease, options.User is null, settings.AcceptRemovals);
        var turn = new FollowTurn(settings.Once ? BetweenTries : settings.Every);
        var woken = await Wakes.Last(content.DataSource, Wakes.WordPress, cancel);
        for (var isFirst = true; ; isFirst = false)
        {
            var site = await FollowedSite.Read(content.DataSource, cancel);
            if (isFirst || turn.IsCompleteDue)
            {
                if (!isFirst)
                    look = await Announced();
                turn.BeginComplete();
                var contents = await look.Complete(() => site.Contents is null ? Task.CompletedTask : QuickIfDue(), cancel);
                turn.EndComplete(look.Requests);
                await FollowedSite.Looked(content.DataSource, contents, cancel);
                foreach (var note in isFirst ? [.. contents.Notes, .. look.Notes] : look.Notes)
                    Tell(note);
                await Import(all: true);
                if (site.Contents is null)
                    Tell(string.Create(CultureInfo.InvariantCulture, $"All of the site is here, after {look.Requests} requests."));
                if (await parts.IsAnythingDoubtful(cancel))
                    turn.CompleteSoon();
                else if (settings.Once)
                    return;
            }
            await QuickIfDue();
            isWell();
            await Task.Delay(Tick, cancel);
        }

        async Task<FollowLook> Announced() =>
            new(client, api, await LiveCollections.Announced(client, api, options, LiveNames.Open, cancel), parts, options);

        async Task QuickIfDue()
        {
            if (await Wakes.Last(content.DataSource, Wakes.WordPress, cancel) is { } called && called != woken)
            {
                woken = called;
                turn.Called();
            }
            if (!turn.IsQuickDue)
                return;
            turn.BeginQuick();
            var site = await FollowedSite.Read(content.DataSource, cancel);
            var asked = await look.Quick(site.AskedAt, cancel);
            if (asked is { } at)
                await FollowedSite.Asked(content.DataSource, at.UtcDateTime, cancel);
            await Import(all: false);
        }

        async Task Import(bool all)
        {
            var site = await FollowedSite.Read(content.DataSource, cancel);
            if (!site.IsStale || site.Contents is null)
                return;
            var isAll = all || await parts.Count(cancel) <= Small;
            if (!isAll && !await parts.IsAnythingNew(cancel))
                return;
            var report = await import.Run(site, isAll, cancel);
            if (report.Created + report.Updated + report.Removed > 0)
                Tell(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{report.Created} created, {report.Updated} updated, {report.Removed} removed."
                    )
                );
            foreach (var left in report.Left)
                Tell($"Left out: {left}");
        }
    }
}

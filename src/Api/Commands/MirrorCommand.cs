using System.CommandLine;
using Api.Data;
using Api.Hosting;
using Api.Http.Site;
using Api.Import;
using Api.Import.Mirror;

namespace Api.Commands;

/// <summary><c>mirror</c>: keeps the database a copy of another instance's content.</summary>
internal static class MirrorCommand
{
    // "mirror" in ASCII. One process at a time may mirror into a database.
    private const long LockKey = 0x6d_69_72_72_6f_72;

    private const int Attempts = 10;

    private static readonly TimeSpan AfterRejection = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var url = new Argument<string>("URL") { Description = "Base URL of the other instance, such as https://api.example.org" };
        var once = new Option<bool>("--once") { Description = "Catch up and exit, instead of following until Ctrl-C." };
        var verify = new Option<bool>("--verify")
        {
            Description = "Catch up, compare every item with a snapshot of the other instance, and exit, with code 1 if they differ.",
        };
        var release = new Option<bool>("--release")
        {
            Description = "Turn the copy into an independent database, into which content can be imported, and exit.",
        };
        var command = new Command(
            "mirror",
            "Keep an empty database a copy of another instance: its content, then its changes as they happen."
        )
        {
            url,
            once,
            verify,
            release,
        };
        command.Validators.Add(parsed =>
        {
            if (new[] { once, verify, release }.Count(parsed.GetValue) > 1)
                parsed.AddError("Only one of --once, --verify and --release can be given.");
        });
        command.SetAction(
            (parsed, cancel) =>
                Run(
                    parsed.GetValue(url)!,
                    (content, mirror) =>
                        parsed.GetValue(verify) ? Verify(content, mirror, cancel)
                        : parsed.GetValue(release) ? Release(content, mirror, cancel)
                        : Follow(content, mirror, parsed.GetValue(once), cancel),
                    cancel
                )
        );
        return command;
    }

    private static async Task<int> Run(string url, Func<ContentDatabase, Mirror, Task<int>> action, CancellationToken cancel)
    {
        var builder = ApiHost.CreateBuilder();
        var site = SiteSettings.From(builder.Configuration);
        await using var server = await ContentServer.Open(builder.Configuration, builder.Environment.ContentRootPath, cancel);
        await server.Prepare(server.IsPrivate, cancel);
        server.Supervise(Console.Error.WriteLine);
        await using var content = new ContentDatabase(server.Connections);
        using var client = new MirrorClient(Origin(url));
        await using var events = new OriginEvents(client, TimeProvider.System) { Tell = Console.WriteLine };
        var mirror = new Mirror(content, new Importer(content, site, TimeProvider.System), client, events, Origin(url), TimeProvider.System)
        {
            Tell = Console.WriteLine,
        };
        try
        {
            return await action(content, mirror);
        }
        catch (MirrorException e)
        {
            throw new SetupException(e.Message, e);
        }
    }

    private static string Origin(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query == "" && uri.Fragment == ""
            ? url.TrimEnd('/') is var given && given.EndsWith("/v1", StringComparison.Ordinal)
                ? given[..^"/v1".Length]
                : given
            : throw new SetupException($"'{url}' is no absolute http or https URL, such as https://api.example.org");

    // After a temporary failure it continues where it stopped.
    private static async Task<int> Follow(ContentDatabase content, Mirror mirror, bool once, CancellationToken cancel)
    {
        var pause = new Backoff(TimeSpan.FromMilliseconds(250), Longest);
        for (var failures = 0; ; )
        {
            try
            {
                await using var lease = await Lease(content, cancel);
                while (true)
                {
                    await mirror.CatchUp(wait: !once, cancel);
                    (failures, pause) = (0, new Backoff(TimeSpan.FromMilliseconds(250), Longest));
                    if (once)
                        return 0;
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return 0;
            }
            catch (Exception e)
                when (SharedSessionException.In(e) is null
                    && (DatabaseFailure.Is(e) || e is IOException or HttpRequestException or InvalidOperationException or RejectedException)
                )
            {
                if (once && (e is RejectedException || ++failures == Attempts))
                    throw new SetupException($"The copy could not catch up: {e.Message.ReplaceLineEndings(" ")}", e);
                await Console.Error.WriteLineAsync($"Trying again: {e.Message.ReplaceLineEndings(" ")}");
                // The same snapshot would be rejected again soon.
                if (e is RejectedException)
                    await Task.Delay(AfterRejection, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await Task.Delay(pause.Next(), cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<int> Verify(ContentDatabase content, Mirror mirror, CancellationToken cancel)
    {
        // While content changes, the snapshot may reflect another sequence than the copy.
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await Follow(content, mirror, once: true, cancel);
            switch (await mirror.Verify(cancel))
            {
                case < 0:
                    continue;
                case 0:
                    Console.WriteLine("Every item is the same in the other instance.");
                    return 0;
                case var differing:
                    Console.WriteLine($"{differing} items differ from the other instance.");
                    return 1;
            }
        }
        throw new SetupException(
            $"The other instance changed all the time: no snapshot of {Attempts} was of the moment of the copy. Try again when less is published."
        );
    }

    private static async Task<int> Release(ContentDatabase content, Mirror mirror, CancellationToken cancel)
    {
        try
        {
            await using var lease = await Lease(content, cancel);
            Console.WriteLine(
                await mirror.Release(cancel)
                    ? "This database is no copy any more: it has the content it has, and takes imports."
                    : "This database was no copy."
            );
            return 0;
        }
        catch (IOException e)
        {
            throw new SetupException($"The copy cannot be released: {e.Message}. Stop that first.", e);
        }
    }

    // The server notices that a process was killed only after it has completed that process's last statement. A process that takes over
    // waits until then.
    private static async Task<DatabaseLock> Lease(ContentDatabase content, CancellationToken cancel) =>
        await DatabaseLock.TryTake(content.DataSource, LockKey, cancel)
        ?? throw new IOException("another process is mirroring into this database");
}

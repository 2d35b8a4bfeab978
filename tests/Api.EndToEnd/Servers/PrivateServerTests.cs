using System.Diagnostics;
using System.Globalization;
using System.Net;
using Api.Data.Server;
using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd.Servers;

/// <summary>The program with a private server, which dies or gets other files while everybody asks.</summary>
public sealed class PrivateServerTests(PrivateServerTests.Fixture api) : IClassFixture<PrivateServerTests.Fixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_killed_is_back_in_a_moment_and_meanwhile_what_is_kept_is_served_and_the_rest_is_a_503()
    {
        await Ready();
        await using var load = await Load.Start(api.Client, Cancel);
        await load.Well(load.Now, Cancel);
        var (killed, before) = (load.Now, await api.Kill());
        await Another(before);
        await load.Well(load.Now, Cancel);
        await Ready();
        Tell(
            $"{load.Refused} answers were 503, the last {((load.LastRefusal ?? killed) - killed).TotalSeconds:0.0} s after the server was killed"
        );
        Assert.Empty(load.Wrong);
        Assert.Contains("The private PostgreSQL server has died: starting it again.", api.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_of_its_files_is_noticed_and_meanwhile_readers_are_answered()
    {
        await Ready();
        var good = await File.ReadAllBytesAsync(api.Postgres.Plpgsql, Cancel);
        await using var load = await Load.Start(api.Client, Cancel);
        await load.Well(load.Now, Cancel);

        // Half of an update: a library that the program does not go with.
        var before = await api.ServerProcess();
        CopiedPostgres.Replace(api.Postgres.Plpgsql, "no library"u8.ToArray());
        before = await Another(before);
        await Ready("database-files");
        using (var search = await api.Client.GetAsync(new Uri("/v1/search?q=halfway", UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.OK, search.StatusCode);
        using (var list = await api.Client.GetAsync(new Uri("/v1/articles?limit=99&fields=slug", UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.OK, list.StatusCode);

        // The other half.
        var replaced = load.Now;
        CopiedPostgres.Replace(api.Postgres.Plpgsql, good);
        CopiedPostgres.Replace(api.Postgres.Postgres, await File.ReadAllBytesAsync(api.Postgres.Postgres, Cancel));
        await Another(before);
        await Ready();
        await load.Well(load.Now, Cancel);
        Tell(
            $"{load.Refused} answers were 503, the last {((load.LastRefusal ?? replaced) - replaced).TotalSeconds:0.0} s after the update was whole"
        );
        Assert.Empty(load.Wrong);
        Assert.Contains(
            "The private PostgreSQL server runs on files that have been replaced: starting it again.",
            api.Process.Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("reading")]
    [InlineData("writing")]
    [InlineData("publishing")]
    public async Task An_import_whose_server_is_killed_writes_nothing_and_says_so_in_one_line(string step)
    {
        await Ready();
        var type = Some.Slug("type");
        var file = Path.Combine(api.Folder, $"{type}.ndjson");
        string[] lines = [Some.ArticleType(new { slug = type }), .. Enumerable.Range(0, 12_000).Select(_ => Some.Article(new { type }))];
        await File.WriteAllLinesAsync(file, lines, Cancel);
        using (var import = api.Import(file))
        {
            await Until(() => import.Errors.Contains(step, StringComparison.Ordinal) || import.HasExited);
            var before = await api.Kill();
            Assert.Equal(1, await import.Exit(Cancel));
            Assert.StartsWith("The import stopped and nothing was written: ", import.Errors.Split('\n')[^1], StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", import.Errors + import.Output, StringComparison.Ordinal);
            await Another(before);
        }
        await Ready();
        using (var none = await api.Client.GetAsync(new Uri($"/v1/articles?type={type}", UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        // All articles are of the type that is not there. Some of them show that they can be imported again: only the killed import has to
        // be a long one.
        await File.WriteAllLinesAsync(file, lines[..2_001], Cancel);
        using var again = api.Import(file);
        Assert.Equal(0, await again.Exit(Cancel));
        Assert.Equal("2001 created, 0 updated, 0 unchanged.", again.Output);
    }

    private async Task<int> Another(int before)
    {
        await Until(async () => await api.ServerProcess() is not 0 and var now && now != before);
        return await api.ServerProcess();
    }

    // Ready, or not for that reason alone.
    private async Task Ready(string? reason = null)
    {
        var said = "";
        try
        {
            await Until(async () =>
            {
                using var answer = await api.Client.GetAsync(new Uri("/readyz", UriKind.Relative), Cancel);
                said = await answer.Content.ReadAsStringAsync(Cancel);
                return reason is null ? answer.StatusCode == HttpStatusCode.OK : said.Contains($"\"{reason}\"", StringComparison.Ordinal);
            });
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"It says {said}\n{api.Process.Errors}", e);
        }
    }

    private static Task Until(Func<bool> happened) => Until(() => Task.FromResult(happened()));

    private static async Task Until(Func<Task<bool>> happened)
    {
        for (var waited = Stopwatch.StartNew(); !await happened(); await Task.Delay(50, Cancel))
        {
            if (waited.Elapsed > TimeSpan.FromMinutes(2))
                throw new TimeoutException("It did not happen.");
        }
    }

    private static void Tell(FormattableString sentence) =>
        TestContext.Current.SendDiagnosticMessage(sentence.ToString(CultureInfo.InvariantCulture));

    /// <summary>One API for all of them, on a copy of the machine's PostgreSQL.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TriedFolder tried = new();

        public string Folder => tried.Path;

        public HttpClient Client { get; private set; } = null!;

        internal ApiProcess Process { get; private set; } = null!;

        internal CopiedPostgres Postgres { get; private set; } = null!;

        private (string Name, string? Value)[] Settings =>
            [
                ("ConnectionStrings__Content", null),
                ("PostgreSql__Source", "system"),
                ("PostgreSql__DataFolder", Folder),
                ("PATH", $"{Postgres.Binaries.Folder}:{Environment.GetEnvironmentVariable("PATH")}"),
                ("Serilog__MinimumLevel__Override__Api.Http.Requests.Failures", "Fatal"),
                ("Serilog__MinimumLevel__Override__Serilog", "Warning"),
            ];

        public async ValueTask InitializeAsync()
        {
            Postgres = await CopiedPostgres.Make(CancellationToken.None);
            Process = ApiProcess.Start(["--urls", "http://127.0.0.1:0"], Settings);
            Client = new HttpClient { BaseAddress = await Process.Listening(CancellationToken.None), Timeout = TimeSpan.FromSeconds(30) };
        }

        public async ValueTask DisposeAsync()
        {
            Client?.Dispose();
            Process.Terminate();
            var code = await Process.Exit(CancellationToken.None);
            Process.Dispose();
            Postgres.Dispose();
            Assert.False(File.Exists((await tried.Open()).PostmasterPid));
            await tried.DisposeAsync();
            Assert.Equal(0, code);
        }

        internal ApiProcess Import(string file) => ApiProcess.Start(["import", "ndjson", file], Settings);

        /// <summary>The process id of the server that runs; 0 when none does.</summary>
        public async Task<int> ServerProcess() => await Postmaster.Running(await tried.Open(), Cancel) ?? 0;

        /// <summary>Kills the server as the kernel does for want of memory. Returns its process id.</summary>
        public async Task<int> Kill()
        {
            var id = await ServerProcess();
            using var postmaster = System.Diagnostics.Process.GetProcessById(id);
            postmaster.Kill();
            return id;
        }
    }
}

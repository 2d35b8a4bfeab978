using System.Diagnostics;
using Api.Data;
using Api.Tests.Support;

namespace Api.EndToEnd.Commands;

public sealed class ImportCommandTests(TestServer server) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("import-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_second_run_changes_nothing_and_a_dry_run_writes_nothing()
    {
        var connections = await server.Clone();
        var file = Write(
            Some.ArticleType(new { slug = "brief" }),
            Some.Topic(new { slug = "china" }),
            Some.Article(new { topics = new[] { "china" } })
        );
        (string Output, int Code)[] runs =
        [
            await Import(connections.Content, file, "--dry-run"),
            await Import(connections.Content, file),
            await Import(connections.Content, file),
        ];
        Assert.All(runs, run => Assert.Equal(0, run.Code));
        Assert.Equal(
            [
                "Dry run: would be 3 created, 0 updated, 0 unchanged.",
                "3 created, 0 updated, 0 unchanged.",
                "0 created, 0 updated, 3 unchanged.",
            ],
            runs.Select(run => run.Output)
        );
        await server.Drop(connections);
    }

    [Fact]
    public async Task A_rejected_line_is_named_and_nothing_is_written()
    {
        var connections = await server.Clone();
        var file = Write(Some.Topic(new { slug = "china" }), Some.Topic(new { slug = "bad", parent = "nowhere" }));
        var (output, code) = await Import(connections.Content, file);
        Assert.Equal(1, code);
        Assert.Contains("line 2, topic bad: ", output, StringComparison.Ordinal);
        Assert.Contains("1 of 2 lines rejected; nothing was written.", output, StringComparison.Ordinal);
        await server.Drop(connections);
    }

    [Fact]
    public async Task An_import_begins_again_without_profiling_as_the_same_process()
    {
        var connections = await server.Clone();
        var pipe = Path.Combine(folder, "Zeilen für später.ndjson");
        using (var make = Process.Start("mkfifo", [pipe]))
            await make.WaitForExitAsync(Cancel);
        using var api = ApiProcess.Start(
            ["import", "ndjson", pipe],
            ("ConnectionStrings__Content", connections.Content),
            ("DOTNET_TieredPGO", null)
        );
        // Opens when the other side does, which is when it runs for good.
        await using (var lines = await Task.Run(() => new StreamWriter(pipe), Cancel).WaitAsync(TimeSpan.FromMinutes(1), Cancel))
        {
            Assert.Contains("DOTNET_TieredPGO=0", (await File.ReadAllTextAsync($"/proc/{api.Id}/environ", Cancel)).Split('\0'));
            await lines.WriteLineAsync(Some.Topic(new { slug = "china" }));
        }
        Assert.Equal(0, await api.Exit(Cancel));
        Assert.Equal("1 created, 0 updated, 0 unchanged.", api.Output.Split('\n')[^1]);
        await server.Drop(connections);
    }

    [Fact]
    public async Task A_copy_of_another_instance_takes_no_imports_until_it_is_released()
    {
        var connections = await server.Clone();
        await using (var content = new ContentDatabase(connections))
            await content
                .DataSource.CreateCommand("insert into content.mirror values (default, 'https://api.example.org', '7.abcdefgh', now())")
                .ExecuteNonQueryAsync(Cancel);
        var file = Write(Some.Topic(new { slug = "china" }));
        var (said, code) = await Import(connections.Content, file);
        Assert.Equal(1, code);
        Assert.Contains("This database is a copy of https://api.example.org: import there.", said, StringComparison.Ordinal);
        Assert.Contains("mirror https://api.example.org --release", said, StringComparison.Ordinal);
        using var release = ApiProcess.Start(
            ["mirror", "https://api.example.org/", "--release"],
            ("ConnectionStrings__Content", connections.Content)
        );
        Assert.Equal(0, await release.Exit(Cancel));
        Assert.Contains("no copy any more", release.Output, StringComparison.Ordinal);
        Assert.Equal(("1 created, 0 updated, 0 unchanged.", 0), await Import(connections.Content, file));
        await server.Drop(connections);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_one_line()
    {
        using var api = ApiProcess.Start(
            ["import", "ndjson", Path.Combine(folder, "missing.ndjson")],
            ("ConnectionStrings__Content", "Host=127.0.0.1;Port=1;Username=a;Password=b;Database=c")
        );
        Assert.Equal(1, await api.Exit(Cancel));
        Assert.Contains("missing.ndjson", Assert.Single(api.Errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_is_not_there_is_one_line_and_leaves_nothing()
    {
        using var api = ApiProcess.Start(["import", "wordpress", "https://no-such-host.invalid"], ("PostgreSql__DataFolder", folder));
        Assert.Equal(1, await api.Exit(Cancel));
        Assert.StartsWith(
            "https://no-such-host.invalid/ could not be read",
            Assert.Single(api.Errors.Split('\n')),
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    private string Write(params string[] lines)
    {
        var file = Path.Combine(folder, "content.ndjson");
        File.WriteAllLines(file, lines);
        return file;
    }

    private static async Task<(string Output, int Code)> Import(string content, params string[] arguments)
    {
        using var api = ApiProcess.Start(["import", "ndjson", .. arguments], ("ConnectionStrings__Content", content));
        var code = await api.Exit(Cancel);
        return (code == 0 ? api.Output : $"{api.Output}{api.Errors}", code);
    }
}

using Api.Tests.Support;

namespace Api.EndToEnd.Commands;

public sealed class ExportCommandTests(ContentFixture api) : IClassFixture<ContentFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("export-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_file_and_standard_output_get_the_same_lines()
    {
        await api.Import(Some.Article(new { title = "Ñandú" }));
        var file = Path.Combine(folder, "content.ndjson");
        await File.WriteAllTextAsync(file, "what was there before", Cancel);
        var (output, errors, code) = await Export(api.Connections.Content);
        Assert.Equal(0, code);
        Assert.EndsWith("lines written.", errors, StringComparison.Ordinal);
        Assert.Contains("\"title\":\"Ñandú\"", output, StringComparison.Ordinal);

        Assert.Equal(0, (await Export(api.Connections.Content, file)).Code);
        Assert.Equal(output + "\n", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    [Fact]
    public async Task An_export_that_breaks_off_leaves_the_file_as_it_was()
    {
        var file = Path.Combine(folder, "content.ndjson");
        await File.WriteAllTextAsync(file, "what was there before", Cancel);
        await api.Import([.. Enumerable.Range(0, 1_000).Select(_ => Some.Topic())]);
        await api.Execute("alter table content.menu_items rename to hidden_away");
        var (_, errors, code) = await Export(api.Connections.Content, file);
        await api.Execute("alter table content.hidden_away rename to menu_items");
        Assert.Equal(1, code);
        Assert.StartsWith("The export stopped, nothing was written: ", errors.Split('\n')[^1], StringComparison.Ordinal);
        Assert.Equal("what was there before", await File.ReadAllTextAsync(file, Cancel));
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("missing/content.ndjson")]
    [InlineData("")]
    [InlineData("/dev/full")]
    public async Task A_place_that_cannot_be_written_is_one_line(string place)
    {
        await api.Import(Some.Topic());
        var (_, errors, code) = await Export(api.Connections.Content, Path.Combine(folder, place));
        Assert.Equal(1, code);
        Assert.StartsWith("The export stopped, ", errors.Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_one_line()
    {
        var (_, errors, code) = await Export(
            "Host=127.0.0.1;Port=1;Username=a;Password=b;Database=c",
            Path.Combine(folder, "content.ndjson")
        );
        Assert.Equal(1, code);
        Assert.Contains("does not answer", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    private static async Task<(string Output, string Errors, int Code)> Export(string content, params string[] arguments)
    {
        using var process = ApiProcess.Start(["export", "ndjson", .. arguments], ("ConnectionStrings__Content", content));
        var code = await process.Exit(Cancel);
        return (process.Output, process.Errors, code);
    }
}

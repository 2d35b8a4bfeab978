using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Api.Data;
using Api.Hosting;
using Api.Http.Caching;
using Api.Http.Site;
using Api.Import;
using Api.Import.Lines;
using Api.Import.Merging;
using Api.Listing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Api.Tests.Support;

/// <summary>
/// A real API on a database of its own. Use as <c>IClassFixture&lt;ApiFixture&gt;</c>, or derive from it for other settings.
/// </summary>
public class ApiFixture(TestServer server) : IAsyncLifetime
{
    private Connections? connections;
    private ContentDatabase? content;
    private WebApplication? app;

    /// <summary>Asks the API; does not follow redirects.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>The database under its owner's login.</summary>
    public NpgsqlDataSource Database => content!.DataSource;

    /// <summary>Services of the running API.</summary>
    public IServiceProvider Services => app!.Services;

    internal Connections Connections => connections!;

    internal ContentDatabase ContentDatabase => content!;

    public async ValueTask InitializeAsync()
    {
        connections = await Connect();
        content = new ContentDatabase(connections with { Content = DataSources.Hosts(connections.Content)[0] });
        await Seed();
        app = await Start();
        Client = ClientOf(app);
        await WordsAreRead(app);
    }

    /// <summary>Starts one more API like this one, for the caller to dispose.</summary>
    public async Task<WebApplication> Start()
    {
        var builder = ApiHost.CreateBuilder();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Warning";
        // The same on every machine, and reading dictionaries takes long.
        builder.Configuration["Search:Dictionaries"] = Directory
            .CreateDirectory(Path.Combine(AppContext.BaseDirectory, "no-dictionaries"))
            .FullName;
        Configure(builder);
        var started = ApiHost.Build(builder, () => connections!);
        await started.StartAsync();
        return started;
    }

    /// <summary>Asks an API; does not follow redirects.</summary>
    public static HttpClient ClientOf(WebApplication api) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(api.Urls.First()) };

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client?.Dispose();
        if (app is not null)
            await app.DisposeAsync();
        if (content is not null)
            await content.DisposeAsync();
        if (connections is not null)
            await Disconnect(connections);
    }

    /// <summary>The JSON at a path, which must answer with <paramref name="expected"/>.</summary>
    public async Task<JsonNode> GetJson(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await AnswerTo(new Uri(path, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{path} answered {(int)answer.StatusCode}, not {(int)expected}: {text}");
        // A tree of topics nests deeper than the parser's usual limit.
        return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 256 })!;
    }

    /// <summary>Imports lines of the import format, such as those of <see cref="Some"/>; all must be taken.</summary>
    public async Task Import(params string[] lines)
    {
        var report = await TryImport(lines);
        Assert.True(report.Succeeded, string.Join('\n', report.Rejected));
    }

    /// <summary>Imports lines of the import format.</summary>
    internal async Task<ImportReport> TryImport(IEnumerable<string> lines, bool dryRun = false, Rejections rejections = Rejections.Refuse)
    {
        var importer = new Importer(ContentDatabase, SiteSettings.From(new ConfigurationBuilder().Build()), TimeProvider.System);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var report = await importer.Run(
            NdjsonReader.Read(file),
            new ImportOptions { DryRun = dryRun, Rejections = rejections },
            TestContext.Current.CancellationToken
        );
        await Notice();
        return report;
    }

    /// <summary>Imports lines that a reader made.</summary>
    internal async Task<ImportReport> TryImport(IReadOnlyList<ImportLine> lines, Rejections rejections)
    {
        var report = await new Importer(ContentDatabase, SiteSettings.From(new ConfigurationBuilder().Build()), TimeProvider.System).Run(
            lines.ToAsyncEnumerable(),
            new ImportOptions { Rejections = rejections },
            TestContext.Current.CancellationToken
        );
        await Notice();
        return report;
    }

    /// <summary>Runs a statement as the owner of the content.</summary>
    public async Task Execute(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await Notice();
    }

    /// <summary>Holds every commit up, and with them the publisher, until the result is disposed of.</summary>
    public async Task<IAsyncDisposable> HoldCommits()
    {
        var connection = await Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var hold = connection.CreateCommand();
        hold.CommandText = "begin; select from content.head for update";
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Makes the API look at what has changed, instead of waiting for it to notice.</summary>
    public Task Notice() => app is null ? Task.CompletedTask : Notice(app);

    /// <summary>Makes an API look at what has changed, until its lists are as of that.</summary>
    public static async Task Notice(WebApplication app)
    {
        var cache = app.Services.GetRequiredService<AnswerCache>();
        var check = app.Services.GetRequiredService<ChangeCheck>();
        var lists = app.Services.GetRequiredService<ListIndex>();
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(5))
        {
            if (
                !await check.Run(TestContext.Current.CancellationToken)
                || (lists.Latest is { Words.IsComplete: true } known && known.Sequence >= cache.Head && cache.Now.Sequence >= cache.Head)
            )
                return;
        }
    }

    /// <summary>Waits until an API that has just started has read the words of its content.</summary>
    public static async Task WordsAreRead(WebApplication app)
    {
        var lists = app.Services.GetRequiredService<ListIndex>();
        for (
            var patience = Stopwatch.StartNew();
            lists.Latest is not { Words.IsComplete: true } && patience.Elapsed < TimeSpan.FromMinutes(3);
            await Task.Delay(5)
        ) { }
    }

    /// <summary>Gets an address for <see cref="GetJson"/>.</summary>
    protected virtual Task<HttpResponseMessage> AnswerTo(Uri address, CancellationToken cancel) => Client.GetAsync(address, cancel);

    /// <summary>The database; runs before everything else.</summary>
    private protected virtual Task<Connections> Connect() => server.Clone();

    /// <summary>Throws the database away.</summary>
    private protected virtual Task Disconnect(Connections connections) => server.Drop(connections);

    /// <summary>Other settings or services; runs before the API is built.</summary>
    protected virtual void Configure(WebApplicationBuilder builder) { }

    /// <summary>Content that all tests of the class share; runs before the API starts.</summary>
    protected virtual Task Seed() => Task.CompletedTask;
}

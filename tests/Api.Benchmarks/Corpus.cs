using System.Globalization;
using System.Reflection;
using Api.Commands;
using Api.Data;
using Dapper;
using Microsoft.Extensions.Configuration;

namespace Api.Benchmarks;

/// <summary>
/// A database of so many articles, made when it is not there, on a private server that lives as long as this object (or the one of
/// <c>ConnectionStrings__Content</c>).
/// </summary>
internal sealed class Corpus : IAsyncDisposable
{
    /// <summary>Gives the article <c>@item</c> the title <c>@title</c>.</summary>
    public const string RetitleSql = """
        update content.articles set title = @title where item_id = @item;
        update content.items set updated_at = clock_timestamp() where item_id = @item;
        """;

    private readonly ContentServer server;

    private Corpus(ContentServer server, IConfiguration configuration, int articles, string version) =>
        (this.server, Configuration, Articles, PostgresVersion) = (server, configuration, articles, version);

    public IConfiguration Configuration { get; }

    public Connections Connections => server.Connections;

    /// <summary>How many there are, drafts included; named <c>article-1</c> and on.</summary>
    public int Articles { get; }

    public string PostgresVersion { get; }

    public static async Task<Corpus> Open(int articles)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new(
                    "PostgreSql:DataFolder",
                    Path.GetFullPath(Path.Combine(".data", string.Create(CultureInfo.InvariantCulture, $"benchmark-{articles}")))
                ),
            ])
            .AddEnvironmentVariables()
            .Build();
        var server = await ContentServer.Open(configuration, Directory.GetCurrentDirectory(), default);
        await server.Prepare(true, default);
        await using var content = new ContentDatabase(server.Connections);
        await using var owner = await content.DataSource.OpenConnectionAsync();
        if (await owner.ExecuteScalarAsync<int>("select count(*) from (select from content.articles limit 1) a") == 0)
        {
            Console.WriteLine($"making {articles} articles; a million take ten minutes");
            using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("corpus.sql")!);
            await owner.ExecuteAsync(await text.ReadToEndAsync());
            await owner.ExecuteAsync($"call corpus({articles})", commandTimeout: 0);
            await owner.ExecuteAsync("vacuum analyze", commandTimeout: 0);
        }
        var visible = await owner.ExecuteScalarAsync<int>("select articles from content.keys where kind = 'all'");
        var version = await owner.ExecuteScalarAsync<string>("select current_setting('server_version')") ?? "";
        Console.WriteLine($"{visible} visible articles, PostgreSQL {version}");
        return new Corpus(server, configuration, articles, version);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

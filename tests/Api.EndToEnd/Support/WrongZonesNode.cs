using System.Globalization;
using System.Text.Json.Nodes;
using Api.Data;
using Api.Tests.Support;

namespace Api.EndToEnd.Support;

/// <summary>
/// An API whose machine knows no time zone rightly, in Vancouver, with an event in each zone of <see cref="ChangedZone"/>. What is in it
/// was imported there, too.
/// </summary>
public sealed class WrongZonesNode(TestServer server) : IAsyncLifetime
{
    private readonly WrongZones zones = new();
    private ApiProcess? process;
    private Connections connections = null!;

    public HttpClient Client { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connections = await server.Clone();
        var (said, code) = await Import([
            Some.ArticleType(new { slug = "note" }),
            Some.Article(
                new
                {
                    slug = "late-evening",
                    type = "note",
                    publishedAt = "2026-11-20T07:30:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "vancouver-2027",
                    startsAt = "2027-01-15T20:00:00Z",
                    endsAt = "2027-01-15T21:00:00Z",
                    timeZone = "America/Vancouver",
                }
            ),
            Some.Event(
                new
                {
                    slug = "edmonton-2027",
                    startsAt = "2027-01-15T20:00:00Z",
                    endsAt = "2027-01-15T21:00:00Z",
                    timeZone = "America/Edmonton",
                }
            ),
            .. ChangedZone.All.Select(zone =>
                Some.Event(
                    new
                    {
                        slug = zone.Slug,
                        startsAt = zone.At,
                        endsAt = zone.At.AddMinutes(15),
                        timeZone = zone.Name,
                    }
                )
            ),
        ]);
        Assert.True(code == 0, said);
        process = ApiProcess.Start(["serve", "--urls", "http://127.0.0.1:0"], Settings);
        Client = new HttpClient { BaseAddress = await process.Listening(Cancel) };
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        process?.Dispose();
        zones.Dispose();
        await server.Drop(connections);
    }

    /// <summary>Imports lines there.</summary>
    /// <returns>What the command said, and its exit code.</returns>
    public async Task<(string Said, int Code)> Import(IEnumerable<string> lines)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, lines, Cancel);
        using var import = ApiProcess.Start(["import", "ndjson", file], Settings);
        var code = await import.Exit(Cancel);
        File.Delete(file);
        return ($"{import.Output}\n{import.Errors}", code);
    }

    public async Task<string> Text(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(
            answer.IsSuccessStatusCode,
            string.Create(CultureInfo.InvariantCulture, $"{path} answered {(int)answer.StatusCode}: {text}")
        );
        return text;
    }

    public async Task<JsonNode> Json(string path) => JsonNode.Parse(await Text(path))!;

    private (string, string?)[] Settings =>
        [
            ("TZDIR", zones.Folder),
            ("ConnectionStrings__Content", connections.Content),
            ("Site__TimeZone", "America/Vancouver"),
            ("Serilog__MinimumLevel__Default", "Warning"),
        ];
}

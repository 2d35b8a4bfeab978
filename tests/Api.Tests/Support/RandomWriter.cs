using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Api.Data;
using Api.Http;
using Api.Import;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Api.Tests.Support;

/// <summary>Does to content what editors do, at random: each write is an import of one to some lines.</summary>
internal sealed class RandomWriter : IAsyncDisposable
{
    private static readonly string[] Words = ["sea", "lanes", "grain", "rivers", "customs", "Küste", "frontière", "שלום", "tariffs", "ports", "floods", "courts", "& <more>", "l’Europe"];
    private static readonly string[] Roles = ["author", "featured", "contributor"];
    private static readonly string[] Outlets = ["The Daily Example", "Evening Sample", "Radio Specimen"];

    private readonly Random random;
    private readonly ContentDatabase content;
    private readonly Importer importer;
    private readonly Dictionary<string, List<JsonObject>> items = new()
    {
        ["articleType"] = [], ["topic"] = [], ["expert"] = [], ["article"] = [], ["event"] = [], ["page"] = [], ["menu"] = [],
    };

    private int made;

    /// <param name="connections">The database to write to.</param>
    /// <param name="seed">The same seed does the same, but for the clock.</param>
    public RandomWriter(Connections connections, int seed)
    {
        random = new Random(seed);
        content = new ContentDatabase(connections);
        importer = new Importer(content, SiteSettings.From(new ConfigurationBuilder().Build()), TimeProvider.System);
    }

    /// <summary>Writes that were taken.</summary>
    public int Written { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Something to begin with.</summary>
    public async Task Begin()
    {
        for (var n = 0; n < 3; n++) await Create("articleType", Type());
        for (var n = 0; n < 8; n++) await Create("topic", Topic());
        for (var n = 0; n < 4; n++) await Create("expert", Expert());
        for (var n = 0; n < 15; n++) await Create("article", Article());
        for (var n = 0; n < 3; n++) await Create("event", Event());
        for (var n = 0; n < 3; n++) await Create("page", Page());
        await Create("menu", Menu());
    }

    /// <summary>One write. What the import does not take, such as a circle of topics, is not written.</summary>
    public Task Write() => random.Next(100) switch
    {
        < 20 => Create("article", Article()),
        < 36 => Change("article", Edit),
        < 42 => Change("article", Rename),
        < 50 => Change("article", Retopic),
        < 62 => Change("article", Hide),
        < 66 => Change("article", Show),
        < 70 => Change("topic", topic => topic["parent"] = Pick("topic")),
        < 72 => Change("topic", topic => topic["mergedInto"] = Pick("topic")),
        < 74 => Change("topic", Rename),
        < 76 => Change("topic", Hide),
        < 78 => Change("topic", Show),
        < 80 => Create("topic", Topic()),
        < 82 => Change("expert", expert => expert["name"] = Text(2)),
        < 83 => Change("expert", Rename),
        < 85 => Change("expert", Hide),
        < 86 => Change("expert", Show),
        < 87 => Create("expert", Expert()),
        < 89 => Create("event", Event()),
        < 91 => Change("event", Hide),
        < 92 => Change("event", e => e["status"] = "cancelled"),
        < 93 => Create("page", Page()),
        < 95 => Change("page", Hide),
        < 96 => Change("page", Show),
        < 97 => Change("menu", menu => menu["items"] = Entries()),
        < 98 => Change("articleType", type => type["label"] = Text(1)),
        _ => Import(Redirect()),
    };

    public ValueTask DisposeAsync() => content.DisposeAsync();

    private async Task Create(string resource, JsonObject item)
    {
        (item["resource"], item["slug"], item["id"]) = (resource, string.Create(CultureInfo.InvariantCulture, $"{resource.ToLowerInvariant()}-{++made}"), NewId());
        if (await Import(item)) items[resource].Add(item);
    }

    private async Task Change(string resource, Action<JsonObject> change)
    {
        if (items[resource].Count == 0) return;
        var place = random.Next(items[resource].Count);
        var changed = items[resource][place].DeepClone().AsObject();
        change(changed);
        if (await Import(changed)) items[resource][place] = changed;
    }

    private async Task<bool> Import(JsonObject line)
    {
        while (true)
        {
            try
            {
                using var file = new MemoryStream(Encoding.UTF8.GetBytes(line.ToJsonString()));
                var report = await importer.Run(NdjsonReader.Read(file), new ImportOptions { LeavesWords = true }, Cancel);
                if (report.Succeeded) Written++;
                return report.Succeeded;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // The database is being restarted. What was committed all the same is written once more, and is the same.
                await Task.Delay(100, Cancel);
            }
        }
    }

    private JsonObject Type() => new() { ["label"] = Text(1), ["pluralLabel"] = Text(2) };

    private JsonObject Topic() => new() { ["name"] = Text(2), ["kind"] = "issue", ["description"] = Text(5), ["parent"] = random.Next(2) == 0 ? Pick("topic") : null, ["featured"] = random.Next(4) == 0 };

    private JsonObject Expert() => new()
    {
        ["name"] = Text(2), ["familyName"] = Text(1), ["title"] = Text(2), ["organization"] = "Institute", ["kind"] = "staff", ["program"] = random.Next(2) == 0 ? Pick("topic") : null,
        ["bioHtml"] = $"<p>{Word()}</p>", ["email"] = "name@example.org", ["emailPublic"] = random.Next(2) == 0,
    };

    private JsonObject Article()
    {
        var article = new JsonObject
        {
            ["type"] = Pick("articleType"), ["title"] = Text(4), ["summary"] = Text(8), ["bodyHtml"] = $"<h2>{Word()}</h2><p>{Word()} {Word()}</p>", ["language"] = random.Next(3) == 0 ? "fr" : "en",
            ["publishedAt"] = $"20{random.Next(10, 26)}-0{random.Next(1, 10)}-1{random.Next(0, 10)}T1{random.Next(0, 10)}:30:00Z", ["featured"] = random.Next(5) == 0,
            ["experts"] = new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => new JsonObject { ["slug"] = Pick("expert"), ["role"] = Roles[random.Next(3)] })]),
        };
        Retopic(article);
        if (random.Next(3) == 0) article["source"] = new JsonObject { ["slug"] = $"outlet-{random.Next(3)}", ["name"] = Outlets[random.Next(3)], ["url"] = "https://news.example.org/x" };
        if (random.Next(4) == 0 && items["article"].Count > 0) article["translations"] = new JsonArray(new JsonObject { ["slug"] = Pick("article") });
        if (random.Next(4) == 0) article["corrections"] = new JsonArray(new JsonObject { ["at"] = "2026-01-02T15:04:05Z", ["textHtml"] = $"<p>{Word()}</p>" });
        return article;
    }

    private JsonObject Event() => new()
    {
        ["title"] = Text(3), ["summary"] = Text(6), ["bodyHtml"] = $"<p>{Word()}</p>", ["startsAt"] = $"202{random.Next(4, 8)}-03-2{random.Next(0, 9)}T16:00:00Z", ["timeZone"] = "America/New_York", ["mode"] = "virtual",
        ["topics"] = Topics(), ["experts"] = new JsonArray(new JsonObject { ["slug"] = Pick("expert"), ["role"] = "speaker" }),
    };

    private JsonObject Page() => new() { ["title"] = Text(2), ["bodyHtml"] = $"<p>{Word()}</p>", ["parent"] = random.Next(2) == 0 ? Pick("page") : null };

    private JsonObject Menu() => new() { ["label"] = Text(1), ["items"] = Entries() };

    private JsonArray Entries() => new(
        [.. new[] { "topic", "expert", "article", "page" }.Where(resource => items[resource].Count > 0).Select(resource => new JsonObject { ["label"] = Text(1), ["target"] = new JsonObject { [resource] = Pick(resource) } })]);

    private JsonObject Redirect() => new() { ["resource"] = "redirect", ["from"] = $"/old/{random.Next(30)}", ["to"] = random.Next(4) == 0 ? "https://example.org/elsewhere" : $"articles/{Pick("article")}" };

    private void Edit(JsonObject article)
    {
        (article["title"], article["bodyHtml"], article["featured"]) = (Text(4), $"<p>{Word()} {Word()}</p>", random.Next(2) == 0);
        article["experts"] = new JsonArray(new JsonObject { ["slug"] = Pick("expert"), ["role"] = Roles[random.Next(3)] });
    }

    private void Rename(JsonObject item) => item["slug"] = string.Create(CultureInfo.InvariantCulture, $"renamed-{random.Next(200)}");

    private void Retopic(JsonObject item)
    {
        item.Remove("primaryTopic");
        item["topics"] = Topics();
    }

    private void Hide(JsonObject item)
    {
        var soon = TimeProvider.System.GetUtcNow().AddMilliseconds(random.Next(200, 3_000)).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        switch (random.Next(6))
        {
            case 0: item["publicationStatus"] = "draft"; break;
            case 1: item["publicationStatus"] = "retracted"; break;
            case 2: item["publicationStatus"] = "deleted"; break;
            case 3: item["embargoUntil"] = soon; break;
            case 4: item["expiresAt"] = soon; break;
            default: item["mergedInto"] = Pick(item["resource"]!.GetValue<string>()); break;
        }
    }

    private static void Show(JsonObject item)
    {
        foreach (var member in new[] { "publicationStatus", "embargoUntil", "expiresAt", "mergedInto" }) item.Remove(member);
    }

    private JsonArray Topics() => new([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick("topic")).Distinct().Select(slug => JsonValue.Create(slug))]);

    private string? Pick(string resource) => items[resource].Count == 0 ? null : items[resource][random.Next(items[resource].Count)]["slug"]!.GetValue<string>();

    private string Word() => System.Net.WebUtility.HtmlEncode(Words[random.Next(Words.Length)]);

    private string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)])) + string.Create(CultureInfo.InvariantCulture, $" {random.Next(1_000)}");

    private string NewId()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}

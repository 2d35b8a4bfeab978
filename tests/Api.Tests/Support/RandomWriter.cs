using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Api.Data;
using Api.Http.Site;
using Api.Import;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Api.Tests.Support;

/// <summary>Does to content what editors do, at random, through the import.</summary>
internal sealed class RandomWriter : IAsyncDisposable
{
    private static readonly string[] Words =
    [
        "sea",
        "lanes",
        "grain",
        "rivers",
        "customs",
        "Küste",
        "frontière",
        "שלום",
        "tariffs",
        "ports",
        "floods",
        "courts",
        "& <more>",
        "l’Europe",
    ];
    private static readonly string[] Roles = ["author", "featured", "contributor"];
    private static readonly string[] Outlets = ["The Daily Example", "Evening Sample", "Radio Specimen"];

    private readonly Random random;
    private readonly ContentDatabase content;
    private readonly Importer importer;
    private readonly Dictionary<string, List<JsonObject>> items = new()
    {
        ["articleType"] = [],
        ["topic"] = [],
        ["expert"] = [],
        ["article"] = [],
        ["event"] = [],
        ["page"] = [],
        ["menu"] = [],
    };

    // What is to be written at once: a place of -1 is something new, no resource a redirect.
    private readonly List<(string? Resource, int Place, JsonObject Line)> pending = [];

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
        for (var n = 0; n < 3; n++)
            await First("articleType", Type());
        for (var n = 0; n < 8; n++)
            await First("topic", Topic());
        for (var n = 0; n < 4; n++)
            await First("expert", Expert());
        for (var n = 0; n < 15; n++)
            await First("article", Article());
        for (var n = 0; n < 3; n++)
            await First("event", Event());
        for (var n = 0; n < 3; n++)
            await First("page", Page());
        await First("menu", Menu());
    }

    /// <summary>So many writes, as one import. What that does not take, such as a circle of topics, is not written.</summary>
    /// <param name="count">How many.</param>
    /// <param name="onlyArticles">Whether all are about articles, as most of an editor's day is.</param>
    public Task Write(int count, bool onlyArticles = false)
    {
        for (var n = 0; n < count; n++)
            Think(random.Next(onlyArticles ? 72 : 146));
        return Flush();
    }

    public ValueTask DisposeAsync() => content.DisposeAsync();

    private void Think(int what)
    {
        switch (what)
        {
            case < 26:
                Create("article", Article());
                break;
            case < 42:
                Change("article", Edit);
                break;
            case < 48:
                Change("article", Rename);
                break;
            case < 56:
                Change("article", Retopic);
                break;
            case < 68:
                Change("article", Hide);
                break;
            case < 72:
                Change("article", Show);
                break;
            case < 76:
                Change("topic", topic => topic["parent"] = Pick("topic"));
                break;
            case < 78:
                Change("topic", Merge);
                break;
            case < 80:
                Change("topic", Rename);
                break;
            case < 82:
                Change("topic", Hide);
                break;
            case < 84:
                Change("topic", Show);
                break;
            case < 88:
                Create("topic", Topic());
                break;
            case < 90:
                Change("expert", expert => expert["name"] = Text(2));
                break;
            case < 91:
                Change("expert", Rename);
                break;
            case < 93:
                Change("expert", Hide);
                break;
            case < 94:
                Change("expert", Show);
                break;
            case < 95:
                Create("expert", Expert());
                break;
            case < 97:
                Create("event", Event());
                break;
            case < 99:
                Change("event", Hide);
                break;
            case < 100:
                Change("event", e => e["status"] = "cancelled");
                break;
            case < 101:
                Change("event", Rename);
                break;
            case < 102:
                Change("event", Show);
                break;
            case < 103:
                Create("page", Page());
                break;
            case < 105:
                Change("page", Hide);
                break;
            case < 106:
                Change("page", Show);
                break;
            case < 107:
                Change("page", Rename);
                break;
            case < 108:
                Change("page", page => page["parent"] = Pick("page"));
                break;
            case < 109:
                Change("menu", menu => menu["items"] = Entries());
                break;
            case < 110:
                Change("menu", Rename);
                break;
            case < 111:
                Change("menu", Hide);
                break;
            case < 112:
                Change("menu", Show);
                break;
            case < 113:
                Change("articleType", type => type["label"] = Text(1));
                break;
            case < 114:
                Change("articleType", Rename);
                break;
            case < 115:
                Change("articleType", random.Next(2) == 0 ? Merge : Delete);
                break;
            case < 116:
                Create("articleType", Type());
                break;
            case < 117:
                Change("articleType", Show);
                break;
            case < 120:
                pending.Add((null, -1, Redirect()));
                break;
            case < 122:
                Change("article", article => article["type"] = Pick("articleType"));
                break;
            case < 124:
                Change("article", article => article["publishedAt"] = Date());
                break;
            case < 125:
                Change("article", article => article["language"] = random.Next(2) == 0 ? "pt-BR" : "fr");
                break;
            case < 127:
                Change("article", article => article["source"] = Outlet());
                break;
            case < 128:
                Change("article", article => article["translations"] = new JsonArray(new JsonObject { ["slug"] = Pick("article") }));
                break;
            case < 130:
                Change("topic", topic => topic["name"] = Text(2));
                break;
            case < 131:
                Change("topic", topic => topic["description"] = Text(5));
                break;
            case < 132:
                Change(
                    "topic",
                    topic => (topic["kind"], topic["featured"]) = (random.Next(2) == 0 ? "country" : "issue", random.Next(2) == 0)
                );
                break;
            case < 133:
                Change("expert", expert => expert["title"] = Text(2));
                break;
            case < 134:
                Change("expert", expert => expert["bioHtml"] = $"<p>{Word()} {Word()}</p>");
                break;
            case < 136:
                Change(
                    "expert",
                    expert =>
                        (expert["kind"], expert["program"], expert["current"]) = (
                            random.Next(2) == 0 ? "fellow" : "staff",
                            Pick("topic"),
                            random.Next(3) > 0
                        )
                );
                break;
            case < 137:
                Change("event", e => e["title"] = Text(3));
                break;
            case < 139:
                Change("event", e => e["topics"] = Topics());
                break;
            case < 140:
                Change("event", Move);
                break;
            case < 141:
                Change("event", e => e["mode"] = random.Next(2) == 0 ? "hybrid" : "in-person");
                break;
            case < 142:
                Change(
                    "event",
                    e =>
                        e["experts"] = new JsonArray(
                            new JsonObject { ["slug"] = Pick("expert"), ["role"] = random.Next(2) == 0 ? "moderator" : "speaker" }
                        )
                );
                break;
            case < 143:
                Change("page", page => page["title"] = Text(2));
                break;
            case < 144:
                Change("page", page => page["bodyHtml"] = $"<p>{Word()} {Word()}</p>");
                break;
            case < 145:
                Change("menu", menu => menu["label"] = Text(1));
                break;
            default:
                Change("articleType", type => type["pluralLabel"] = Text(2));
                break;
        }
    }

    private Task First(string resource, JsonObject item)
    {
        Create(resource, item);
        return Flush();
    }

    private void Create(string resource, JsonObject item)
    {
        (item["resource"], item["slug"], item["id"]) = (
            resource,
            string.Create(CultureInfo.InvariantCulture, $"{resource.ToLowerInvariant()}-{++made}"),
            NewId()
        );
        pending.Add((resource, -1, item));
    }

    private void Change(string resource, Action<JsonObject> change)
    {
        var place = random.Next(Math.Max(1, items[resource].Count));
        if (items[resource].Count == 0 || pending.Exists(one => one.Resource == resource && one.Place == place))
            return;
        var changed = items[resource][place].DeepClone().AsObject();
        change(changed);
        pending.Add((resource, place, changed));
    }

    private async Task Flush()
    {
        // What is rejected is left out; the rest is tried again.
        while (pending.Count > 0 && await Import([.. pending.Select(one => one.Line)]) is { Count: > 0 } rejected)
        {
            foreach (var line in rejected.OrderDescending())
                pending.RemoveAt(line - 1);
        }
        pending.ForEach(Remember);
        pending.Clear();
    }

    private void Remember((string? Resource, int Place, JsonObject Line) one)
    {
        Written++;
        if (one.Resource is null)
            return;
        if (one.Place < 0)
            items[one.Resource].Add(one.Line);
        else
            items[one.Resource][one.Place] = one.Line;
    }

    // The numbers of the lines that are rejected.
    private async Task<IReadOnlyList<int>> Import(IReadOnlyList<JsonObject> lines)
    {
        while (true)
        {
            try
            {
                using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(line => line.ToJsonString()))));
                var report = await importer.Run(NdjsonReader.Read(file), new ImportOptions(), Cancel);
                return [.. report.Rejected.Select(line => (int)line.Line).Distinct()];
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // The database is being restarted. What was committed all the same is written once more, and is the same.
                await Task.Delay(100, Cancel);
            }
        }
    }

    private JsonObject Type() => new() { ["label"] = Text(1), ["pluralLabel"] = Text(2) };

    private JsonObject Topic() =>
        new()
        {
            ["name"] = Text(2),
            ["kind"] = "issue",
            ["description"] = Text(5),
            ["parent"] = random.Next(2) == 0 ? Pick("topic") : null,
            ["featured"] = random.Next(4) == 0,
        };

    private JsonObject Expert() =>
        new()
        {
            ["name"] = Text(2),
            ["familyName"] = Text(1),
            ["title"] = Text(2),
            ["organization"] = "Institute",
            ["kind"] = "staff",
            ["program"] = random.Next(2) == 0 ? Pick("topic") : null,
            ["bioHtml"] = $"<p>{Word()}</p>",
            ["email"] = "name@example.org",
            ["emailPublic"] = random.Next(2) == 0,
        };

    private JsonObject Article()
    {
        var article = new JsonObject
        {
            ["type"] = Pick("articleType"),
            ["title"] = Text(4),
            ["summary"] = Text(8),
            ["bodyHtml"] = $"<h2>{Word()}</h2><p>{Word()} {Word()}</p>",
            ["language"] = random.Next(3) == 0 ? "fr" : "en",
            ["publishedAt"] = Date(),
            ["featured"] = random.Next(5) == 0,
            ["experts"] = new JsonArray([
                .. Enumerable
                    .Range(0, random.Next(3))
                    .Select(_ => new JsonObject { ["slug"] = Pick("expert"), ["role"] = Roles[random.Next(3)] }),
            ]),
        };
        Retopic(article);
        if (random.Next(3) == 0)
            article["source"] = Outlet();
        if (random.Next(4) == 0 && items["article"].Count > 0)
            article["translations"] = new JsonArray(new JsonObject { ["slug"] = Pick("article") });
        if (random.Next(4) == 0)
            article["corrections"] = new JsonArray(new JsonObject { ["at"] = "2026-01-02T15:04:05Z", ["textHtml"] = $"<p>{Word()}</p>" });
        return article;
    }

    private string Date() => $"20{random.Next(10, 26)}-0{random.Next(1, 10)}-1{random.Next(0, 10)}T1{random.Next(0, 10)}:30:00Z";

    // The last name that one is given is its name everywhere.
    private JsonObject Outlet() =>
        new()
        {
            ["slug"] = $"outlet-{random.Next(3)}",
            ["name"] = Outlets[random.Next(3)],
            ["url"] = "https://news.example.org/x",
        };

    private JsonObject Event() =>
        new()
        {
            ["title"] = Text(3),
            ["summary"] = Text(6),
            ["bodyHtml"] = $"<p>{Word()}</p>",
            ["startsAt"] = $"202{random.Next(4, 8)}-03-2{random.Next(0, 9)}T16:00:00Z",
            ["timeZone"] = "America/New_York",
            ["mode"] = "virtual",
            ["topics"] = Topics(),
            ["experts"] = new JsonArray(new JsonObject { ["slug"] = Pick("expert"), ["role"] = "speaker" }),
        };

    // In some zones whole days begin at the same instant as others elsewhere.
    private void Move(JsonObject e)
    {
        foreach (var member in new[] { "allDay", "startsAt", "startsOn", "endsOn" })
            e.Remove(member);
        var day = $"202{random.Next(4, 8)}-03-2{random.Next(0, 9)}";
        if (random.Next(2) == 0)
            (e["startsAt"], e["timeZone"]) = ($"{day}T16:00:00Z", "America/New_York");
        else
            (e["allDay"], e["startsOn"], e["timeZone"]) = (true, day, random.Next(2) == 0 ? "Pacific/Kiritimati" : "Pacific/Honolulu");
    }

    private JsonObject Page() =>
        new()
        {
            ["title"] = Text(2),
            ["bodyHtml"] = $"<p>{Word()}</p>",
            ["parent"] = random.Next(2) == 0 ? Pick("page") : null,
        };

    private JsonObject Menu() => new() { ["label"] = Text(1), ["items"] = Entries() };

    private JsonArray Entries() =>
        new([
            .. new[] { "topic", "expert", "article", "page" }
                .Where(resource => items[resource].Count > 0)
                .Select(resource => new JsonObject
                {
                    ["label"] = Text(1),
                    ["target"] = new JsonObject { [resource] = Pick(resource) },
                }),
        ]);

    private JsonObject Redirect() =>
        new()
        {
            ["resource"] = "redirect",
            ["from"] = $"/old/{random.Next(30)}",
            ["to"] = random.Next(4) == 0 ? "https://example.org/elsewhere" : $"articles/{Pick("article")}",
        };

    private void Edit(JsonObject article)
    {
        (article["title"], article["bodyHtml"]) = (Text(4), $"<p>{Word()} {Word()}</p>");
        // Mostly it is the text.
        if (random.Next(3) > 0)
            return;
        article["featured"] = random.Next(2) == 0;
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
        var soon = TimeProvider
            .System.GetUtcNow()
            .AddMilliseconds(random.Next(200, 3_000))
            .UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        switch (random.Next(6))
        {
            case 0:
                item["publicationStatus"] = "draft";
                break;
            case 1:
                item["publicationStatus"] = "retracted";
                break;
            case 2:
                Delete(item);
                break;
            case 3:
                item["embargoUntil"] = soon;
                break;
            case 4:
                item["expiresAt"] = soon;
                break;
            default:
                Merge(item);
                if (random.Next(3) == 0)
                    Delete(item);
                break;
        }
    }

    private static void Delete(JsonObject item) => item["publicationStatus"] = "deleted";

    private void Merge(JsonObject item) => item["mergedInto"] = Pick(item["resource"]!.GetValue<string>());

    private static void Show(JsonObject item)
    {
        foreach (var member in new[] { "publicationStatus", "embargoUntil", "expiresAt", "mergedInto" })
            item.Remove(member);
    }

    private JsonArray Topics() =>
        new([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick("topic")).Distinct().Select(slug => JsonValue.Create(slug))]);

    private string? Pick(string resource) =>
        items[resource].Count == 0 ? null : items[resource][random.Next(items[resource].Count)]["slug"]!.GetValue<string>();

    private string Word() => System.Net.WebUtility.HtmlEncode(Words[random.Next(Words.Length)]);

    private string Text(int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]))
        + string.Create(CultureInfo.InvariantCulture, $" {random.Next(1_000)}");

    private string NewId()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}

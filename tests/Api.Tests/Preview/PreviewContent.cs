using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Preview;

/// <summary>Content in every state, and a key of each scope.</summary>
public class PreviewContent(TestServer server) : ApiFixture(server)
{
    /// <summary>Sees drafts and every moment to come.</summary>
    public string Preview { get; private set; } = "";

    /// <summary>Sees what is under embargo on <c>asia</c>.</summary>
    public string Early { get; private set; } = "";

    /// <summary>Sees what is under embargo on <c>europe</c>.</summary>
    public string EarlyElsewhere { get; private set; } = "";

    /// <summary>A moment to come, as the import and requests write it.</summary>
    public static string In(double days) =>
        TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    protected override async Task Seed()
    {
        await Import([.. Lines()]);
        Preview = await SomeKey.Preview(ContentDatabase);
        Early = await SomeKey.Early(ContentDatabase, "asia");
        EarlyElsewhere = await SomeKey.Early(ContentDatabase, "europe");
    }

    /// <summary>Asks with a key; null for none.</summary>
    public async Task<HttpResponseMessage> Ask(string path, string? key)
    {
        using var request = SomeKey.Request(path, key);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The JSON of an answer that must be a 200.</summary>
    public async Task<JsonNode> Json(string path, string? key)
    {
        using var answer = await Ask(path, key);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answered {answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>The slugs of a list, in its order.</summary>
    public async Task<string[]> Slugs(string path, string? key) =>
        [.. (await Json(path, key))["data"]!.AsArray().Select(item => item!["slug"]!.GetValue<string>())];

    private static IEnumerable<string> Lines()
    {
        yield return Some.ArticleType(new { slug = "brief" });
        yield return Some.Topic(new { slug = "asia" });
        yield return Some.Topic(new { slug = "china", parent = "asia" });
        yield return Some.Topic(new { slug = "europe" });
        yield return Some.Topic(
            new
            {
                slug = "planned",
                parent = "europe",
                publicationStatus = "draft",
            }
        );
        yield return Some.Topic(
            new
            {
                slug = "coming",
                parent = "europe",
                publicationStatus = "scheduled",
                embargoUntil = In(5),
            }
        );
        yield return Some.Expert(new { slug = "ada" });
        yield return Some.Expert(new { slug = "new", publicationStatus = "draft" });
        yield return Some.Page(new { slug = "about" });
        yield return Some.Page(
            new
            {
                slug = "plan",
                parent = "about",
                publicationStatus = "draft",
            }
        );
        foreach (var (resource, line) in new (string, Func<object, string>)[] { ("article", Some.Article), ("event", Some.Event) })
        {
            foreach (var (name, state) in States)
            {
                var members = new JsonObject
                {
                    ["slug"] = $"{resource}-{name}",
                    ["topics"] = new JsonArray("china", "planned", "coming"),
                    ["experts"] = new JsonArray(Person("ada"), Person("new")),
                };
                foreach (var (member, value) in state())
                    if (resource == "article" || member != "publishedAt")
                        members[member] = value?.DeepClone();
                yield return line(members);
            }
            yield return line(
                new
                {
                    slug = $"{resource}-embargoed-elsewhere",
                    topics = new[] { "europe" },
                    publicationStatus = "embargoed",
                    embargoUntil = In(2),
                }
            );
        }
        yield return Some.Menu(
            new
            {
                slug = "main",
                items = new object[]
                {
                    new { label = "About", target = new { resource = "page", slug = "about" } },
                    new { label = "Plan", target = new { resource = "page", slug = "plan" } },
                },
            }
        );
        yield return Some.Redirect("/old-plan", "pages/plan");
    }

    private static JsonObject Person(string slug) => new() { ["slug"] = slug, ["role"] = "author" };

    // By the name of each state, the members that make it.
    private static (string Name, Func<JsonObject> Members)[] States { get; } =
    [
        ("open", () => new JsonObject()),
        ("draft", () => new JsonObject { ["publicationStatus"] = "draft", ["publishedAt"] = null }),
        (
            "scheduled",
            () =>
                new JsonObject
                {
                    ["publicationStatus"] = "scheduled",
                    ["publishedAt"] = In(1),
                    ["embargoUntil"] = In(1),
                }
        ),
        ("embargoed", () => new JsonObject { ["publicationStatus"] = "embargoed", ["embargoUntil"] = In(3) }),
        ("expiring", () => new JsonObject { ["expiresAt"] = In(4) }),
        ("private", () => new JsonObject { ["publicationStatus"] = "private" }),
        ("retracted", () => new JsonObject { ["publicationStatus"] = "retracted" }),
        ("expired", () => new JsonObject { ["expiresAt"] = "2025-01-01T00:00:00Z" }),
    ];
}

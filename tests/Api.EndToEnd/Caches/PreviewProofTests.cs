using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.EndToEnd.Support.Caches;
using Api.Keys;
using Api.Tests.Support;

namespace Api.EndToEnd.Caches;

/// <summary>
/// Random requests of every kind of reader, to the API itself and through nginx and Varnish with their caches on: nobody gets what only
/// others may see, nothing that a key got is kept, and answers without a key are to the byte those from before there were keys.
/// </summary>
public partial class PreviewProofTests(PreviewProofTests.Site api) : IClassFixture<PreviewProofTests.Site>
{
    /// <summary>Requests of the long proof, which is run on demand: <c>CONTENT_PREVIEW_PROOF=100000</c>.</summary>
    private static readonly int Requests = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_PREVIEW_PROOF") ?? "3000",
        CultureInfo.InvariantCulture
    );

    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_PREVIEW_PROOF_SEED") ?? "3",
        CultureInfo.InvariantCulture
    );

    private const int Workers = 8;

    // Each state has a word that is in every text and slug of its items, and nowhere else.
    private static readonly (string Word, string[] Views, Func<JsonObject> Members)[] States =
    [
        ("zqdraft", ["drafts", "both"], () => new JsonObject { ["publicationStatus"] = "draft" }),
        ("zqsoon", ["drafts", "both", "at5"], () => new JsonObject { ["publicationStatus"] = "scheduled", ["embargoUntil"] = In(2) }),
        (
            "zqasia",
            ["drafts", "both", "at5", "early"],
            () => new JsonObject { ["publicationStatus"] = "embargoed", ["embargoUntil"] = In(3) }
        ),
        ("zqlate", ["drafts", "both"], () => new JsonObject { ["publicationStatus"] = "embargoed", ["embargoUntil"] = In(9) }),
        ("zqown", [], () => new JsonObject { ["publicationStatus"] = "private" }),
        ("zqback", [], () => new JsonObject { ["publicationStatus"] = "retracted" }),
        ("zqover", [], () => new JsonObject { ["expiresAt"] = "2024-01-01T00:00:00Z" }),
    ];

    private static readonly (string Name, string Query)[] Views =
    [
        ("none", ""),
        ("none", ""),
        ("drafts", "preview=drafts"),
        ("early", "preview=early"),
        ("at1", $"at={In(1)}"),
        ("at5", $"at={In(5)}"),
        ("both", $"preview=drafts&at={In(5)}"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_gets_what_only_others_may_see()
    {
        var addresses = Known();
        Assert.True(addresses.Count > 1_000, $"{addresses.Count} addresses");
        var before = new ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync(
            addresses,
            new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = Cancel },
            async (path, _) => before[path] = Stable(await api.Ask(path))
        );
        Assert.DoesNotContain(before.Values, text => text.Contains("\"title\":\"zq", StringComparison.Ordinal));

        // Two thirds ask for what a preview can show.
        var likely = addresses
            .Where(path =>
                TakesPreviews(path, before[path])
                && (before[path].StartsWith("200", StringComparison.Ordinal) || path.Contains("zq", StringComparison.Ordinal))
            )
            .ToList();
        var keys = await Keys();
        var ways = new Func<string, (string, string)[], Task<Answer>>[] { api.Ask, api.Named("nginx").Ask, api.Named("Varnish").Ask };
        var (asked, shown) = (0, 0);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Workers),
            new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = Cancel },
            async (worker, _) =>
            {
                var random = new Random((Seed * 100) + worker);
                while (Interlocked.Increment(ref asked) <= Requests)
                {
                    var (reader, key) = keys[random.Next(keys.Length)];
                    var (view, query) = Views[random.Next(Views.Length)];
                    var some = random.Next(3) == 0 ? addresses : likely;
                    var path = some[random.Next(some.Count)];
                    var ask = ways[random.Next(ways.Length)];
                    var whole = query == "" ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";
                    var answer = await ask(whole, key is null ? [] : [("Authorization", $"Bearer {key}")]);
                    if (Check(reader, view, path, answer, before[path]))
                        Interlocked.Increment(ref shown);
                    if (view == "none")
                        continue;
                    // A request without a key is refused, also through a cache.
                    var after = await ask(whole, []);
                    Assert.True(
                        after.Status == (TakesPreviews(path, before[path]) ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest),
                        $"without a key {whole} answered\n{after.Essence}"
                    );
                    Words(after, path, []);
                }
            }
        );
        // Those who may see something did.
        Assert.True(shown > Requests / 100, $"{shown} answers showed something that is not public.");
        TestContext.Current.SendDiagnosticMessage(
            $"{Requests} requests to {addresses.Count} addresses; {shown} answers showed what is not public."
        );
    }

    // Whether the answer shows something that is not public, to a reader who may see it.
    private static bool Check(string reader, string view, string path, Answer answer, string before)
    {
        Assert.True((int)answer.Status < 500, $"{reader} {view} {path}\n{answer.Essence}");
        var isKeyed = reader is not "nobody";
        var isValid = reader is "preview" or "early";
        if (view != "none" || (isKeyed && answer["Cache-Control"]?.Contains("public", StringComparison.Ordinal) != true))
        {
            Assert.True(
                answer["Cache-Control"] is { } control
                    && control.Contains("no-store", StringComparison.Ordinal)
                    && !control.Contains("max-age", StringComparison.Ordinal)
                    && answer["Age"] is null or "0",
                $"{reader} {view} {path} can be kept\n{answer.Essence}"
            );
            Assert.True(view == "none" || answer["ETag"] is null, $"{reader} {view} {path} has an ETag\n{answer.Essence}");
        }
        if (view == "none" && (!isKeyed || isValid || answer.Status != HttpStatusCode.Unauthorized))
            Assert.True(Stable(answer) == before, $"{reader} {path} answered\n{Stable(answer)}\nand before\n{before}");
        var scope = view == "early" ? "early" : "preview";
        string[] allowed = reader == scope ? [.. States.Where(state => state.Views.Contains(view)).Select(state => state.Word)] : [];
        return Words(answer, path, allowed);
    }

    // The slug of a request comes back in links and problems, a title does not.
    private static bool Words(Answer answer, string path, string[] allowed)
    {
        var found = false;
        foreach (var (word, _, _) in States)
        {
            var isThere = path.Contains(word, StringComparison.Ordinal)
                ? answer.Text.Contains($"\"{word} ", StringComparison.Ordinal)
                : answer.Text.Contains(word, StringComparison.Ordinal);
            Assert.True(!isThere || allowed.Contains(word), $"{path} shows {word}\n{answer.Essence}");
            found |= isThere;
        }
        return found;
    }

    // Of feeds, changes and others they are unknown parameters, which is told before anything else.
    private static bool TakesPreviews(string path, string before) =>
        !Untaken().IsMatch(path.Split('?')[0]) && !before.Contains("unknown-route", StringComparison.Ordinal);

    private List<string> Known()
    {
        var hidden = States.SelectMany(state => new[] { $"{state.Word}-article", $"{state.Word}-topic" });
        var addresses = new Addresses
        {
            Slugs =
            [
                "a-longer-view",
                "china",
                "asia",
                "ada-moreau",
                "sea-lanes",
                "about",
                "main",
                "op-ed",
                .. hidden,
                .. States.Select(state => $"{state.Word}-event"),
            ],
            Values = ["china", "asia", "ada-moreau", "op-ed", "author", .. hidden],
            Languages = ["en", "sv"],
            Texts = ["/about", "/articles/zqdraft-article"],
            Searches = ["china", "zqdraft", "water zqasia"],
        };
        return
        [
            .. addresses
                .Of(api.Services)
                // What is another at each time or in each process, or takes long to read.
                .Where(path => !Unstable().IsMatch(path))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private async Task<(string Reader, string? Key)[]> Keys()
    {
        var revoked = await SomeKey.Preview(api.ContentDatabase);
        await new KeyRepository(api.ContentDatabase).Revoke(revoked.Split('_')[1], Cancel);
        var preview = await SomeKey.Preview(api.ContentDatabase);
        var keys = new (string, string?)[]
        {
            ("nobody", null),
            ("nobody", null),
            ("wrong", Api.Http.Keys.ApiKey.New().Text),
            ("expired", await SomeKey.Expired(api.ContentDatabase)),
            ("revoked", revoked),
            ("preview", preview),
            ("preview", preview),
            ("early", await SomeKey.Early(api.ContentDatabase, "asia")),
        };
        // The process may have read the keys just before.
        await Eventually.Is(async () =>
            (await api.Ask("/v1/articles?preview=drafts", ("Authorization", $"Bearer {preview}"))).Status == HttpStatusCode.OK
        );
        return keys;
    }

    private static string Stable(Answer answer) => $"{(int)answer.Status}\n{Trace().Replace(answer.Text, "")}";

    private static string In(double days) =>
        TimeProvider.System.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex("\"traceId\": ?\"[^\"]*\"")]
    private static partial Regex Trace();

    [GeneratedRegex(@"snapshot|/changes|when=|minSequence|wait=|\.ics|sitemap|robots")]
    private static partial Regex Unstable();

    [GeneratedRegex(@"^/v1$|^/v1/(changes|redirects|snapshot)|\.(rss|atom|csv|jsonld|bib|ris|ics|feed\.json)$|^/v1/redirects")]
    private static partial Regex Untaken();

    /// <summary>The demo content, and items in every state.</summary>
    public class Site(TestServer server) : CachedSite(server)
    {
        private protected override IEnumerable<SharedCache> Kinds => SharedCache.All.Where(cache => cache.Name is "nginx" or "Varnish");

        protected override bool Counts => false;

        protected override async Task Prepare()
        {
            foreach (var (word, _, state) in States)
            {
                JsonObject Members(object more)
                {
                    var members = System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
                    foreach (var (name, value) in state())
                        members[name] = value?.DeepClone();
                    return members;
                }
                var topic = word == "zqasia" ? "china" : "energy-transition";
                string[] topics = [topic];
                await Import(
                    Some.Topic(
                        Members(
                            new
                            {
                                slug = $"{word}-topic",
                                name = $"{word} topic",
                                parent = topic,
                            }
                        )
                    ),
                    Some.Article(
                        Members(
                            new
                            {
                                slug = $"{word}-article",
                                type = "op-ed",
                                // Lists begin with it.
                                publishedAt = In(-0.1),
                                title = $"{word} title",
                                summary = $"{word} summary",
                                bodyHtml = $"<p>{word} text</p>",
                                topics,
                            }
                        )
                    ),
                    Some.Event(
                        Members(
                            new
                            {
                                slug = $"{word}-event",
                                startsAt = In(90),
                                endsAt = In(91),
                                title = $"{word} title",
                                summary = $"{word} summary",
                                topics,
                            }
                        )
                    ),
                    Some.Page(Members(new { slug = $"{word}-page", title = $"{word} title" }))
                );
            }
        }
    }
}

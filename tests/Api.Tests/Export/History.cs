using System.Globalization;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Export;

/// <summary>
/// Content of all resources that is written, and then renamed, swapped, merged, parted, withdrawn, deleted and written over, at random.
/// </summary>
internal sealed class History(int seed)
{
    private static readonly (string Resource, int Count)[] Sizes =
    [
        ("articleType", 2),
        ("topic", 8),
        ("expert", 6),
        ("article", 16),
        ("event", 6),
        ("page", 6),
        ("menu", 3),
    ];

    private static readonly string[] Words =
    [
        "Ada",
        "sea",
        "Ñandú",
        "“quoted”",
        "<b>",
        "A & B",
        "小港口",
        "🚢",
        "naïve",
        "it's",
        "10 %",
        "Юрьева",
        "\"straight\"",
        "back\\slash",
        "e\u0301",
    ];

    private static readonly string[] Bodies =
    [
        "<p>Plain &amp; simple.</p>",
        "<h2>Ports</h2><p>One</p><h2>Ports</h2>",
        "<p><a href=\"/about\">Relative</a><br>“two” lines</p>",
        "<table><tr><th>A<td>1</table>",
        "<script>alert(1)</script><em>loose",
        "<ul><li>x<li>y</ul>\n\n<blockquote cite=\"https://example.org/\">q</blockquote>",
        "<p>小港口 🚢 a\tb</p><pre>  keep\n this</pre>",
        "<img src=\"https://example.org/a.jpg\" alt=\"\">",
        "",
    ];

    private readonly Random random = new(seed);
    private readonly List<Thing> things = [];
    private readonly Dictionary<string, Thing?> redirects = []; // null: to elsewhere

    /// <summary>All slugs that anything ever had.</summary>
    public HashSet<string> Slugs { get; } = [];

    public IEnumerable<string> Redirects => redirects.Keys;

    /// <summary>Slugs of some things that are likely to be visible, one of each resource and a half more.</summary>
    public IReadOnlyList<string> Likely =>
        [
            .. things
                .Where(thing => thing is { Merged: null, State: "published" })
                .GroupBy(thing => thing.Resource)
                .SelectMany(group => group.Take(2))
                .Select(thing => thing.Slug),
        ];

    /// <summary>The first file.</summary>
    public string[] Begin()
    {
        foreach (var (resource, count) in Sizes)
        {
            for (var n = 0; n < count; n++)
            {
                var thing = new Thing(resource, Id(), NewSlug(resource)) { State = resource == "articleType" ? "published" : State() };
                thing.Previous = random.Next(4) == 0 ? [NewSlug(resource)] : [];
                things.Add(thing);
            }
        }
        foreach (var n in Enumerable.Range(0, 12))
            redirects[$"/old/{n}?p=ü%20{n}"] = Target();
        return Lines();
    }

    /// <summary>A file that changes much of it.</summary>
    public string[] Next()
    {
        var slugs = things.ToDictionary(thing => thing, thing => thing.Slug);
        foreach (var thing in things.Where(thing => thing.State != "deleted"))
        {
            var free = slugs.Keys.Where(other => other.Resource == thing.Resource).Select(other => slugs[other]).ToHashSet();
            switch (random.Next(12))
            {
                case 0 or 1:
                    thing.Slug = NewSlug(thing.Resource);
                    break;
                case 2: // A slug that another one had.
                    if (
                        Slugs
                            .Where(slug =>
                                slug.StartsWith(thing.Resource, StringComparison.Ordinal)
                                && !free.Contains(slug)
                                && things.All(other => other.Resource != thing.Resource || other.Slug != slug)
                            )
                            .Order()
                            .ToList() is
                        { Count: > 0 } old
                    )
                        thing.Slug = old[random.Next(old.Count)];
                    break;
                case 3:
                    var other = Any(thing.Resource, each => each != thing && each.State != "deleted");
                    if (other is not null)
                        (thing.Slug, other.Slug) = (other.Slug, thing.Slug);
                    break;
                case 4 or 5 when thing.Resource != "articleType":
                    thing.State = State();
                    break;
                case 6 when thing.Resource != "articleType":
                    thing.Slug = NewSlug(thing.Resource); // hidden and renamed
                    thing.State = "draft";
                    break;
                case 7 when thing.Resource != "articleType":
                    thing.State = "deleted";
                    break;
                case 8:
                    thing.Merged = null;
                    break;
            }
        }
        // After all deletions: nothing is merged into what is deleted.
        foreach (var thing in things.Where(thing => thing is { Merged: null } and not { Resource: "menu" } && random.Next(6) == 0))
            thing.Merged = Any(
                thing.Resource,
                other => other.State != "deleted" && things.IndexOf(other) < things.IndexOf(thing) && End(other).State != "deleted"
            );
        foreach (var resource in new[] { "article", "topic", "expert" })
            things.Add(new Thing(resource, Id(), NewSlug(resource)) { State = "published" });
        redirects[$"/newer/{redirects.Count}"] = Target();
        return Lines();
    }

    private string[] Lines() =>
        [
            .. things.Select(Line),
            .. redirects.Select(redirect =>
                Some.Redirect(
                    redirect.Key,
                    redirect.Value is { } thing ? $"{thing.Resource}s/{thing.Slug}" : "https://example.org/elsewhere"
                )
            ),
        ];

    private string Line(Thing thing)
    {
        var line = thing.Resource switch
        {
            "articleType" => Some.ArticleType(new { label = Text() }),
            "topic" => Some.Topic(
                new
                {
                    name = Text(),
                    kind = One("region", "country", "issue", "program"),
                    description = Maybe(Text()),
                    parent = Above(thing),
                    featured = Flip(),
                }
            ),
            "expert" => Some.Expert(Expert()),
            "article" => Some.Article(Article()),
            "event" => Some.Event(Event()),
            "page" => Some.Page(
                new
                {
                    title = Text(),
                    summary = Maybe(Text()),
                    bodyHtml = Body(),
                    language = One("en", "fr"),
                    parent = Above(thing),
                    image = Maybe(Image()),
                    seo = Maybe(Seo()),
                }
            ),
            _ => Some.Menu(new { label = Text(), items = Entries(0) }),
        };
        var json = JsonNode.Parse(line)!.AsObject();
        json["slug"] = thing.Slug;
        json["id"] = thing.Id;
        if (thing.Previous.Length > 0)
            json["previousSlugs"] = new JsonArray([.. thing.Previous.Select(slug => (JsonNode)slug)]);
        if (thing.Merged is not null)
            json["mergedInto"] = thing.Merged.Id;
        if (random.Next(4) == 0)
            json["updatedAt"] = Instant();
        Put(json, thing);
        return json.ToJsonString();
    }

    private void Put(JsonObject json, Thing thing)
    {
        json["publicationStatus"] = thing.State switch
        {
            "embargoed" or "expired" or "expiring" => "published",
            var state => state,
        };
        if (thing.State is "scheduled" or "embargoed")
            json["embargoUntil"] = "2090-01-01T00:00:00Z";
        if (thing.State is "expired" or "expiring")
            json["expiresAt"] = thing.State == "expired" ? "2020-01-01T00:00:00Z" : "2095-01-01T00:00:00.000001Z";
        if (thing.State is not "published" && random.Next(3) == 0)
            json["withdrawnAt"] = Instant();
    }

    private JsonObject Article() =>
        new()
        {
            ["type"] = Name("articleType"),
            ["title"] = Text(),
            ["subtitle"] = Maybe(Text()),
            ["summary"] = Maybe(Text()),
            ["bodyHtml"] = Body(),
            ["language"] = One("en", "fr", "pt-br"),
            ["publishedAt"] = Instant(),
            ["topics"] = Names("topic", 4),
            ["primaryTopic"] = random.Next(3) == 0 ? Name("topic") : null,
            ["experts"] = new JsonArray([
                .. Names("expert", 3)
                    .Select(name => (JsonNode)new JsonObject { ["id"] = name!.DeepClone(), ["role"] = One("author", "featured") }),
            ]),
            ["source"] =
                random.Next(3) == 0
                    ? new JsonObject { ["name"] = One("The Daily", "Журнал"), ["url"] = Flip() ? "https://example.org/d" : null }
                    : null,
            ["canonicalUrl"] = Maybe("https://example.org/first"),
            ["image"] = Maybe(Image()),
            ["files"] = new JsonArray([
                .. Enumerable
                    .Range(0, random.Next(3))
                    .Select(n =>
                        (JsonNode)
                            new JsonObject { ["url"] = $"https://example.org/{n}/a%20b%0Ac.pdf", ["bytes"] = Flip() ? 1234567890123 : null }
                    ),
            ]),
            ["corrections"] = new JsonArray([
                .. Enumerable.Range(0, random.Next(3)).Select(_ => (JsonNode)new JsonObject { ["at"] = Instant(), ["textHtml"] = Body() }),
            ]),
            ["translations"] = random.Next(3) == 0 ? Names("article", 2) : [],
            ["seo"] = Maybe(Seo()),
            ["license"] = random.Next(4) == 0 ? new JsonObject { ["id"] = "CC0-1.0", ["url"] = "https://example.org/cc0" } : null,
            ["doi"] = Maybe("10.1234/abc"),
            ["reportNumber"] = Maybe("HI 2026/14"),
            ["featured"] = Flip(),
            ["version"] = random.Next(4) == 0 ? random.Next(1, 9) : null,
        };

    private JsonObject Event() => random.Next(3) == 0 ? WholeDays(AnyEvent()) : AnyEvent();

    private JsonObject AnyEvent() =>
        new()
        {
            ["title"] = Text(),
            ["bodyHtml"] = Body(),
            ["status"] = One("scheduled", "postponed", "cancelled"),
            ["startsAt"] = "2024-05-05T10:00:00+02:00",
            ["endsAt"] = Maybe("2024-05-05T10:00:00.5Z"),
            ["timeZone"] = One("Europe/Paris", "America/New_York"),
            ["mode"] = One("virtual", "in-person", "hybrid"),
            ["location"] = Maybe(Text()),
            ["registrationUrl"] = Maybe("https://example.org/r?a=1&b=2"),
            ["topics"] = Names("topic", 3),
            ["experts"] = Names("expert", 3),
            ["image"] = Maybe(Image()),
        };

    private JsonObject WholeDays(JsonObject e)
    {
        (e["startsAt"], e["endsAt"]) = (null, null);
        (e["allDay"], e["startsOn"], e["endsOn"]) = (
            true,
            One("2024-05-05", "1000-01-02", "2011-12-30"),
            Maybe(One("2024-05-05", "2024-11-03", "9999-12-30"))
        );
        if (random.Next(2) == 0)
            e["timeZone"] = One("Pacific/Apia", "Asia/Tokyo", "America/Sao_Paulo");
        return e;
    }

    private JsonObject Expert() =>
        new()
        {
            ["name"] = Text(),
            ["givenName"] = Maybe(Text()),
            ["familyName"] = Maybe(Text()),
            ["program"] = random.Next(3) == 0 ? null : Name("topic"),
            ["kind"] = One("staff", "fellow", "contributor"),
            ["current"] = Flip(),
            ["photo"] = Maybe(Image()),
            ["bioHtml"] = Body(),
            ["email"] = Maybe("ada@example.org"),
            ["emailPublic"] = Flip(),
            ["orcid"] = Maybe("https://orcid.org/0000-0002-1825-0097"),
            ["profiles"] = new JsonArray([
                .. Enumerable
                    .Range(0, random.Next(3))
                    .Select(n => (JsonNode)new JsonObject { ["label"] = Text(), ["url"] = $"https://example.org/{n}" }),
            ]),
        };

    private JsonArray Entries(int level) =>
        new([
            .. Enumerable
                .Range(0, level > 2 ? 0 : random.Next(4))
                .Select(_ =>
                {
                    var resource = One("topic", "expert", "article", "event", "page");
                    return (JsonNode)
                        new JsonObject
                        {
                            ["label"] = Text(),
                            ["target"] = random.Next(4) switch
                            {
                                0 => null,
                                1 => new JsonObject { ["url"] = "https://example.org/x" },
                                _ => Any(resource, _ => true) is { } target ? new JsonObject { [resource] = target.Id } : null,
                            },
                            ["items"] = Entries(level + 1),
                        };
                }),
        ]);

    private JsonObject Image() =>
        new()
        {
            ["url"] = $"https://example.org/{random.Next(3)}.jpg",
            ["alt"] = Maybe(Text()),
            ["credit"] = Maybe(Text()),
            ["width"] = Flip() ? 800 : null,
            ["renditions"] = new JsonArray([
                .. new[] { 640, 320 }
                    .Take(random.Next(3))
                    .Select(width =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["url"] = $"https://example.org/{width}.webp",
                                ["width"] = width,
                                ["height"] = 9,
                                ["mediaType"] = "image/webp",
                            }
                    ),
            ]),
        };

    private JsonObject Seo() => new() { ["title"] = Maybe(Text()), ["noindex"] = Flip() };

    private string State() =>
        random.Next(3) > 0 ? "published" : One("draft", "private", "retracted", "scheduled", "embargoed", "expired", "expiring");

    // A redirect may lead to anything, whatever became of it.
    private Thing? Target() => random.Next(5) == 0 ? null : Any(One("article", "topic", "expert", "event", "page"), _ => true);

    // Upwards only, so that no merging makes a circle.
    private string? Above(Thing thing) =>
        random.Next(3) == 0 ? null : Any(thing.Resource, other => Living(other) && things.IndexOf(other) < things.IndexOf(thing))?.Id;

    private string? Name(string resource) => Any(resource, Living)?.Id;

    private JsonArray Names(string resource, int most) =>
        new([
            .. Enumerable
                .Range(0, random.Next(most + 1))
                .Select(_ => Name(resource))
                .Where(name => name is not null)
                .Distinct()
                .Select(name => (JsonNode)name!),
        ]);

    private static bool Living(Thing thing) => thing.State != "deleted" && End(thing).State != "deleted";

    private static Thing End(Thing thing) => thing.Merged is null ? thing : End(thing.Merged);

    private Thing? Any(string resource, Func<Thing, bool> fits) =>
        things.Where(thing => thing.Resource == resource && fits(thing)).ToList() is { Count: > 0 } found
            ? found[random.Next(found.Count)]
            : null;

    private string NewSlug(string resource)
    {
        var number = Slugs.Count.ToString(CultureInfo.InvariantCulture);
        // Some look like an id, which a reference must not take for one.
        var slug = random.Next(12) == 0 ? Id() : $"{resource.ToLowerInvariant()}-{One("", "é", "小")}{number}";
        Slugs.Add(slug);
        return slug;
    }

    private string Id()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private string Text() => string.Join(' ', Enumerable.Range(0, 1 + random.Next(3)).Select(_ => One(Words)));

    private string Body() => string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => One(Bodies)));

    private string Instant() =>
        new DateTimeOffset(
            2010 + random.Next(12),
            1 + random.Next(12),
            1 + random.Next(28),
            random.Next(24),
            0,
            0,
            random.Next(1000),
            random.Next(1000),
            TimeSpan.Zero
        ).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private bool Flip() => random.Next(2) == 0;

    private string One(params string[] values) => values[random.Next(values.Length)];

    private string? Maybe(string value) => Flip() ? value : null;

    private JsonObject? Maybe(JsonObject value) => Flip() ? value : null;

    private sealed class Thing(string resource, string id, string slug)
    {
        public string Resource { get; } = resource;

        public string Id { get; } = id;

        public string Slug { get; set; } = slug;

        public required string State { get; set; }

        public Thing? Merged { get; set; }

        public string[] Previous { get; set; } = [];
    }
}

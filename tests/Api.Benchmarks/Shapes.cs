using System.Globalization;

namespace Api.Benchmarks;

/// <summary>The kinds of article lists that are measured, over the values of <c>corpus.sql</c>.</summary>
internal static class Shapes
{
    private static readonly string[] Types = ["op-ed", "in-the-media", "brief", "explainer", "report", "q-and-a", "press-release"];

    private static readonly Func<Random, string>[] Single =
    [
        random => $"topic={Topic(random)}",
        random => $"expert={Expert(random)}",
        random => $"type={Types[random.Next(Types.Length)]}",
        random => $"source=source-{random.Next(1, 201)}",
        random => $"language={new[] { "en", "en-US", "fr", "es", "zh" }[random.Next(5)]}",
        random => $"year={random.Next(2001, 2026)}",
        random => $"publishedFrom={random.Next(2001, 2026)}-05-05",
        random => $"publishedTo={random.Next(2002, 2027)}-05-05",
        random => $"updatedFrom={random.Next(2001, 2026)}-05-05",
        random => $"featured={(random.Next(2) == 0 ? "true" : "false")}",
        random => $"role={new[] { "author", "featured", "contributor" }[random.Next(3)]}",
        random => $"excludeTopic={Topic(random)}",
        random => $"excludeType={Types[random.Next(Types.Length)]}",
        random => $"excludeExpert={Expert(random)}",
    ];

    /// <summary>Each shape's name and a maker of query strings.</summary>
    public static (string Name, Func<Random, string> Make)[] All { get; } =
    [
        ("no filter", _ => ""),
        ("any single filter", random => Single[random.Next(Single.Length)](random)),
        ("any pair of filters", Pair),
        ("two topics, all of", random => $"topicAll={Topic(random)},{Topic(random)}"),
        ("topic with thirty descendants and type", random => $"topic=topic-{random.Next(1, 12)}&type={Types[random.Next(Types.Length)]}"),
        ("expert in a role", random => $"expert={Expert(random)}&role=author"),
        ("rare with common", random => $"topic=topic-{random.Next(600, 712)}&type=op-ed"),
        ("common with common", random => $"topic=topic-{random.Next(1, 12)}&type=op-ed"),
        ("excluding a region from a type", random => $"type=op-ed&excludeTopic=topic-{random.Next(1, 12)}"),
        ("any of thirty topics", random => $"topic={string.Join(',', Enumerable.Range(1, 30).Select(_ => Topic(random)).Distinct())}"),
        (
            "any of five topics and a type",
            random => $"topic={string.Join(',', Enumerable.Range(1, 5).Select(_ => Topic(random)).Distinct())}&type=brief"
        ),
        ("any single filter, by title", random => Single[random.Next(Single.Length)](random) + "&sort=title"),
        ("any single filter, by last change", random => Single[random.Next(Single.Length)](random) + "&sort=-updatedAt"),
        ("any pair of filters, oldest first", random => Pair(random) + "&sort=publishedAt"),
    ];

    /// <summary>A moment within the corpus.</summary>
    public static DateTime Instant(Random random) => new DateTime(2001, 6, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(24 * 365));

    /// <summary>A place in the order of titles.</summary>
    public static string Title(Random random) => random.Next(256).ToString("x2", CultureInfo.InvariantCulture);

    private static string Pair(Random random)
    {
        while (true)
        {
            var (one, other) = (Single[random.Next(Single.Length)](random), Single[random.Next(Single.Length)](random));
            // The same parameter twice is no request, and year stands for publishedFrom and publishedTo.
            if (one.Split('=')[0] != other.Split('=')[0])
                return $"{one}&{other}";
        }
    }

    // The long tail of the corpus: low numbers are common.
    private static string Topic(Random random) => $"topic-{1 + (int)(711 * Math.Pow(random.NextDouble(), 2.2))}";

    private static string Expert(Random random) => $"expert-{1 + (int)(480 * Math.Pow(random.NextDouble(), 2.5))}";
}

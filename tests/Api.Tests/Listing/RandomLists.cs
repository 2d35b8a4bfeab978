using System.Globalization;
using Npgsql;

namespace Api.Tests.Listing;

/// <summary>
/// Addresses of lists of articles and events, made at random of the values there are: filters, sorts, pages, facets, fields; and of what
/// stands beside an item.
/// </summary>
internal sealed class RandomLists(NpgsqlDataSource database, Random random)
{
    private const string Cards = ".cards.json";

    private static readonly string[] Sorts = ["-publishedAt", "publishedAt", "-updatedAt", "updatedAt", "title", "-title"];
    private static readonly string[] Fields =
    [
        "title",
        "experts.name",
        "topics",
        "links.self",
        "publishedAt",
        "primaryTopic.name",
        "license.id",
        "links",
        "summary,files.title,url",
        "translations.slug,version",
    ];
    private static readonly string[] Facets = ["type", "topic", "expert", "year", "source"];

    private ILookup<string, string> values = Array.Empty<(string Kind, string Slug)>().ToLookup(value => value.Kind, value => value.Slug);

    /// <summary>Looks which values there are by now.</summary>
    public async Task Refresh()
    {
        await using var command = database.CreateCommand(
            """
            select k.kind, k.slug from delivery.index_keys k where k.kind in ('type', 'topic', 'expert', 'source', 'role', 'language')
            union all
            select 'slug', a.slug from delivery.articles a
            union all
            select 'event', e.slug from delivery.events e
            union all
            select i.resource, coalesce(a.slug, i.public_slug) from content.items i left join content.aliases a on a.item_id = i.item_id
            where i.public_slug is not null and i.resource in ('topic', 'expert') and random() < 0.1
            order by 1, 2
            """
        );
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<(string Kind, string Slug)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add((reader.GetString(0), reader.GetString(1)));
        values = rows.ToLookup(row => row.Kind, row => row.Slug);
    }

    /// <summary>Path and query.</summary>
    public string Next() =>
        random.NextDouble() switch
        {
            < 0.25 => Events(),
            < 0.35 when One("slug") is { Length: > 0 } slug => random.Next(2) == 0
                ? $"/v1/articles/{slug}/related?limit={random.Next(1, 21)}"
                : $"/v1/articles/{slug}?include=related,moreOnTopic,topicEvents,menus",
            < 0.38 when One("event") is { Length: > 0 } slug =>
                $"/v1/events/{slug}?include=topicEvents{(random.Next(2) == 0 ? ",menus,related" : "")}",
            < 0.42 when One("topic") is { Length: > 0 } slug => $"/v1/topics/{slug}?include=articles,events,experts,children",
            < 0.46 when One("expert") is { Length: > 0 } slug => $"/v1/experts/{slug}?include=articles,events",
            _ => Articles(),
        };

    private string Events()
    {
        var query = new List<string>();
        Maybe(0.3, "when", () => new[] { "upcoming", "past", "all" }[random.Next(3)]);
        Maybe(0.2, "mode", () => new[] { "virtual", "in-person", "hybrid", "virtual,hybrid" }[random.Next(4)]);
        Maybe(0.2, "status", () => new[] { "scheduled", "postponed", "cancelled", "scheduled,cancelled" }[random.Next(4)]);
        Maybe(0.3, "topic", () => Some("topic"));
        Maybe(0.1, "topicAll", () => Some("topic"));
        Maybe(0.2, "expert", () => Some("expert"));
        Maybe(0.1, "role", () => Some("role"));
        Maybe(0.2, "startsFrom", () => random.Next(2) == 0 ? $"{Year()}-03-01" : $"{Year()}-03-01T04:00:00Z");
        Maybe(0.2, "startsTo", () => random.Next(2) == 0 ? $"{Year()}-09-30" : $"{Year()}-09-30T22:30:00Z");
        Maybe(0.1, "excludeTopic", () => Some("topic"));
        Maybe(0.1, "exclude", () => Some("event"));
        var isCurated = random.NextDouble() < 0.1;
        if (isCurated)
            query.Add($"slug={string.Join(',', Enumerable.Range(0, 8).Select(_ => One("event")).Append("no-such-event"))}");
        if (isCurated && random.Next(2) == 0)
            query.Add("sort=given");
        else
            Maybe(0.5, "sort", () => random.Next(2) == 0 ? "startsAt" : "-startsAt");
        query.Add($"limit={random.Next(1, 8).ToString(CultureInfo.InvariantCulture)}");
        Maybe(0.2, "page", () => random.Next(1, 5).ToString(CultureInfo.InvariantCulture));
        Maybe(0.2, "count", () => new[] { "exact", "none", "auto" }[random.Next(3)]);
        Maybe(0.2, "fields", () => new[] { "title", "experts.name,startsAt", "links.self", "topics" }[random.Next(4)]);
        var format = random.NextDouble() < 0.3 ? new[] { ".csv", ".rss", ".ics", Cards, Cards }[random.Next(5)] : "";
        if (format != "")
            query.RemoveAll(part => part.StartsWith("fields=", StringComparison.Ordinal));
        return $"/v1/events{format}?{string.Join('&', query)}";

        void Maybe(double share, string name, Func<string> value)
        {
            if (random.NextDouble() < share && value() is { Length: > 0 } text)
                query.Add($"{name}={text}");
        }
    }

    private string Articles()
    {
        var query = new List<string>();
        Maybe(0.3, "type", () => Some("type"));
        Maybe(0.4, "topic", () => Some("topic"));
        Maybe(0.15, "topicAll", () => Some("topic"));
        Maybe(0.25, "expert", () => Some("expert"));
        Maybe(0.1, "expertAll", () => Some("expert"));
        Maybe(0.1, "role", () => Some("role"));
        Maybe(0.1, "source", () => Some("source"));
        Maybe(0.1, "language", () => One("language"));
        Maybe(0.1, "year", () => Year());
        Maybe(0.1, "publishedFrom", () => $"{Year()}-03-01");
        Maybe(0.1, "publishedTo", () => $"{Year()}-09-30");
        Maybe(0.1, "updatedFrom", () => $"{Year()}-01-01");
        Maybe(0.1, "featured", () => random.Next(2) == 0 ? "true" : "false");
        Maybe(0.1, "excludeType", () => Some("type"));
        Maybe(0.1, "excludeTopic", () => Some("topic"));
        Maybe(0.1, "excludeExpert", () => Some("expert"));
        Maybe(0.1, "exclude", () => Some("slug"));
        var isCurated = random.NextDouble() < 0.1;
        if (isCurated)
            query.Add($"slug={string.Join(',', Enumerable.Range(0, 8).Select(_ => One("slug")).Append("no-such-article"))}");
        if (isCurated && random.Next(2) == 0)
            query.Add("sort=given");
        else
            Maybe(0.6, "sort", () => Sorts[random.Next(Sorts.Length)]);
        var counts = random.NextDouble() < 0.2;
        if (counts)
            query.Add($"facets={string.Join(',', Facets.Where(_ => random.Next(2) == 0).DefaultIfEmpty("year"))}");
        query.Add($"limit={(counts && random.Next(3) == 0 ? 0 : random.Next(1, 8)).ToString(CultureInfo.InvariantCulture)}");
        Maybe(0.2, "page", () => random.Next(1, 5).ToString(CultureInfo.InvariantCulture));
        Maybe(0.2, "count", () => new[] { "exact", "none", "auto" }[random.Next(3)]);
        Maybe(0.2, "fields", () => string.Join(',', Fields.Where(_ => random.Next(4) == 0).DefaultIfEmpty("title")));
        Maybe(0.05, "include", () => "body");
        var format = random.NextDouble() < 0.3 ? new[] { ".csv", ".rss", ".atom", Cards, Cards, Cards, Cards }[random.Next(7)] : "";
        if (format == Cards)
        {
            query.RemoveAll(part =>
                part.StartsWith("fields=", StringComparison.Ordinal) || part.StartsWith("include=", StringComparison.Ordinal)
            );
            Maybe(0.3, "include", () => "featured");
        }
        else if (format != "")
            query.RemoveAll(part =>
                part.StartsWith("fields=", StringComparison.Ordinal)
                || part.StartsWith("include=", StringComparison.Ordinal)
                || part.StartsWith("facets=", StringComparison.Ordinal)
                || part == "limit=0"
            );
        return $"/v1/articles{format}?{string.Join('&', query)}";

        void Maybe(double share, string name, Func<string> value)
        {
            if (random.NextDouble() < share && value() is { Length: > 0 } text)
                query.Add($"{name}={text}");
        }
    }

    private string Some(string kind) =>
        string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => One(kind)).Where(slug => slug.Length > 0).Distinct());

    private string One(string kind)
    {
        var known = values[kind].ToList();
        return known.Count == 0 ? "" : known[random.Next(known.Count)];
    }

    private string Year() => random.Next(2009, 2027).ToString(CultureInfo.InvariantCulture);
}

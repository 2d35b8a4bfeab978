using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace Api.Tests.Invalidation;

/// <summary>Answers of an API as a proxy would keep them: what was said at each address, and under which keys.</summary>
internal sealed class Remembered(HttpClient client, NpgsqlDataSource database, Random random)
{
    private static readonly ParallelOptions Several = new() { MaxDegreeOfParallelism = 4 };

    private readonly ConcurrentDictionary<string, Answer> answers = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public int Count => answers.Count;

    /// <summary>Asks for everything once more.</summary>
    /// <returns>What is another answer than before, and as what it was kept; and what is the same.</returns>
    public async Task<(IReadOnlyList<Kept> Changed, IReadOnlyList<Kept> Same)> AskAgain()
    {
        var (changed, same) = (new ConcurrentBag<Kept>(), new ConcurrentBag<Kept>());
        await Parallel.ForEachAsync(
            answers,
            Several,
            async (kept, _) =>
            {
                var ((path, before), now) = (kept, await Ask(kept.Key));
                if (now?.Said == before.Said)
                    same.Add(new Kept(path, before.Keys, ""));
                else
                    changed.Add(new Kept(path, before.Keys, Difference(before.Said, now?.Said ?? "")));
                if (now is null)
                    answers.TryRemove(path, out var gone);
                else
                    answers[path] = now;
            }
        );
        return ([.. changed], [.. same]);
    }

    /// <summary>Keeps answers of everything there is now as well, in every way it can be asked for.</summary>
    public async Task Extend()
    {
        await Parallel.ForEachAsync(
            (await Paths()).Where(asked.Add).ToList(),
            Several,
            async (path, _) =>
            {
                if (await Ask(path) is { } answer)
                    answers[path] = answer;
            }
        );
    }

    // Null for what nobody keeps.
    private async Task<Answer?> Ask(string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        if (answer.Headers.CacheControl?.NoStore == true)
            return null;
        var headers = string.Join(
            '\n',
            new[] { "Link", "X-Total-Count" }.Select(name =>
                answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : ""
            )
        );
        return new Answer(
            $"{(int)answer.StatusCode} {answer.Headers.Location}\n{headers}\n{await Body(answer)}",
            answer.Headers.GetValues("Surrogate-Key").Single().Split(' ')
        );
    }

    // A problem has the number of its request.
    private static async Task<string> Body(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode
            ? await answer.Content.ReadAsStringAsync(Cancel)
            : JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel) is { Length: > 0 } text ? text : "{}")!["detail"]?.ToString()
                ?? "";

    private async Task<IReadOnlyList<string>> Paths()
    {
        var items = new List<(string Resource, string Slug)>();
        await using var command = database.CreateCommand(
            """
            select i.resource, i.public_slug from content.items i where i.public_slug is not null
            union
            select a.resource, a.slug from content.aliases a
            union
            select 'source', s.slug from content.sources s
            union
            select 'never', 'never'
            """
        );
        await using (var reader = await command.ExecuteReaderAsync(Cancel))
            while (await reader.ReadAsync(Cancel))
                items.Add((reader.GetString(0), reader.GetString(1)));

        // What is filtered by two things at once has something, mostly.
        var both = new List<(string Topic, string Expert, string Type, string Source)>();
        await using (
            var pairs = database.CreateCommand(
                """
                select t.slug, x.slug, y.slug, coalesce(s.slug, 'outlet-1')
                from   content.listing l
                join   content.articles a on a.item_id = l.item_id
                join   content.items t on t.item_id = any(l.topic_ids)
                join   content.items x on x.item_id = any(l.expert_ids)
                join   content.items y on y.item_id = a.type_id
                left join content.sources s on s.source_id = a.source_id
                order  by l.item_id, t.slug, x.slug
                """
            )
        )
        await using (var reader = await pairs.ExecuteReaderAsync(Cancel))
            while (await reader.ReadAsync(Cancel))
                both.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        (string Topic, string Expert, string Type, string Source) Pair() => both[random.Next(both.Count)];

        IReadOnlyList<string> Of(string resource) =>
            [.. items.Where(item => item.Resource == resource).Select(item => item.Slug).Order(StringComparer.Ordinal)];
        var (topics, experts, types, sources, articles, events, pages) = (
            Of("topic"),
            Of("expert"),
            Of("articleType"),
            Of("source"),
            Of("article"),
            Of("event"),
            Of("page")
        );
        // At random, but each time the same: of the answers kept most are kept for long.
        string Any(IReadOnlyList<string> slugs) => slugs[random.Next(slugs.Count)];
        IEnumerable<string> Some(int count, Func<string> make) =>
            Enumerable.Range(0, asked.Count == 0 ? count : (count + 9) / 10).Select(_ => make());
        return
        [
            .. items.Where(item => item.Resource != "source").Select(item => $"/v1/{Collection(item.Resource)}/{item.Slug}"),
            .. articles
                .Where((_, n) => n % 4 == 0)
                .SelectMany(slug =>
                    new[]
                    {
                        $"/v1/articles/{slug}/related",
                        $"/v1/articles/{slug}?include=related,moreOnTopic,topicEvents,menus",
                        $"/v1/articles/{slug}.jsonld",
                        $"/v1/articles/{slug}?include=menus",
                    }
                ),
            .. events.SelectMany(slug => new[] { $"/v1/events/{slug}?include=topicEvents,menus", $"/v1/events/{slug}?include=related" }),
            .. topics.SelectMany(slug =>
                new[]
                {
                    $"/v1/topics/{slug}?include=articles,events",
                    $"/v1/topics/{slug}?include=experts",
                    $"/v1/topics/{slug}?include=children,menus",
                    $"/v1/articles.cards.json?topic={slug}",
                }
            ),
            .. experts.SelectMany(slug => new[] { $"/v1/experts/{slug}?include=articles", $"/v1/experts/{slug}?include=events,menus" }),
            .. pages.Select(slug => $"/v1/pages/{slug}?include=menus"),
            .. topics.SelectMany(slug =>
                new[] { $"/v1/articles?limit=100&topic={slug}", $"/v1/events?limit=100&topic={slug}", $"/v1/articles.rss?topic={slug}" }
            ),
            .. experts.SelectMany(slug =>
                new[]
                {
                    $"/v1/articles?expert={slug}",
                    $"/v1/articles.csv?expert={slug}",
                    $"/v1/events?expert={slug}",
                    $"/v1/articles.atom?expert={slug}",
                }
            ),
            .. types.Select(slug => $"/v1/articles?type={slug}"),
            .. topics.Select(slug => $"/v1/articles.ndjson?topic={slug}"),
            .. types.Select(slug => $"/v1/articles.feed.json?type={slug}"),
            .. sources.Select(slug => $"/v1/articles?source={slug}"),
            .. sources.Select(slug => $"/v1/articles.rss?source={slug}"),
            .. Some(2, () => Pair() is var p ? $"/v1/articles?topic={p.Topic}&expert={p.Expert}" : ""),
            .. Some(2, () => Pair() is var p ? $"/v1/articles?topic={p.Topic}&type={p.Type}" : ""),
            .. Some(1, () => $"/v1/articles?topic={Any(topics)}&expert={Any(experts)}"),
            .. Some(1, () => Pair() is var p ? $"/v1/articles.rss?topic={p.Topic}&expert={p.Expert}" : ""),
            .. Some(1, () => Pair() is var p ? $"/v1/articles?source={p.Source}&expert={p.Expert}" : ""),
            .. Some(1, () => $"/v1/articles?topicAll={Any(topics)},{Any(topics)}"),
            .. Some(4, () => $"/v1/articles?topic={Any(topics)},{Any(topics)}"),
            .. Some(1, () => $"/v1/articles?expert={Any(experts)}&topic={Any(topics)},{Any(topics)}"),
            .. Some(1, () => $"/v1/events?topic={Any(topics)}&expert={Any(experts)}"),
            .. Some(2, () => $"/v1/articles?excludeTopic={Any(topics)}&limit=100"),
            .. Some(1, () => $"/v1/articles?type={Any(types)}&excludeExpert={Any(experts)}"),
            .. Some(2, () => $"/v1/articles?exclude={Any(articles)}&topic={Any(topics)}"),
            .. Some(3, () => $"/v1/articles?slug={Any(articles)},{Any(articles)},{Any(articles)}&sort=given"),
            .. Some(1, () => $"/v1/articles?expert={Any(experts)}&role=author"),
            .. Some(1, () => $"/v1/articles?topic={Any(topics)}&language=fr"),
            .. Some(3, () => $"/v1/articles?topic={Any(topics)}&sort=title"),
            .. Some(3, () => $"/v1/articles?expert={Any(experts)}&sort=-updatedAt"),
            .. Some(1, () => $"/v1/articles?topic={Any(topics)}&fields=title,topics.name"),
            .. Some(1, () => $"/v1/experts?program={Any(topics)}"),
            .. Some(3, () => $"/v1/experts?topic={Any(topics)}"),
            .. Some(1, () => $"/v1/pages?parent={Any(pages)}"),
            .. Some(1, () => $"/v1/topics?parent={Any(topics)}"),
            .. Some(1, () => $"/v1/articles?featured=true&type={Any(types)}"),
            "/v1/articles",
            "/v1/articles.cards.json?limit=100",
            "/v1/articles.cards.json?limit=12&include=featured,menus",
            "/v1/articles.cards.json?sort=title",
            "/v1/events.cards.json?limit=100",
            "/v1/experts.cards.json?limit=100",
            "/v1/topics.cards.json?limit=100",
            "/v1/topics?limit=5&include=menus",
            "/v1/search?q=sea&include=menus",
            "/v1/articles?limit=100",
            "/v1/articles?limit=7&page=2",
            "/v1/articles?limit=100&sort=title",
            "/v1/articles?limit=100&sort=-updatedAt",
            "/v1/articles?limit=100&updatedFrom=2020-01-01",
            "/v1/articles?language=fr",
            "/v1/articles?featured=true",
            "/v1/articles?featured=false&limit=100",
            "/v1/articles?role=featured",
            "/v1/articles?year=2015",
            "/v1/articles?publishedFrom=2018-01-01&limit=100",
            "/v1/articles.csv?limit=100",
            "/v1/articles.ndjson?limit=100",
            "/v1/articles?include=body&limit=100",
            "/v1/articles?q=sea",
            "/v1/articles?facets=topic,type",
            "/v1/articles?topic=" + string.Join(',', topics.Take(3)) + "&q=grain",
            "/v1/events",
            "/v1/events?mode=virtual",
            "/v1/events?status=scheduled&limit=100",
            "/v1/events?sort=startsAt",
            "/v1/events.ics?when=all",
            "/v1/events.csv",
            "/v1/events?role=speaker",
            "/v1/events?startsFrom=2025-01-01",
            "/v1/experts?limit=100",
            "/v1/experts?kind=staff",
            "/v1/experts?current=true",
            "/v1/experts?sort=-articleCount",
            "/v1/experts?include=body",
            "/v1/experts.csv",
            "/v1/topics?limit=100",
            "/v1/topics?kind=country",
            "/v1/topics?featured=true",
            "/v1/topics?view=tree",
            "/v1/topics?sort=-latestAt",
            "/v1/topics.csv?limit=100",
            "/v1/article-types",
            "/v1/pages",
            "/v1/pages?sort=-updatedAt",
            "/v1/pages.rss",
            "/v1/menus",
            "/v1/redirects",
            "/v1/redirects.csv",
            "/v1/search?q=sea",
            "/v1/search?q=tariffs&resource=topic",
            "/v1/suggest?q=p",
            "/v1",
            "/v1/resolve?path=/old/3",
            "/v1/changes?since=0",
            "/sitemap.xml",
            "/robots.txt",
        ];
    }

    private static string Difference(string before, string now)
    {
        var at = Enumerable
            .Range(0, Math.Min(before.Length, now.Length))
            .FirstOrDefault(n => before[n] != now[n], Math.Min(before.Length, now.Length));
        return $"before: …{before[Math.Max(0, at - 200)..Math.Min(before.Length, at + 200)]}…\nnow: …{now[Math.Max(0, at - 200)..Math.Min(now.Length, at + 200)]}…";
    }

    private static string Collection(string resource) =>
        resource switch
        {
            "articleType" => "article-types",
            "never" => "articles",
            _ => string.Create(CultureInfo.InvariantCulture, $"{resource}s"),
        };

    /// <summary>A kept answer.</summary>
    internal sealed record Kept(string Path, IReadOnlyList<string> Keys, string Difference)
    {
        private static readonly string[] Views = ["limit", "page", "sort", "include", "fields"];

        /// <summary>Whether it is a list of what matches two filters.</summary>
        public bool IsByTwo =>
            Path.Contains('?', StringComparison.Ordinal)
            && Path.Split('?')[1].Split('&').Count(pair => !Views.Contains(pair.Split('=')[0])) > 1;
    }

    private sealed record Answer(string Said, IReadOnlyList<string> Keys);
}

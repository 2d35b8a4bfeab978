using System.Diagnostics;
using System.Globalization;
using Api.Articles;
using Api.Collation;
using Api.Contracts;
using Api.Data;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Listing;
using Api.Reading;
using Api.Reading.Search;
using Api.Search;
using Api.Words;
using Api.Words.Languages;
using Api.Words.Texts;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Api.Benchmarks;

/// <summary>How long searches, suggestions and facets take within the process, over the words of <c>corpus.sql</c>.</summary>
internal static class Searches
{
    public static async Task<int> Run(int articles, int samples, string only)
    {
        await using var corpus = await Corpus.Open(articles);
        await using var content = new ContentDatabase(corpus.Connections);
        await using var delivery = new DeliveryDatabase(corpus.Connections);
        var site = SiteSettings.From(corpus.Configuration);
        var calendar = new SiteCalendar(TimeZones.Find(site.TimeZone)!);
        using var references = new References(delivery, site, TitleOrder.Of("en"));
        var links = new Links(site, "http://localhost");
        var languages = new KnownLanguages(new SearchSettings([]), NullLogger<KnownLanguages>.Instance);
        var texts = new ListReader(delivery, calendar, TitleOrder.Of("en"), TimeProvider.System, languages);
        var state = await ReadWords(texts, await texts.Whole(default));
        var keys = new FilterKeyReader(delivery);
        var searching = new SearchRepository(delivery, references, calendar);
        var suggesting = new SuggestionRepository(delivery);
        var reader = new ArticleReader(delivery, references, site, calendar);
        IReadOnlyList<Parameter> declared = [.. ArticleFilter.Parameters, ArticleFilter.Sort, .. ListParameters.FacetedPaging];
        var asked = new Words(
            await Read("select word from corpus_words group by word order by min(n)"),
            await Read("select sentence from corpus_sentences order by s limit 2000")
        );
        string[] everything = ["article", "expert", "topic", "event"];
        var random = new Random(42);

        Console.WriteLine($"{"milliseconds, with the default count", -56} {"p50", 7} {"p99", 7} {"max", 7}");
        foreach (var (name, make) in asked.Searches)
            await Measure($"search: {name}", make, Search);
        await Measure("search: a mistyped word", random => asked.Mistyped(random), Search);
        await Measure(
            "articles: a rare word, best first, in a topic",
            random => $"q={asked.Rare(random)}&sort=relevance&topic={Topic(random)}",
            List
        );
        await Measure(
            "articles: a common word, best first, in a topic",
            random => $"q={asked.Common(random)}&sort=relevance&topic={Topic(random)}",
            List
        );
        await Measure("articles: a rare word, newest first", random => $"q={asked.Rare(random)}", List);
        await Measure("articles: a common word, newest first, of a type", random => $"q={asked.Common(random)}&type=report", List);
        await Measure("articles: a middling word, by title", random => $"q={asked.Middling(random)}&sort=title", List);
        await Measure("suggest: two to four letters", random => asked.Rare(random)[..random.Next(2, 5)], Suggest);
        await Measure(
            "suggest: a word and the beginning of another",
            random => $"{asked.Common(random)} {asked.Common(random)[..3]}",
            Suggest
        );
        await Measure("suggest: an expert", random => $"fam{"ily"[..random.Next(0, 4)]}", Suggest);
        await Measure("suggest: a mistyped word", asked.Mistyped, Suggest);
        foreach (
            var (name, filter) in ((string, Func<Random, string>)[])
                [
                    ("of everything", _ => ""),
                    ("of any single filter", Shapes.All[1].Make),
                    ("of any pair of filters", Shapes.All[2].Make),
                    ("of a rare word", random => $"q={asked.Rare(random)}"),
                    ("of a middling word", random => $"q={asked.Middling(random)}"),
                    ("of a common word", random => $"q={asked.Common(random)}"),
                ]
        )
            await Measure($"facets: {name}", filter, Facets);
        return 0;

        async Task Measure(string name, Func<Random, string> make, Func<string, Task> ask)
        {
            if (!only.Split(',').Any(part => name.Contains(part, StringComparison.Ordinal)))
                return;
            for (var n = 0; n < samples / 4; n++)
                await ask(make(random));
            var times = new List<(double Milliseconds, string Text)>();
            for (var n = 0; n < samples; n++)
            {
                var text = make(random);
                var clock = Stopwatch.GetTimestamp();
                await ask(text);
                times.Add((Stopwatch.GetElapsedTime(clock).TotalMilliseconds, text));
            }
            times.Sort();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -56} {times[samples / 2].Milliseconds, 7:0.0} {times[(int)(samples * 0.99)].Milliseconds, 7:0.0} {times[^1].Milliseconds, 7:0.0}   worst: {times[^1].Text}"
                )
            );
        }

        async Task Search(string text)
        {
            var among = SearchScope.Of(state, everything);
            using var match = SearchMatch.Of(state, SearchText.Of(text), among);
            await searching.Page(state, match, among, Window(""), links, default);
        }

        async Task List(string text)
        {
            var (filter, window) = await Filter(text);
            var (page, _, _) = ArticleLists.Find(state, filter, window);
            await ListedItems.Read<Article>(state, page.Numbers, withBody: false, links, reader.AsOf, default);
        }

        async Task Suggest(string text) => await suggesting.Find(state, SearchText.Of(text), links, default);

        async Task Facets(string text)
        {
            var (filter, window) = await Filter(text);
            var (_, _, found) = ArticleLists.Find(state, filter, window);
            ArticleFacets.Of(state, filter, found, ["type", "topic", "expert", "year", "source"]);
        }

        async Task<(ArticleFilter, PageWindow)> Filter(string text)
        {
            var query = Query.Parse("?" + text, "/v1/articles", declared, calendar, DateTime.UnixEpoch);
            var window = PageWindow.From(query, ArticleFilter.Sort);
            var filter = await ArticleFilter.Read(query, keys, state, default);
            return query.Problem is { } problem ? throw new InvalidOperationException($"{text}: {problem.Detail}") : (filter, window);
        }

        PageWindow Window(string text) =>
            PageWindow.From(Query.Parse(text, "/v1/search", declared, calendar, DateTime.UnixEpoch), ArticleFilter.Sort);

        async Task<string[]> Read(string sql)
        {
            await using var owner = await content.DataSource.OpenConnectionAsync();
            return [.. await owner.QueryAsync<string>(sql)];
        }
    }

    private static async Task<ListState> ReadWords(ListReader texts, ListState lists)
    {
        var (began, before) = (Stopwatch.GetTimestamp(), GC.GetTotalMemory(forceFullCollection: true));
        var numbers = lists.Words.Unread.ToArray();
        var words = lists.Words.StartReading(numbers);
        var bulk = new BulkReading(words);
        await bulk.Read(Texts(), default);
        var state = lists with { Words = words.WithRead(bulk.Segments, bulk.Named) };
        var took = Stopwatch.GetElapsedTime(began);
        bulk = null;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"read the words of {numbers.Length} texts in {took.TotalSeconds:0.0} s, {numbers.Length / took.TotalSeconds:0} a second; they take {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:0} MB"
            )
        );
        return state;

        async IAsyncEnumerable<IReadOnlyList<ItemText>> Texts()
        {
            foreach (var some in numbers.Chunk(1_000))
                yield return (await texts.Texts(some, lists.Sequence, default))!;
        }
    }

    private static string Topic(Random random) => $"topic-{1 + (int)(711 * Math.Pow(random.NextDouble(), 2.2))}";

    // Words by how common they are; the order of corpus_words.
    private sealed class Words(string[] all, string[] sentences)
    {
        public (string Name, Func<Random, string> Make)[] Searches =>
            [
                ("a rare word", Rare),
                ("a middling word", Middling),
                ("a common word", Common),
                ("one of the ten commonest words", Commonest),
                ("a common word and a rare one", random => $"{Common(random)} {Rare(random)}"),
                ("three common words", random => $"{Common(random)} {Common(random)} {Common(random)}"),
                ("one word or another", random => $"{Middling(random)} OR {Common(random)}"),
                ("a common word without another", random => $"{Common(random)} -{Common(random)}"),
                ("a phrase of a sentence", random => $"\"{string.Join(' ', Sentence(random).Skip(random.Next(8)).Take(3))}\""),
                ("a phrase of the commonest words", random => $"\"{Commonest(random)} {Commonest(random)}\""),
            ];

        public string Commonest(Random random) => all[random.Next(10)];

        public string Common(Random random) => all[random.Next(10, 300)];

        public string Middling(Random random) => all[random.Next(300, 5_000)];

        public string Rare(Random random) => all[random.Next(20_000, all.Length)];

        // Two letters have changed places.
        public string Mistyped(Random random)
        {
            while (true)
            {
                var word = all[random.Next(300, 20_000)];
                if (word.Length > 6 && word[3] != word[4])
                    return string.Concat(word[..3], word[4], word[3], word[5..]);
            }
        }

        private string[] Sentence(Random random) => sentences[random.Next(sentences.Length)].TrimEnd('.', ' ').Split(' ');
    }
}

using Api.Data;

namespace Api.Tests.Support;

/// <summary>How well searches in many languages are answered, over texts of their own (<c>languages.ndjson</c>).</summary>
internal static class LanguageQuality
{
    private static readonly string Folder = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "tests", "Api.Tests", "Search");

    /// <summary>The judged searches; the kind of each begins with its language.</summary>
    public static IReadOnlyList<Judged> Searches { get; } = Judged.All(Folder, "judged-languages.ndjson");

    /// <summary>The lines of the content.</summary>
    public static Task<string[]> Lines() => File.ReadAllLinesAsync(Path.Combine(Folder, "languages.ndjson"));

    /// <summary>Runs the judged searches; the output of the test is a table by language, and what does not come first.</summary>
    public static async Task<(Quality All, IReadOnlyDictionary<string, Quality> ByLanguage)> Of(ApiFixture api)
    {
        List<(Judged Search, IReadOnlyList<string> Found)> answers = [];
        foreach (var search in Searches)
        {
            var page = await api.GetJson($"/v1/search?limit=10&q={Uri.EscapeDataString(search.Q)}");
            answers.Add((search, [.. page["data"]!.AsArray().Select(hit => $"{hit!["resource"]}/{hit["slug"]}")]));
        }
        var byLanguage = answers
            .GroupBy(answer => answer.Search.Kind.Split(' ')[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (Count: group.Count(), Quality: Quality.Of([.. group])));
        var all = Quality.Of(answers);
        Tell($"{"", -24} {"", 4} {"ndcg@10", 8} {"first", 8}");
        foreach (var (language, (count, quality)) in byLanguage)
            Tell($"{language, -24} {count, 4} {quality}");
        Tell($"{"all", -24} {answers.Count, 4} {all}");
        foreach (var (search, found) in answers.Where(answer => !answer.Search.Succeeds(answer.Found)))
            Tell($"not first: {search.Kind}: {search.Q} -> {string.Join(' ', found.Take(3))}");
        return (all, byLanguage.ToDictionary(one => one.Key, one => one.Value.Quality));
    }

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}

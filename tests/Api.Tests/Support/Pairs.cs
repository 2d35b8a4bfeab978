using Api.Data;
using Api.Words.Languages;

namespace Api.Tests.Support;

/// <summary>A line of <c>pairs.tsv</c>: pairs of forms of a word, and of words that are not.</summary>
internal sealed record Pairs(
    string Language,
    IReadOnlyList<(string One, string Other)> Same,
    IReadOnlyList<(string One, string Other)> Different
)
{
    public static readonly IReadOnlyDictionary<string, Pairs> Of = File.ReadLines(
            Path.Combine(Checkout.Find(AppContext.BaseDirectory), "tests", "Api.Tests", "Words", "pairs.tsv")
        )
        .Where(line => line[0] != '#')
        .Select(line => line.Split('\t'))
        .ToDictionary(columns => columns[0], columns => new Pairs(columns[0], Read(columns[1]), Read(columns[2])));

    /// <summary>How many of the pairs meet, in the words of <c>docs/languages.md</c>: <c>9 of 10</c>, or <c>9 of 10, 1 wrong</c>.</summary>
    public string Judge(Language language)
    {
        return $"{Same.Count(Meet)} of {Same.Count}" + (Different.Count(Meet) is > 0 and var wrong ? $", {wrong} wrong" : "");

        bool Meet((string One, string Other) pair) =>
            language.Stems(Folding.Normal(pair.One)).Intersect(language.Stems(Folding.Normal(pair.Other))).Any();
    }

    public IEnumerable<string> Words => Same.Concat(Different).SelectMany(pair => (string[])[pair.One, pair.Other]);

    private static IReadOnlyList<(string One, string Other)> Read(string column) =>
        [.. column.Split(' ').Select(pair => pair.Split('/')).Select(words => (words[0], words[1]))];
}

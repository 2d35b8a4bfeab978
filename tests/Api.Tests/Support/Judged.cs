using System.Globalization;
using System.Text.Json;

namespace Api.Tests.Support;

/// <summary>
/// A search with what people would want it to find: resource and slug with 3 for what should come first, 2 for what is relevant, 1 for what
/// is marginally so.
/// </summary>
/// <param name="Q">What is typed.</param>
/// <param name="Kind">What makes it hard.</param>
/// <param name="Relevant">Everything relevant there is; empty when nothing is to be found.</param>
internal sealed record Judged(string Q, string Kind, IReadOnlyDictionary<string, int> Relevant)
{
    /// <summary>The searches of a file.</summary>
    public static IReadOnlyList<Judged> All(string folder, string file = "judged.ndjson") =>
        [
            .. File.ReadLines(Path.Combine(folder, file))
                .Select(line => JsonSerializer.Deserialize<Judged>(line, JsonSerializerOptions.Web)!),
        ];

    /// <summary>Whether the first hit is one of the best; where nothing is to be found, whether nothing was.</summary>
    public bool Succeeds(IReadOnlyList<string> found) =>
        Relevant.Count == 0 ? found.Count == 0 : found.Count > 0 && Relevant.GetValueOrDefault(found[0]) == Relevant.Values.Max();

    /// <summary>Normalised discounted cumulative gain of the first ten: what of the best possible order is there, 0 to 1.</summary>
    public double Ndcg(IReadOnlyList<string> found) =>
        Relevant.Count == 0
            ? found.Count == 0
                ? 1
                : 0
            : Dcg(found.Take(10).Select(hit => Relevant.GetValueOrDefault(hit))) / Dcg(Relevant.Values.OrderDescending().Take(10));

    private static double Dcg(IEnumerable<int> grades) =>
        grades.Select((grade, place) => (Math.Pow(2, grade) - 1) / Math.Log2(place + 2)).Sum();
}

/// <summary>How well searches are answered.</summary>
/// <param name="Ndcg">Mean NDCG of the first ten hits, 0 to 1.</param>
/// <param name="Success">Share of searches whose first hit is one of the best, 0 to 1.</param>
internal sealed record Quality(double Ndcg, double Success)
{
    /// <summary>The means over some searches.</summary>
    public static Quality Of(IReadOnlyCollection<(Judged Search, IReadOnlyList<string> Found)> answers) =>
        new(
            answers.Average(answer => answer.Search.Ndcg(answer.Found)),
            answers.Average(answer => answer.Search.Succeeds(answer.Found) ? 1.0 : 0)
        );

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ndcg, 8:0.000} {Success, 8:0.000}");
}

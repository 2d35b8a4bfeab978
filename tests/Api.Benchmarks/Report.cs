using System.Globalization;

namespace Api.Benchmarks;

/// <summary>What was measured, and what it says: shares of two figures of the same round, and of those the middle one.</summary>
internal sealed class Report
{
    private static readonly (string Name, string Of, string By, double Goal, bool AtMost)[] Shares =
    [
        ("cached list / Kestrel", "cached list", "Kestrel, list", 0.95, false),
        ("cached item / Kestrel", "cached item", "Kestrel, item", 0.95, false),
        ("304 / Kestrel's 200", "cached list, 304", "Kestrel, list", 1.4, false),
        ("uncached list / Kestrel", "uncached list", "Kestrel, list", 0.25, false),
        ("cached cards / Kestrel", "cached cards", "Kestrel, cards", 0.95, false),
        ("uncached cards / Kestrel", "uncached cards", "Kestrel, cards", 0.25, false),
        ("filtered lists with fields / Kestrel", "uncached filtered lists with fields", "Kestrel, filtered lists with fields", 0.25, false),
        ("uncached item / pgbench", "uncached item", "pgbench, item", 0.6, false),
        ("first page / page at half depth", "uncached list", "uncached list, deep cursor", 1.2, true),
    ];

    private readonly Dictionary<string, List<Load>> loads = [];
    private readonly Dictionary<string, double> notes = [];

    public void Add(string name, Load load) => (loads.TryGetValue(name, out var known) ? known : loads[name] = []).Add(load);

    /// <summary>A figure of its own.</summary>
    public void Note(string name, double figure) => notes[name] = Math.Round(figure, 3);

    /// <summary>Prints it.</summary>
    public void Print()
    {
        Console.WriteLine($"\n{"", -42} {"per second", 10} {"p50 ms", 8} {"p99 ms", 8} {"µs of processor", 16}");
        foreach (var (name, all) in loads)
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -42} {Middle(all, load => load.PerSecond), 10:0} {Middle(all, load => load.P50), 8:0.00} {Middle(all, load => load.P99), 8:0.00} {Middle(all, load => load.Processor), 16:0.0}"
                )
            );
        Console.WriteLine();
        foreach (var (name, _, _, goal, atMost) in Shares)
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -42} {Share(name), 10:0.000}   goal {(atMost ? "at most" : "at least")} {goal}"
                )
            );
        foreach (var (name, figure) in notes)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name, -42} {figure, 10:0.00}"));
    }

    /// <summary>The ratios and notes, to be kept.</summary>
    public IReadOnlyDictionary<string, double> Figures
    {
        get
        {
            var figures = Shares.ToDictionary(share => share.Name, share => Math.Round(Share(share.Name), 3));
            figures["filtered lists one at a time, p99 ms"] = Math.Round(
                Middle(loads["uncached filtered lists, one at a time"], load => load.P99),
                1
            );
            foreach (var (name, figure) in notes)
                figures[name] = Math.Round(figure, 2);
            return figures;
        }
    }

    private double Share(string name)
    {
        var (_, of, by, _, _) = Shares.Single(share => share.Name == name);
        return Middle(loads[of].Zip(loads[by], (one, other) => one.PerSecond / other.PerSecond));
    }

    private static double Middle(IEnumerable<Load> loads, Func<Load, double> figure) => Middle(loads.Select(figure));

    private static double Middle(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

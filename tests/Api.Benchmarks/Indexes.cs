using System.Diagnostics;
using System.Globalization;
using Api.Indexing;
using Roaring.Net.CRoaring;

namespace Api.Benchmarks;

/// <summary>
/// The index of lists alone, without a database: what finding, counting and changing take, and the same sets as bitmaps of CRoaring beside
/// them.
/// </summary>
internal static class Indexes
{
    private const int Topics = 3_000;
    private const int Experts = 5_000;
    private const int Types = 8;

    private static readonly Random Random = new(5);

    /// <param name="count">How many articles there are.</param>
    /// <param name="samples">How often each thing is measured.</param>
    public static int Run(int count, int samples)
    {
        var items = Enumerable.Range(1, count).Select(Item).ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var building = Stopwatch.StartNew();
        var index = ItemIndex.Of(items);
        Say("made of sorted items", building.Elapsed.TotalSeconds, "s");
        Say("memory, without the titles themselves", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0, "MiB");

        var bitmaps = items
            .SelectMany(item => item.Keys.Select(key => (Key: key, item.Number)))
            .GroupBy(one => one.Key)
            .ToDictionary(key => key.Key, key => Roaring32Bitmap.FromValues([.. key.Select(one => (uint)one.Number)]));
        var (topics, types) = (
            Enumerable.Range(0, samples).Select(_ => Topic()).ToList(),
            Enumerable.Range(0, samples).Select(_ => Topics + Experts + Random.Next(Types) + 1).ToList()
        );
        Measure(
            "page of 20 of a topic",
            samples,
            n =>
                Page(
                    index,
                    new()
                    {
                        Groups =
                        [
                            [topics[n]],
                        ],
                    }
                )
        );
        Measure(
            "page of 20 of a topic and a type",
            samples,
            n =>
                Page(
                    index,
                    new()
                    {
                        Groups =
                        [
                            [topics[n]],
                            [types[n]],
                        ],
                    }
                )
        );
        Measure(
            "the same at half depth",
            samples,
            n =>
                Page(
                    index,
                    new()
                    {
                        Groups =
                        [
                            [topics[n]],
                            [types[n]],
                        ],
                    },
                    atHalf: true
                )
        );
        Measure(
            "of two topics, by title",
            samples,
            n =>
                Page(
                    index,
                    new()
                    {
                        Groups =
                        [
                            [topics[n]],
                            [topics[^(n + 1)]],
                        ],
                    },
                    SortBy.Title
                )
        );
        Measure(
            "of a type, without a topic, in some years",
            samples,
            n =>
                Page(
                    index,
                    new()
                    {
                        Groups =
                        [
                            [types[n]],
                        ],
                        Excluded = [topics[n]],
                        First = new(n * 1_000, 400_000_000 + (n * 1_000)),
                    }
                )
        );
        Measure("of everything at half depth", samples, _ => Page(index, IndexQuery.Everything, atHalf: true));
        Measure("facet of all topics, of everything", Math.Min(samples, 30), _ => Facet(index.Find(IndexQuery.Everything)));
        Measure(
            "facet of all topics, of a type",
            Math.Min(samples, 30),
            n =>
                Facet(
                    index.Find(
                        new()
                        {
                            Groups =
                            [
                                [types[n]],
                            ],
                        }
                    )
                )
        );
        Measure("commit of one item", samples, _ => Commit(ref index, items, 1));
        Measure("commit of a thousand items", Math.Min(samples, 20), _ => Commit(ref index, items, 1_000));
        Measure("total of two keys", samples, n => KeySet.CountAnd(index.Of(topics[n]), index.Of(types[n])));
        Measure("total of two keys, CRoaring", samples, n => (int)bitmaps[topics[n]].AndCount(bitmaps[types[n]]));
        Measure("members of two keys", samples, n => KeySet.And(index.Of(topics[n]), index.Of(types[n])).Count);
        Measure(
            "members of two keys, CRoaring",
            samples,
            n =>
            {
                using var both = bitmaps[topics[n]].And(bitmaps[types[n]]);
                return (int)both.Count;
            }
        );
        Measure(
            "sets of one item, next version",
            samples,
            n => items[Random.Next(count)] is var item ? item.Keys.Sum(key => index.Of(key).With([item.Number], []).Count) : 0
        );
        Measure(
            "sets of one item, next version, CRoaring",
            samples,
            n =>
            {
                var item = items[Random.Next(count)];
                var total = 0;
                foreach (var key in item.Keys)
                {
                    using var copy = bitmaps[key].Clone();
                    copy.Add((uint)item.Number);
                    total += (int)copy.Count;
                }
                return total;
            }
        );
        return 0;
    }

    // Some topics are large and most are small.
    private static int Topic() => 1 + (int)(Topics * Math.Pow(Random.NextDouble(), 4));

    private static IndexedItem Item(int number)
    {
        var title = new byte[24];
        Random.NextBytes(title);
        var second = Random.Next(800_000_000);
        return new(
            number,
            new Place(Guid.NewGuid(), second, second + Random.Next(1_000_000), title, (short)(2000 + (second / 32_000_000))),
            [
                .. new[]
                {
                    Topic(),
                    Topic(),
                    Topics + Random.Next(Experts),
                    Topics + Experts + 1 + Random.Next(Types),
                    Topics + Experts + 20,
                    Topics + Experts + 21 + Random.Next(4),
                }.Distinct(),
            ]
        );
    }

    private static int Page(ItemIndex index, IndexQuery query, SortBy by = SortBy.First, bool atHalf = false)
    {
        var matches = index.Find(query);
        var total = matches.Count;
        return total + matches.Page(by, descending: true, after: null, skip: atHalf ? total / 2 : 0, take: 21).Length;
    }

    private static int Facet(Matches matches)
    {
        var most = 0;
        for (var topic = 1; topic <= Topics; topic++)
            most = Math.Max(most, matches.CountOf(topic));
        return most;
    }

    private static int Commit(ref ItemIndex index, List<IndexedItem> items, int count)
    {
        var places = Enumerable.Range(0, count).Select(_ => Random.Next(items.Count)).Distinct().ToList();
        var left = places.Select(place => (place + 1, items[place].Keys)).ToList();
        foreach (var place in places)
            items[place] = Item(place + 1);
        index = index.With([.. places.Select(place => items[place])], [], left);
        return index.All.Count;
    }

    private static void Measure(string name, int samples, Func<int, int> run)
    {
        for (var n = 0; n < Math.Min(samples, 10); n++)
            run(n);
        var times = new double[samples];
        for (var n = 0; n < samples; n++)
        {
            var watch = Stopwatch.StartNew();
            run(n);
            times[n] = watch.Elapsed.TotalMicroseconds;
        }
        Array.Sort(times);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -44} p50 {times[samples / 2], 9:0.0} µs   p99 {times[samples * 99 / 100], 9:0.0} µs"
            )
        );
    }

    private static void Say(string name, double figure, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name, -44} {figure, 9:0.00} {unit}"));
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Api.Http.Tags;
using Api.Invalidation;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Invalidation;

/// <summary>What changes name: every kept answer that is another afterwards, and hardly any that is not.</summary>
public class InvalidationTests(InvalidationTests.Content api) : IClassFixture<InvalidationTests.Content>
{
    /// <summary>Writes of the long proof, which is run on demand: <c>CONTENT_KEYS_WRITES=2000</c>.</summary>
    private static readonly int Writes = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_KEYS_WRITES") ?? "25",
        CultureInfo.InvariantCulture
    );

    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("CONTENT_KEYS_SEED") ?? "7",
        CultureInfo.InvariantCulture
    );

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InvalidationReader Invalidation => api.Services.GetRequiredService<InvalidationReader>();

    [Fact]
    public async Task Every_answer_that_a_change_alters_is_named_by_it_and_most_of_those_named_are_altered()
    {
        await using var writer = new RandomWriter(api.Connections, Seed);
        await writer.Begin();
        var remembered = new Remembered(api.Client, api.Database, new Random(Seed));
        var known = await Settled();
        await remembered.Extend();
        var tally = new Tally();
        var begun = writer.Written;
        for (var round = 1; writer.Written < begun + Writes; round++)
        {
            // Now and then several commits at once, as for a receiver that is behind. Of these more answers change, so they do not count.
            var commits = round % 6 == 0 ? 3 : 1;
            for (var commit = 0; commit < commits; commit++)
                await writer.Write(1, onlyArticles: round % 3 > 0);
            known = await Compare(remembered, known, commits == 1 ? tally : new Tally());
            if (round % 10 == 0)
                await remembered.Extend();
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{writer.Written - begun} writes, {remembered.Count} answers kept; {tally}");
        Assert.True(tally.Precision >= 0.9, tally.ToString());
    }

    // Until nothing happens while the answers are asked for: things appear and vanish by themselves, and what expires is hidden before its
    // change is written.
    private async Task<long> Compare(Remembered remembered, long known, Tally tally)
    {
        var (altered, unaltered, named) = (
            new Dictionary<string, Remembered.Kept>(),
            new Dictionary<string, Remembered.Kept>(),
            new HashSet<string>(StringComparer.Ordinal)
        );
        var patience = Stopwatch.StartNew();
        for (var (from, head) = (known, await Settled()); ; (from, head) = (head, await Settled()))
        {
            named.UnionWith(await Invalidation.Between(from, head, Cancel));
            var (changed, same) = await remembered.AskAgain();
            foreach (var answer in changed)
                altered.TryAdd(answer.Path, answer);
            foreach (var answer in same)
                unaltered.TryAdd(answer.Path, answer);
            var missed = altered.Values.Where(answer => !answer.Keys.Any(named.Contains)).ToList();
            if (missed.Count > 0 && patience.Elapsed > TimeSpan.FromSeconds(5) && await Settled() == head)
            {
                Assert.Fail(
                    $"changes {known} to {head}\nnamed {string.Join(' ', named)}\nmissed\n{string.Join('\n', missed.Select(answer => $"{answer.Path}: {string.Join(' ', answer.Keys)}"))}\n"
                        + $"{missed[0].Difference}\n{await Rows(known, head)}"
                );
            }
            if (missed.Count > 0 || await Settled() != head)
                continue;
            tally.Add(named, [.. altered.Values], [.. unaltered.Values.Where(answer => !altered.ContainsKey(answer.Path))]);
            return head;
        }
    }

    // In this order: what is written in between is not taken for noticed.
    private async Task<long> Settled()
    {
        var head = await Head();
        await api.Notice();
        return head;
    }

    private async Task<long> Head()
    {
        await using var command = api.Database.CreateCommand("select sequence from content.head");
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private async Task<string> Rows(long since, long upTo)
    {
        await using var command = api.Database.CreateCommand(
            $"select c::text || coalesce((select i::text from content.items i where i.item_id = c.item_id), '') from content.changes c where sequence > {since} and sequence <= {upTo} order by sequence"
        );
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancel))
            rows.Add(reader.GetString(0));
        return string.Join('\n', rows);
    }

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Api:PublicUrl"] = DemoFixture.PublicUrl;
    }

    // Of the answers that changes named, how many were another afterwards. Lists of two filters are also counted apart.
    private sealed class Tally
    {
        private readonly Dictionary<bool, (int Altered, int Same)> named = new() { [true] = default, [false] = default };
        private int commits,
            wholly,
            withContent;

        public double Precision => Share(named[false]);

        private double Whole => Share((named[false].Altered + named[true].Altered, named[false].Same + named[true].Same));

        public void Add(HashSet<string> keys, IReadOnlyList<Remembered.Kept> altered, IReadOnlyList<Remembered.Kept> unaltered)
        {
            commits++;
            if (keys.Contains(CacheKey.All))
            {
                wholly++;
                return;
            }
            foreach (var (answers, isAltered) in new[] { (altered, true), (unaltered, false) })
            {
                foreach (var answer in answers.Where(answer => answer.Keys.Any(keys.Contains)))
                {
                    if (answer.Keys.Contains(CacheKey.Content))
                        withContent++;
                    else
                    {
                        ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(named, answer.IsByTwo);
                        count = isAltered ? (count.Altered + 1, count.Same) : (count.Altered, count.Same + 1);
                    }
                }
            }
        }

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{commits} commits, {wholly} of which name all; {Whole:0.000} of the answers named are altered; of lists of two filters {named[true].Altered} are and {named[true].Same} are the same ({Share(named[true]):0.000}), of all others {named[false].Altered} and {named[false].Same} ({Share(named[false]):0.000}); {withContent} with content are left out"
            );

        private static double Share((int Altered, int Same) count) => count.Altered / (double)Math.Max(1, count.Altered + count.Same);
    }
}

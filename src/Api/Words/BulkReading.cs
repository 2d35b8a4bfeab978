using System.Collections.Concurrent;
using Api.Words.Languages;
using Api.Words.Postings;
using Api.Words.Texts;

namespace Api.Words;

/// <summary>Reads the words of many articles, in several threads. Nothing of the index in use is touched but its vocabularies.</summary>
/// <param name="index">The index whose vocabularies and languages are used.</param>
internal sealed class BulkReading(WordIndex index)
{
    // A segment is one array of bytes, of at most 2 GB.
    private const long MostBytes = 500_000_000;

    private static readonly int Threads = Math.Clamp(Environment.ProcessorCount, 1, 4);

    private readonly ConcurrentBag<(Language Language, Segment Segment)> segments = [];
    private readonly List<ItemText> named = [];

    /// <summary>The texts of experts, topics and events.</summary>
    public IReadOnlyList<ItemText> Named => named;

    /// <summary>The words of the articles.</summary>
    public IReadOnlyCollection<(Language Language, Segment Segment)> Segments => segments;

    /// <summary>Reads batches of texts as they come; the numbers of the items ascend.</summary>
    public async Task Read(IAsyncEnumerable<IReadOnlyList<ItemText>> batches, CancellationToken cancel)
    {
        var queue = new BlockingCollection<IReadOnlyList<ItemText>>(Threads * 2);
        var readers = Enumerable.Range(0, Threads).Select(_ => Task.Run(() => Read(queue, cancel), cancel)).ToArray();
        try
        {
            await foreach (var batch in batches.WithCancellation(cancel))
            {
                named.AddRange(batch.Where(item => !item.IsArticle));
                while (!queue.TryAdd(batch, millisecondsTimeout: 0, cancel))
                {
                    if (Array.Find(readers, reader => reader.IsFaulted) is { } failed)
                        await failed;
                    await Task.Delay(5, cancel);
                }
            }
        }
        finally
        {
            queue.CompleteAdding();
        }
        await Task.WhenAll(readers);
        foreach (var language in segments.Select(one => one.Language).Distinct())
            index.Vocabularies.Of(language).Prepare(language);
    }

    private void Read(BlockingCollection<IReadOnlyList<ItemText>> queue, CancellationToken cancel)
    {
        var builders = new Dictionary<Language, SegmentBuilder>();
        foreach (var batch in queue.GetConsumingEnumerable(cancel))
        {
            foreach (var item in batch.Where(item => item.IsArticle).OrderBy(item => item.ItemId))
            {
                var language = index.Languages.Get(item.Language);
                if (!builders.TryGetValue(language, out var builder))
                    builders[language] = builder = new SegmentBuilder(index.Vocabularies.Of(language));
                builder.Add(item);
                if (builder.Bytes <= MostBytes)
                    continue;
                segments.Add((language, builder.ToSegment()));
                builders.Remove(language);
            }
        }
        foreach (var (language, builder) in builders)
            segments.Add((language, builder.ToSegment()));
    }
}

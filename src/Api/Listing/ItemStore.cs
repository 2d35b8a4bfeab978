using System.Collections.Concurrent;
using Api.Http.Json;
using Api.Settings;

namespace Api.Listing;

/// <summary>
/// Keeps items as lists show them, and their cards, serialized once for each change that is visible in them. Limited to a number of bytes.
/// Lookups take no lock.
/// </summary>
internal sealed class ItemStore(ItemStoreSettings settings, TimeProvider clock)
{
    // After this time, every query that started before an item expired has finished.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    // By KeyOf.
    private readonly ConcurrentDictionary<long, ReadyItem> items = new();
    private readonly Lock gate = new();
    private long bytes;
    private long sequence = -1;
    private long? expired;

    /// <summary>The memory they take, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>The number of items kept.</summary>
    public int Count => items.Count;

    /// <summary>The item, or its card, as a list at <paramref name="sequence"/> shows it; null when it is not kept.</summary>
    public ReadyItem? Find(int number, bool isCard, long sequence)
    {
        if (!items.TryGetValue(KeyOf(number, isCard), out var item) || item.From > sequence)
            return null;
        var now = clock.GetTimestamp();
        // A precision of a tenth of a second is enough; fewer writes keep the cache line shared between processors.
        if (now - item.Used > clock.TimestampFrequency / 10)
            item.Used = now;
        return item;
    }

    /// <summary>Keeps items that were read at a sequence, unless later changes are already known.</summary>
    public void Keep(IEnumerable<ReadyItem> made, long asOf)
    {
        lock (gate)
        {
            if (asOf < sequence)
                return;
            foreach (var item in made)
            {
                // A translation expires without a change of this item, so an item read around that moment may still show it.
                if (item.HasTranslations && expired is { } moment && clock.GetElapsedTime(moment) < Settled)
                    continue;
                Remove(item.Number, item.IsCard);
                items[KeyOf(item.Number, item.IsCard)] = item;
                item.Used = clock.GetTimestamp();
                bytes += item.Bytes;
            }
            MakeRoom();
        }
    }

    /// <summary>Drops items that changed up to a sequence.</summary>
    public void Drop(IEnumerable<int> numbers, long upTo)
    {
        lock (gate)
        {
            sequence = upTo;
            foreach (var number in numbers)
            {
                Remove(number, isCard: false);
                Remove(number, isCard: true);
            }
        }
    }

    /// <summary>Drops all items: names changed up to a sequence, or the content has another history.</summary>
    public void Clear(long upTo = -1)
    {
        lock (gate)
        {
            sequence = upTo;
            items.Clear();
            bytes = 0;
        }
    }

    /// <summary>Drops the items that show translations, because an article has expired.</summary>
    public void DropTranslated()
    {
        lock (gate)
        {
            expired = clock.GetTimestamp();
            foreach (var item in items.Values.Where(item => item.HasTranslations))
                Remove(item.Number, item.IsCard);
        }
    }

    private static long KeyOf(int number, bool isCard) => ((long)number << 1) | (isCard ? 1L : 0L);

    private void Remove(int number, bool isCard)
    {
        if (items.TryRemove(KeyOf(number, isCard), out var item))
            bytes -= item.Bytes;
    }

    // Frees a fifth of the memory at a time, so that sorting is rare.
    private void MakeRoom()
    {
        if (bytes <= settings.MaxBytes)
            return;
        foreach (var item in items.Values.OrderBy(item => item.Used))
        {
            if (bytes <= settings.MaxBytes / 5 * 4)
                break;
            Remove(item.Number, item.IsCard);
        }
    }
}

/// <summary>Settings <c>Items:…</c>.</summary>
internal sealed record ItemStoreSettings
{
    private static readonly NumberSetting MaxBytesSetting = new("Items:MaxBytes", "bytes", 32 * 1024 * 1024, 0, long.MaxValue)
    {
        Effect = "Maximum memory for articles and events that are kept as JSON for lists and as cards. 0 keeps none.",
    };

    /// <summary>Bytes that items kept in memory may take, as lists show them; 0 keeps none.</summary>
    public long MaxBytes { get; init; } = MaxBytesSetting.Usual;

    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is allowed.</summary>
    public static ItemStoreSettings From(IConfiguration configuration) => new() { MaxBytes = MaxBytesSetting.Read(configuration) };
}

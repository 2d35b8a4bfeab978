using Api.Collation;
using Api.Data.Delivery;
using Api.Http.Answers;
using Dapper;

namespace Api.Reading.Named;

/// <summary>A resource whose items have names.</summary>
/// <param name="Name">expert or topic.</param>
/// <param name="View">Its view.</param>
/// <param name="Columns">The columns of the name: <c>name</c>, and those of a person's.</param>
internal sealed record NamedResource(string Name, string View, string Columns)
{
    /// <summary>Experts, by family name.</summary>
    public static NamedResource Experts { get; } = new("expert", "delivery.experts", "name, given_name, family_name");

    /// <summary>Topics.</summary>
    public static NamedResource Topics { get; } = new("topic", "delivery.topics", "name");
}

/// <summary>All visible items of a resource in the order of their names.</summary>
/// <param name="Sequence">The last change of a name before they were read.</param>
/// <param name="Until">When the first of them expires, as a timestamp of the clock; the largest number when none does.</param>
/// <param name="Rows">The items.</param>
internal sealed record NameOrder(long Sequence, long Until, KeyedOrder Rows);

/// <summary>
/// Has the orders of names in memory, each until a name changes or an item expires. 100,000 names are read, keyed and sorted in half a
/// second, and take 15 MB.
/// </summary>
/// <remarks>
/// The caller reads rows by an order, compares the sequence of the order with <c>reference_sequence</c> of the rows, and asks for another
/// order when they differ.
/// </remarks>
/// <param name="queries">The database.</param>
/// <param name="order">The order of names.</param>
/// <param name="clock">The clock.</param>
/// <param name="keeps">Whether orders are kept; otherwise each is read when it is needed.</param>
internal sealed class NameOrders(IQueries queries, TitleOrder order, TimeProvider clock, bool keeps) : IDisposable
{
    private readonly Dictionary<NamedResource, NameOrder> kept = [];
    private readonly Lock gate = new();
    private readonly SemaphoreSlim reading = new(1, 1);
    private int histories;

    /// <summary>Whether orders are kept.</summary>
    public bool Keeps => keeps;

    /// <summary>The order of a resource; no or one round trip.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="outdated">An order that was found to be another than that of the rows; null at first.</param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<NameOrder> Get(NamedResource resource, NameOrder? outdated, CancellationToken cancel)
    {
        if (!keeps)
            return await Read(resource, cancel);
        if (Find(resource, outdated) is { } known)
            return known;
        await reading.WaitAsync(cancel);
        try
        {
            return Find(resource, outdated) ?? await Read(resource, cancel);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Reads the order of a resource; one round trip.</summary>
    public async Task<NameOrder> Read(NamedResource resource, CancellationToken cancel)
    {
        var (history, asked) = (Volatile.Read(ref histories), clock.GetTimestamp());
        var (sequence, seconds, names) = await queries.QueryMultiple(
            $"""
            select reference_sequence from delivery.head;
            select extract(epoch from min(x.expires_at) - now())::double precision
            from   delivery.expiries x
            where  x.resource = @name and x.expires_at > now();
            select item_id, id, {resource.Columns} from {resource.View}
            """,
            new { name = resource.Name },
            async results =>
                (
                    await results.ReadSingleAsync<long>(),
                    await results.ReadSingleAsync<double?>(),
                    (await results.ReadAsync<NameRow>()).AsList()
                ),
            cancel
        );
        // Timestamps do not reach the year 9999.
        var until = seconds is { } left ? asked + (long)Math.Min(left * clock.TimestampFrequency, long.MaxValue / 2) : long.MaxValue;
        var read = new NameOrder(sequence, until, new KeyedOrder(names.Select(row => row.Keyed(order))));
        lock (gate)
        {
            // Another database server may have later changes.
            if (keeps && history == histories && !(kept.TryGetValue(resource, out var before) && before.Sequence > sequence))
                kept[resource] = read;
        }
        return read;
    }

    /// <summary>Drops all orders: another history of the content may use the same numbers for other items.</summary>
    public void Forget()
    {
        lock (gate)
        {
            histories++;
            kept.Clear();
        }
    }

    public void Dispose() => reading.Dispose();

    private NameOrder? Find(NamedResource resource, NameOrder? outdated)
    {
        lock (gate)
            return kept.TryGetValue(resource, out var found) && found != outdated && clock.GetTimestamp() < found.Until ? found : null;
    }

    private sealed record NameRow
    {
        public int ItemId { get; init; }
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public string? GivenName { get; init; }
        public string? FamilyName { get; init; }

        public KeyedRow Keyed(TitleOrder order) => new(ItemId, Id, order.Key(Name, GivenName, FamilyName));
    }
}

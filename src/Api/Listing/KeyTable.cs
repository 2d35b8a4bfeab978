namespace Api.Listing;

/// <summary>What the keys of the read model stand for. Immutable.</summary>
internal sealed class KeyTable
{
    private readonly Dictionary<int, KeyRow> byKey;
    private readonly Dictionary<(string Kind, string Resource, string Slug, string Role), KeyRow> byValue;
    private readonly ILookup<string, KeyRow> byKind;
    private readonly Dictionary<(string Kind, int Item), KeyRow> byItem;

    /// <param name="rows">All keys.</param>
    public KeyTable(IEnumerable<KeyRow> rows)
    {
        byKey = [];
        byValue = [];
        foreach (var row in rows)
        {
            byKey[row.Key] = row;
            byValue[(row.Kind, row.Resource, row.Slug, row.Role)] = row;
        }
        byKind = byKey.Values.Where(row => row.Name is not null).ToLookup(row => row.Kind);
        byItem = byKind.SelectMany(kind => kind).Where(row => row.ItemId != 0).ToDictionary(row => (row.Kind, row.ItemId));
    }

    /// <summary>Whether it has a key.</summary>
    public bool Has(int key) => byKey.ContainsKey(key);

    /// <summary>The key of what a filter says; null when there is none.</summary>
    public KeyRow? Find(string kind, string resource, string slug, string role) => byValue.GetValueOrDefault((kind, resource, slug, role));

    /// <summary>The key of an item, such as a topic; null when there is none.</summary>
    public KeyRow? Of(string kind, int item) => byItem.GetValueOrDefault((kind, item));

    /// <summary>The keys of a kind that have names: types, topics, experts, outlets.</summary>
    public IEnumerable<KeyRow> Named(string kind) => byKind[kind];

    /// <summary>The same with more keys.</summary>
    public KeyTable With(IReadOnlyCollection<KeyRow> more) => more.Count == 0 ? this : new(byKey.Values.Concat(more));
}

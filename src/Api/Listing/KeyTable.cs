namespace Api.Listing;

/// <summary>The keys of the read model and the values they stand for. Immutable.</summary>
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

    /// <summary>Whether the table contains a key.</summary>
    public bool Has(int key) => byKey.ContainsKey(key);

    /// <summary>The key of a filter value; null when there is none.</summary>
    public KeyRow? Find(string kind, string resource, string slug, string role) => byValue.GetValueOrDefault((kind, resource, slug, role));

    /// <summary>The key of an item, such as a topic; null when there is none.</summary>
    public KeyRow? Of(string kind, int item) => byItem.GetValueOrDefault((kind, item));

    /// <summary>The keys of a kind with names: types, topics, experts, outlets.</summary>
    public IEnumerable<KeyRow> Named(string kind) => byKind[kind];

    /// <summary>The table with additional keys.</summary>
    public KeyTable With(IReadOnlyCollection<KeyRow> more) => more.Count == 0 ? this : new(byKey.Values.Concat(more));
}

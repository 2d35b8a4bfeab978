using System.Collections.Immutable;
using Api.Words.Languages;

namespace Api.Words.Texts;

/// <summary>The whole names of items, accents, case and punctuation apart. Immutable.</summary>
/// <param name="ByName">The numbers of the items with a name.</param>
/// <param name="ByItem">The names of an item.</param>
internal sealed record NameTable(ImmutableDictionary<string, ImmutableHashSet<int>> ByName, ImmutableDictionary<int, string[]> ByItem)
{
    /// <summary>A table without names.</summary>
    public static NameTable Empty { get; } =
        new(
            ImmutableDictionary<string, ImmutableHashSet<int>>.Empty.WithComparers(StringComparer.Ordinal),
            ImmutableDictionary<int, string[]>.Empty
        );

    /// <summary>The items that have exactly this name, which is in the form of <see cref="Normal"/>.</summary>
    public IReadOnlyCollection<int> Find(string name) => ByName.GetValueOrDefault(name, []);

    /// <summary>The names of an item in the form they are compared in.</summary>
    public IReadOnlyList<string> Of(int item) => ByItem.GetValueOrDefault(item, []);

    /// <summary>A name as it is compared: folded, its words a space apart.</summary>
    public static string Normal(string name)
    {
        var tokenizer = new Tokenizer();
        tokenizer.Read(Folding.Composed(name));
        List<string> words = [];
        while (tokenizer.Next())
        {
            if (tokenizer.Current.Kind != TokenKind.Joined)
                words.Add(Folding.Fold(tokenizer.Word.ToString()));
        }
        return string.Join(' ', words);
    }

    /// <summary>The table after a change.</summary>
    public NameTable With(IEnumerable<int> changed, IEnumerable<ItemText> present)
    {
        var (names, items) = (ByName.ToBuilder(), ByItem.ToBuilder());
        foreach (var item in changed)
        {
            if (!items.Remove(item, out var before))
                continue;
            foreach (var name in before)
            {
                var rest = names[name].Remove(item);
                if (rest.IsEmpty)
                    names.Remove(name);
                else
                    names[name] = rest;
            }
        }
        foreach (var text in present.Where(text => text.Names.Length > 0))
        {
            string[] normal =
            [
                .. text.Names.OfType<string>().Select(Normal).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal),
            ];
            items[text.ItemId] = normal;
            foreach (var name in normal)
                names[name] = names.GetValueOrDefault(name, []).Add(text.ItemId);
        }
        return new(names.ToImmutable(), items.ToImmutable());
    }
}

namespace Api.Indexing;

/// <summary>An immutable array: a new version copies only the changed pages, of 256 elements each, and shares the others.</summary>
internal sealed class Paged<T>
{
    private const int PageSize = 256;

    private static readonly T[] Nothing = new T[1];

    private readonly T[]?[] pages;

    private Paged(T[]?[] pages) => this.pages = pages;

    public static Paged<T> Empty { get; } = new([]);

    /// <summary>The element at <paramref name="n"/>; the default value where none was set.</summary>
    public ref readonly T this[int n]
    {
        get
        {
            var page = n / PageSize;
            if (page < pages.Length && pages[page] is { } there)
                return ref there[n % PageSize];
            return ref Nothing[0];
        }
    }

    /// <summary>The elements of all allocated pages with their positions, in order.</summary>
    public IEnumerable<(int N, T Element)> Set
    {
        get
        {
            for (var page = 0; page < pages.Length; page++)
            {
                if (pages[page] is not { } there)
                    continue;
                for (var n = 0; n < there.Length; n++)
                    yield return (page * PageSize + n, there[n]);
            }
        }
    }

    /// <summary>The array with other elements at some positions, which are 0 or more.</summary>
    public Paged<T> With(IReadOnlyCollection<(int N, T Element)> changes)
    {
        if (changes.Count == 0)
            return this;
        var next = new T[]?[Math.Max(pages.Length, changes.Max(change => change.N) / PageSize + 1)];
        pages.CopyTo(next, 0);
        foreach (var (n, element) in changes)
        {
            var page = n / PageSize;
            if (next[page] is null || (page < pages.Length && next[page] == pages[page]))
                next[page] = next[page] is { } shared ? [.. shared] : new T[PageSize];
            next[page]![n % PageSize] = element;
        }
        return new(next);
    }

    /// <summary>Builds an array from a stream of elements.</summary>
    public sealed class Builder
    {
        private readonly List<T[]?> pages = [];

        /// <summary>Sets the element at <paramref name="n"/>, which is 0 or more.</summary>
        public void Set(int n, T element)
        {
            var page = n / PageSize;
            while (pages.Count <= page)
                pages.Add(null);
            (pages[page] ??= new T[PageSize])[n % PageSize] = element;
        }

        /// <summary>The array; no element may be set afterwards.</summary>
        public Paged<T> ToPaged() => new([.. pages]);
    }
}

namespace Api.Indexing;

/// <summary>
/// The sort values of the items, by number. Immutable, as <see cref="Paged{T}"/>. The times are separate arrays, because many operations
/// read nothing else.
/// </summary>
internal sealed class Places
{
    private readonly Paged<long> first;
    private readonly Paged<long> second;
    private readonly Paged<Rest> rest;

    private Places(Paged<long> first, Paged<long> second, Paged<Rest> rest) => (this.first, this.second, this.rest) = (first, second, rest);

    /// <summary>The sort values of an item; the default value for a number without an item.</summary>
    public Place this[int number]
    {
        get
        {
            ref readonly var beside = ref rest[number];
            return new(beside.Id, first[number], second[number], beside.Title, beside.Year, beside.Day);
        }
    }

    /// <summary>An item's <see cref="Place.First"/>.</summary>
    public long First(int number) => first[number];

    /// <summary>An item's <see cref="Place.Second"/>.</summary>
    public long Second(int number) => second[number];

    /// <summary>An item's <see cref="Place.Day"/>.</summary>
    public int Day(int number) => rest[number].Day;

    /// <summary>An item's <see cref="Place.Year"/>.</summary>
    public short Year(int number) => rest[number].Year;

    /// <summary>An item's <see cref="Place.Id"/>.</summary>
    public Guid Id(int number) => rest[number].Id;

    /// <summary>An item's <see cref="Place.Title"/>.</summary>
    public ReadOnlySpan<byte> Title(int number) => rest[number].Title;

    /// <summary>Compares an item with a place.</summary>
    public int Compare(SortBy by, int number, in Place place)
    {
        var compared = by switch
        {
            SortBy.First => first[number].CompareTo(place.First),
            SortBy.Second => second[number].CompareTo(place.Second),
            _ => Title(number).SequenceCompareTo(place.Title),
        };
        return compared != 0 ? compared : rest[number].Id.CompareTo(place.Id);
    }

    /// <summary>Compares two items.</summary>
    public int Compare(SortBy by, int one, int other)
    {
        var compared = by switch
        {
            SortBy.First => first[one].CompareTo(first[other]),
            SortBy.Second => second[one].CompareTo(second[other]),
            _ => Title(one).SequenceCompareTo(Title(other)),
        };
        return compared != 0 ? compared : rest[one].Id.CompareTo(rest[other].Id);
    }

    /// <summary>The sort values after a set of changes.</summary>
    /// <param name="present">The items that exist now.</param>
    /// <param name="gone">The numbers of the removed items.</param>
    public Places With(IReadOnlyCollection<IndexedItem> present, IReadOnlyCollection<int> gone) =>
        new(
            first.With([.. present.Select(item => (item.Number, item.Place.First)), .. gone.Select(number => (number, 0L))]),
            second.With([.. present.Select(item => (item.Number, item.Place.Second)), .. gone.Select(number => (number, 0L))]),
            rest.With([.. present.Select(item => (item.Number, Rest.Of(item.Place))), .. gone.Select(number => (number, default(Rest)))])
        );

    /// <summary>Builds the sort values from a stream of items.</summary>
    public sealed class Builder
    {
        private readonly Paged<long>.Builder first = new();
        private readonly Paged<long>.Builder second = new();
        private readonly Paged<Rest>.Builder rest = new();

        /// <summary>Sets the sort values of an item.</summary>
        public void Set(int number, in Place place)
        {
            first.Set(number, place.First);
            second.Set(number, place.Second);
            rest.Set(number, Rest.Of(place));
        }

        /// <summary>The sort values; none may be set afterwards.</summary>
        public Places ToPlaces() => new(first.ToPaged(), second.ToPaged(), rest.ToPaged());
    }

    private readonly record struct Rest(Guid Id, byte[] Title, short Year, int Day)
    {
        public static Rest Of(in Place place) => new(place.Id, place.Title, place.Year, place.Day);
    }
}

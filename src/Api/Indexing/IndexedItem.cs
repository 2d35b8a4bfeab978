namespace Api.Indexing;

/// <summary>The properties of an item that lists need.</summary>
/// <param name="Number">Its number in the database, 1 and up; never reused.</param>
/// <param name="Place">Its sort values.</param>
/// <param name="Keys">The keys under which it can be found, distinct.</param>
internal sealed record IndexedItem(int Number, Place Place, IReadOnlyList<int> Keys);

/// <summary>The sort values of an item.</summary>
/// <param name="Id">Its public id, which breaks ties.</param>
/// <param name="First">When it was published or starts: microseconds since 1970 (UTC).</param>
/// <param name="Second">When it last changed or ends: microseconds since 1970 (UTC).</param>
/// <param name="Title">The sort key of its title, compared byte by byte.</param>
/// <param name="Year">The year of <paramref name="First"/> in the site's time zone.</param>
/// <param name="Day">
/// The first day of an all-day item, as days since the year 1; <see cref="NoDay"/> for an item with a time of day.
/// </param>
internal readonly record struct Place(Guid Id, long First, long Second, byte[] Title, short Year, int Day = Place.NoDay)
{
    /// <summary>The item has a time of day.</summary>
    public const int NoDay = int.MinValue;

    /// <summary>Sorts before all items at an instant: no id is lower.</summary>
    public static Place Before(long instant) => new(Guid.Empty, instant, instant, [], 0);

    /// <summary>Sorts after all items at an instant: no id is higher.</summary>
    public static Place After(long instant) => new(Guid.AllBitsSet, instant, instant, [], 0);
}

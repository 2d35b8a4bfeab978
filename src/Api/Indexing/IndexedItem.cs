namespace Api.Indexing;

/// <summary>What lists must know of an item.</summary>
/// <param name="Number">Its number in the database, 1 and up; never given again.</param>
/// <param name="Place">What it is sorted by.</param>
/// <param name="Keys">Numbers of all it can be found under, distinct.</param>
internal sealed record IndexedItem(int Number, Place Place, IReadOnlyList<int> Keys);

/// <summary>What an item is sorted by.</summary>
/// <param name="Id">Its public id, which breaks ties.</param>
/// <param name="First">When it was published, or begins: microseconds since 1970 (UTC).</param>
/// <param name="Second">When it was last changed, or ends: microseconds since 1970 (UTC).</param>
/// <param name="Title">Its title as it sorts, compared byte by byte.</param>
/// <param name="Year">The year of <paramref name="First"/> in the site's time zone.</param>
/// <param name="Day">The first of its whole days, as days since the year 1; <see cref="NoDay"/> when it has a time of day.</param>
internal readonly record struct Place(Guid Id, long First, long Second, byte[] Title, short Year, int Day = Place.NoDay)
{
    /// <summary>It begins at a time of day.</summary>
    public const int NoDay = int.MinValue;

    /// <summary>Before everything at an instant: no id is lower.</summary>
    public static Place Before(long instant) => new(Guid.Empty, instant, instant, [], 0);

    /// <summary>After everything at an instant: no id is higher.</summary>
    public static Place After(long instant) => new(Guid.AllBitsSet, instant, instant, [], 0);
}

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
internal readonly record struct Place(Guid Id, long First, long Second, byte[] Title, short Year);

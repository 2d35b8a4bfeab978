namespace Api.Import;

/// <summary>
/// Keeps what a long reading has thrown away from filling the memory. The runtime lets new objects grow to the size of the processor's cache, and leaves
/// long texts and what waited for its turn to its rarest collections: both would be a multiple of what is in use.
/// </summary>
internal sealed class GarbageBound
{
    private const long MostNew = 8 * 1024 * 1024;
    private const long Most = 96 * 1024 * 1024;

    private long _collected = GC.GetTotalAllocatedBytes();
    private long _collectedNew = GC.GetTotalAllocatedBytes();
    private int _collections = GC.CollectionCount(0);

    /// <summary>Collects if it is time to: some hundredths of a second for every 96 MB of objects, which an import takes about half a second to make.</summary>
    public void Check()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - _collected >= Most)
        {
            Collect();
            _collected = allocated;
        }
        else if (allocated - _collectedNew >= MostNew && GC.CollectionCount(0) == _collections)
            GC.Collect(0);
        if (GC.CollectionCount(0) == _collections)
            return;
        (_collections, _collectedNew) = (GC.CollectionCount(0), allocated);
    }

    /// <summary>Gives everything that is not in use back to the system.</summary>
    public static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}

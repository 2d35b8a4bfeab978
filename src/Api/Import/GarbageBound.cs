namespace Api.Import;

/// <summary>
/// Limits the memory that garbage takes during a long import. The runtime lets new objects grow to the size of the processor's cache, and
/// leaves long texts and objects that survived for a while to its rarest collections: both would be a multiple of the memory in use.
/// </summary>
internal sealed class GarbageBound
{
    private const long MaxNewBytes = 8 * 1024 * 1024;
    private const long MaxBytes = 96 * 1024 * 1024;

    private long collected = GC.GetTotalAllocatedBytes();
    private long collectedNew = GC.GetTotalAllocatedBytes();
    private int collections = GC.CollectionCount(0);

    /// <summary>
    /// Collects if enough was allocated: a few hundredths of a second for every 96 MB of objects, which an import allocates in about half a
    /// second.
    /// </summary>
    public void Check()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - collected >= MaxBytes)
        {
            Collect();
            collected = allocated;
        }
        else if (allocated - collectedNew >= MaxNewBytes && GC.CollectionCount(0) == collections)
            GC.Collect(0);
        if (GC.CollectionCount(0) == collections)
            return;
        (collections, collectedNew) = (GC.CollectionCount(0), allocated);
    }

    /// <summary>Returns all unused memory to the system.</summary>
    public static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}

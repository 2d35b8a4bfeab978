namespace Api.Webhooks;

/// <summary>A place among the tries that run at the same time, until it is disposed of.</summary>
internal sealed class Slot : IDisposable
{
    private readonly SemaphoreSlim all;
    private readonly SemaphoreSlim? part;

    private Slot(SemaphoreSlim all, SemaphoreSlim? part) => (this.all, this.part) = (all, part);

    /// <summary>Waits for a place.</summary>
    /// <param name="all">All places.</param>
    /// <param name="part">Those of them that this kind of try may take; null for all.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task<Slot> Take(SemaphoreSlim all, SemaphoreSlim? part, CancellationToken cancel)
    {
        if (part is not null)
            await part.WaitAsync(cancel);
        try
        {
            await all.WaitAsync(cancel);
        }
        catch
        {
            part?.Release();
            throw;
        }
        return new Slot(all, part);
    }

    public void Dispose()
    {
        all.Release();
        part?.Release();
    }
}

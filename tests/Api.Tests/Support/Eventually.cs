using System.Diagnostics;

namespace Api.Tests.Support;

/// <summary>
/// Waits for what other threads, processes or servers do in their own time. How fast they are is not tested here: machines differ, and so
/// do <see cref="ShuffledPlans"/>.
/// </summary>
internal static class Eventually
{
    // After this long a server calls itself not ready, whatever it still has to do.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Returns once it is so, looking fifty times a second. Fails after a minute.</summary>
    public static async Task Is(Func<Task<bool>> so, string otherwise = "It did not happen.")
    {
        var waited = Stopwatch.StartNew();
        while (!await so())
        {
            Assert.True(waited.Elapsed < Patience, otherwise);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}

using Api.Data;

namespace Api.Tests.Support;

/// <summary>
/// Files of the repository that tests compare with what the program generates. <c>RECORD=1</c> writes them again instead.
/// </summary>
internal static class Recorded
{
    public static bool Recording { get; } = Environment.GetEnvironmentVariable("RECORD") == "1";

    /// <summary>Fails unless the file holds the text.</summary>
    /// <param name="path">From the root of the repository.</param>
    /// <param name="text">What was made.</param>
    public static async Task IsSame(string path, string text)
    {
        var file = Path.Combine(Checkout.Find(AppContext.BaseDirectory), path);
        if (Recording)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), text);
    }
}

namespace Api.Benchmarks;

/// <summary>The API as it is deployed.</summary>
internal static class Build
{
    /// <summary>Publishes as the Dockerfile does, apart from the checkout's own build, and gives the folder.</summary>
    public static async Task<string> Publish()
    {
        var (scratch, folder) = (Path.GetFullPath(".data/benchmark-build"), Path.GetFullPath(".data/benchmark-api"));
        Console.WriteLine("publishing the API");
        // A restore for one processor differs from the committed lock file.
        await Shell.Run(
            "dotnet",
            ["publish", "src/Api", "-c", "Release", "--ucr", "--self-contained", "false", "-p:PublishReadyToRun=true", $"-p:NuGetLockFilePath={scratch}/packages.lock.json", "--artifacts-path", scratch, "-o", folder],
            "It is the .NET SDK; run this from the root of the checkout.");
        return folder;
    }
}

namespace Api.Benchmarks;

/// <summary>The API as it is deployed.</summary>
internal static class Build
{
    /// <summary>How the Dockerfile sets the runtime up: its variables that begin with <c>DOTNET_</c>.</summary>
    public static IReadOnlyList<(string Name, string Value)> Runtime { get; } =
    [
        .. File.ReadLines("Dockerfile")
            .Where(line => line.StartsWith("ENV DOTNET_", StringComparison.Ordinal))
            .Select(line => line["ENV ".Length..].Split('=', 2))
            .Select(pair => (pair[0], pair[1])),
    ];

    /// <summary>Publishes as the Dockerfile does, apart from the checkout's own build, and gives the folder.</summary>
    public static async Task<string> Publish()
    {
        var (scratch, folder) = (Path.GetFullPath(".data/benchmark-build"), Path.GetFullPath(".data/benchmark-api"));
        Console.WriteLine("publishing the API");
        // A restore for one processor differs from the committed lock file.
        await Shell.Run(
            "dotnet",
            [
                "publish",
                "src/Api",
                "-c",
                "Release",
                "--ucr",
                "--self-contained",
                "false",
                "-p:PublishReadyToRun=true",
                $"-p:NuGetLockFilePath={scratch}/packages.lock.json",
                "--artifacts-path",
                scratch,
                "-o",
                folder,
            ],
            "It is the .NET SDK; run this from the root of the checkout."
        );
        return folder;
    }
}

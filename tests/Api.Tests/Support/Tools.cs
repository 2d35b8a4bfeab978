using Api.Data;

namespace Api.Tests.Support;

/// <summary>What the tests need and no lock file holds, as <c>tests/tools.tsv</c> lists it: <c>./test</c> reads the same list.</summary>
internal static class Tools
{
    private static readonly string[] Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        "/usr/local/sbin",
        "/usr/sbin",
        "/sbin",
    ];

    private static readonly IReadOnlyList<Tool> All =
    [
        .. File.ReadLines(Path.Combine(Checkout.Find(AppContext.BaseDirectory), "tests", "tools.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(columns => new Tool(columns[0], columns[1], columns[2])),
    ];

    /// <summary>A line for each of some tools that is missing; of all of them when none is named.</summary>
    /// <param name="packages">The names of their packages.</param>
    public static IReadOnlyList<string> Missing(params string[] packages) =>
        [
            .. (packages.Length == 0 ? All : packages.Select(Find))
                .Where(tool => !IsThere(tool.File))
                .Select(tool => $"{tool.Package} is missing ({tool.Purpose}): ./test installs it."),
        ];

    /// <summary>Fails the test with a line for each of some tools that is missing.</summary>
    /// <param name="packages">The names of their packages.</param>
    public static void Need(params string[] packages)
    {
        if (Missing(packages) is { Count: > 0 } lines)
            throw new MissingToolException(string.Join('\n', lines));
    }

    private static Tool Find(string package) =>
        All.FirstOrDefault(tool => tool.Package == package) ?? throw new ArgumentException($"{package} is not in tests/tools.tsv.");

    private static bool IsThere(string file) =>
        file[0] != '/' ? Folders.Any(folder => File.Exists(Path.Combine(folder, file))) : Matches("/", file[1..].Split('/')).Any();

    // A star stands for anything within a name.
    private static IEnumerable<string> Matches(string folder, string[] names) =>
        names switch
        {
            [] => [folder],
            [var name, .. var rest] when name.Contains('*') => Directory.Exists(folder)
                ? Directory.EnumerateFileSystemEntries(folder, name).SelectMany(found => Matches(found, rest))
                : [],
            [var name, .. var rest] => Path.Exists(Path.Combine(folder, name)) ? Matches(Path.Combine(folder, name), rest) : [],
        };

    private sealed record Tool(string File, string Package, string Purpose);

    // Where it was thrown says nothing: the message is all there is to know.
    private sealed class MissingToolException(string message) : Exception(message)
    {
        public override string? StackTrace => null;
    }
}

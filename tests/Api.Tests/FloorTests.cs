using System.Text.RegularExpressions;
using Api.Data;

namespace Api.Tests;

/// <summary>Imports go down only, as ARCHITECTURE.md draws it. <c>Program.cs</c> alone stands above all folders.</summary>
public sealed partial class FloorTests
{
    private static readonly string Source = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "src", "Api");

    private static readonly string[] Ground = ["Collation", "Contracts", "Data", "Http", "Settings"];

    // What a folder may use beside itself.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Collation"] = ["Settings"],
        ["Contracts"] = [],
        ["Indexing"] = [],
        ["Settings"] = [],
        ["Data"] = ["Contracts", "Settings"],
        ["Http"] = ["Collation", "Contracts", "Settings"],
        ["Listing"] = [.. Ground, "Words", "Indexing"],
        ["Reading"] = [.. Ground, "Words", "Listing", "Indexing"],
        ["Related"] = [.. Ground, "Reading", "Listing", "Indexing"],
        ["Formats"] = ["Contracts", "Http"],
        ["Invalidation"] = ["Data", "Http", "Listing"],
        ["Purging"] = Ground,
        ["Words"] = [.. Ground, "Indexing"],
        ["Articles"] = [.. Ground, "Words", "Reading", "Related", "Formats", "Listing", "Indexing"],
        ["Experts"] = [.. Ground, "Reading", "Related", "Formats", "Listing"],
        ["Topics"] = [.. Ground, "Reading", "Related", "Formats", "Listing"],
        ["Events"] = [.. Ground, "Reading", "Related", "Formats", "Listing", "Indexing"],
        ["Search"] = [.. Ground, "Words", "Reading", "Related", "Formats", "Listing", "Indexing"],
        ["Site"] = [.. Ground, "Reading", "Related", "Formats"],
        ["Live"] = ["Contracts", "Data", "Http", "Reading", "Invalidation", "Purging"],
        ["Changes"] = [.. Ground, "Reading", "Live"],
        ["Hooks"] = ["Data", "Http", "Settings"],
        ["Webhooks"] = [.. Ground, "Reading", "Live"],
        ["Keys"] = Ground,
        ["Preview"] = [.. Ground, "Words", "Reading", "Related", "Listing", "Articles", "Experts", "Topics", "Events", "Search", "Site"],
        ["Import"] = Ground,
        ["Export"] = Ground,
        ["Hosting"] =
        [
            .. Ground,
            "Reading",
            "Related",
            "Formats",
            "Listing",
            "Invalidation",
            "Live",
            "Purging",
            "Words",
            "Articles",
            "Experts",
            "Topics",
            "Events",
            "Search",
            "Site",
            "Changes",
            "Hooks",
            "Webhooks",
            "Keys",
            "Preview",
            "Import",
            "Export",
        ],
        ["Commands"] =
        [
            .. Ground,
            "Reading",
            "Live",
            "Articles",
            "Experts",
            "Topics",
            "Events",
            "Webhooks",
            "Keys",
            "Preview",
            "Import",
            "Export",
            "Hosting",
        ],
    };

    private const int MostFiles = 25;

    // The formatter keeps code to it, and leaves comments alone.
    private const int Columns = 140;

    [Fact]
    public void Every_folder_has_its_floor() =>
        Assert.Equal(
            Allowed.Keys.Order(),
            Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj")).Order()
        );

    [Fact]
    public void Imports_go_down_only()
    {
        var wrong =
            from folder in Allowed.Keys
            from file in Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
            from Match use in Use().Matches(File.ReadAllText(file))
            let used = use.Groups[1].Value
            where used != folder && Allowed.ContainsKey(used) && !Allowed[folder].Contains(used)
            select $"{Path.GetRelativePath(Source, file)} uses Api.{used}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void No_folder_depends_on_itself_through_another()
    {
        var files = Files()
            .Select(file =>
                (Type: Path.GetFileNameWithoutExtension(file), Folder: FolderOf(file), Text: Ignored().Replace(File.ReadAllText(file), ""))
            )
            .ToList();
        var folders = files.ToLookup(file => file.Type, file => file.Folder);
        var uses = (
            from file in files
            let seen = Using().Matches(file.Text).Select(match => match.Groups[1].Value).ToHashSet()
            from word in Word().Matches(file.Text).Select(match => match.Value).Distinct()
            from folder in folders[word]
            where folder != file.Folder && (seen.Contains(folder) || file.Folder.StartsWith($"{folder}.", StringComparison.Ordinal))
            select (file.Folder, Used: folder)
        )
            .Distinct()
            .ToLookup(pair => pair.Folder, pair => pair.Used);
        var circles =
            from use in uses.SelectMany(all => all.Select(used => (From: all.Key, To: used)))
            where Reach(use.To).Contains(use.From)
            select $"{use.From} uses {use.To}, which uses it";
        Assert.Empty(circles);

        HashSet<string> Reach(string from)
        {
            var reached = new HashSet<string> { from };
            var next = new Stack<string>([from]);
            while (next.TryPop(out var folder))
                foreach (var used in uses[folder].Where(reached.Add))
                    next.Push(used);
            return reached;
        }
    }

    [Fact]
    public void A_folder_has_at_most_25_files() =>
        Assert.Empty(Files().GroupBy(FolderOf).Where(folder => folder.Count() > MostFiles).Select(folder => folder.Key));

    [Fact]
    public void A_comment_has_at_most_140_columns() =>
        Assert.Empty(
            from file in Files()
            from line in File.ReadLines(file)
            where line.Length > Columns && line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Source, file)}: {line.Trim()}"
        );

    [Fact]
    public void A_name_stands_for_one_type() =>
        Assert.Empty(
            Files()
                .SelectMany(file => TopLevelType().Matches(File.ReadAllText(file)))
                .GroupBy(match => match.Groups[1].Value)
                .Where(same => same.Count() > 1)
                .Select(same => same.Key)
        );

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Where(file => !Built().IsMatch(file));

    // As its namespace is called, without the first part.
    private static string FolderOf(string file) =>
        Path.GetRelativePath(Source, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex Built();

    // Comments and the insides of texts.
    [GeneratedRegex("//.*|\"\"\"[\\s\\S]*?\"\"\"|(?<!\")\"(\\\\.|[^\"\\\\\n])*\"")]
    private static partial Regex Ignored();

    [GeneratedRegex(@"^using (?:static )?Api\.([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    // Not behind a dot: there a name is a member's.
    [GeneratedRegex(@"(?<![.\w])[A-Z]\w+")]
    private static partial Regex Word();

    // Without type parameters: Page and Page<T> may be two.
    [GeneratedRegex(
        @"^(?:(?:public|internal|static|sealed|abstract|readonly|partial|ref|file) )*(?:class|record struct|record|struct|interface|enum) (\w+)(?!\w*<)",
        RegexOptions.Multiline
    )]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\bApi\.([A-Z]\w+)")]
    private static partial Regex Use();
}

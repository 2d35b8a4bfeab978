using System.Text.RegularExpressions;
using Api.Data;

namespace Api.Tests;

/// <summary>Imports go down only, as ARCHITECTURE.md draws it. Files of the root folder put the parts together and may use all.</summary>
public sealed partial class FloorTests
{
    private static readonly string Source = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "src", "Api");

    private static readonly string[] Ground = ["Contracts", "Data", "Http", "Settings"];

    // What a folder may use beside itself.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Indexing"] = [],
        ["Settings"] = [],
        ["Data"] = ["Contracts", "Settings"],
        ["Http"] = ["Contracts", "Settings"],
        ["Listing"] = [.. Ground, "Indexing"],
        ["Reading"] = [.. Ground, "Listing", "Indexing"],
        ["Formats"] = ["Contracts", "Http"],
        ["Invalidation"] = ["Data", "Http", "Listing"],
        ["Articles"] = [.. Ground, "Reading", "Formats", "Listing", "Indexing"],
        ["Experts"] = [.. Ground, "Reading", "Formats"],
        ["Topics"] = [.. Ground, "Reading", "Formats"],
        ["Events"] = [.. Ground, "Reading", "Formats", "Listing", "Indexing"],
        ["Search"] = [.. Ground, "Reading", "Formats", "Listing", "Indexing"],
        ["Site"] = [.. Ground, "Reading", "Formats"],
        ["Changes"] = [.. Ground, "Reading"],
        ["Hooks"] = ["Data", "Http", "Settings"],
        ["Import"] = Ground,
        ["Export"] = Ground,
        ["Commands"] = [.. Ground, "Reading", "Formats", "Articles", "Experts", "Topics", "Events", "Search", "Site", "Changes", "Hooks", "Import", "Export"],
    };

    [Fact]
    public void Every_folder_has_its_floor() =>
        Assert.Equal(Allowed.Keys.Order(), Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj")).Order());

    [Fact]
    public void Imports_go_down_only()
    {
        var wrong = from folder in Allowed.Keys
                    from file in Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
                    from Match use in Use().Matches(File.ReadAllText(file))
                    let used = use.Groups[1].Value
                    where used != folder && Allowed.ContainsKey(used) && !Allowed[folder].Contains(used)
                    select $"{Path.GetRelativePath(Source, file)} uses Api.{used}";
        Assert.Empty(wrong.Distinct());
    }

    [GeneratedRegex(@"\bApi\.([A-Z]\w+)")]
    private static partial Regex Use();
}

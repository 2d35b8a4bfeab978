using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Api.Data;
using Api.Settings;
using Api.Tests.Support;

namespace Api.Tests.Settings;

/// <summary>
/// <c>docs/settings.md</c> is generated from the declarations by which the program reads its settings. <c>RECORD=1</c> writes it again.
/// </summary>
public sealed partial class SettingsTests
{
    private const string Document = "docs/settings.md";

    private static readonly string Source = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "src", "Api");

    private static readonly (string Title, string[] Sections)[] Chapters =
    [
        ("Database", ["ConnectionStrings", "Database", "PostgreSql"]),
        ("The site", ["Site"]),
        ("Addresses", ["Api", "urls", "http_ports", "https_ports", "Kestrel", "Proxy"]),
        ("Caching, memory and load", ["Cache", "Live", "Purge", "Items", "Load", "Snapshot"]),
        ("Search", ["Search"]),
        ("WordPress", ["Follow", "WORDPRESS_APPLICATION_PASSWORD"]),
        ("Log and runtime", ["Serilog", "environment", "DOTNET_TieredPGO"]),
    ];

    [Fact]
    public Task The_document_has_every_declared_setting() => Recorded.IsSame(Document, Write(Declared()));

    [Fact]
    public void A_setting_is_declared_once() =>
        Assert.Empty(
            Declared()
                .GroupBy(setting => setting.Name, StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Count() > 1)
                .Select(same => same.Key)
        );

    [Fact]
    public void Every_setting_has_a_chapter() =>
        Assert.Equal(Chapters.SelectMany(chapter => chapter.Sections).Order(), Declared().Select(Section).Distinct().Order());

    [Fact]
    public async Task Every_key_that_the_program_names_is_in_the_document()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(Source, "..", "..", Document), TestContext.Current.CancellationToken);
        var missing =
            from file in Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            where !file.Contains("/obj/", StringComparison.Ordinal)
            from Match use in Key().Matches(File.ReadAllText(file))
            where !document.Contains($"`{use.Groups["key"].Value}`", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Source, file)} names {use.Groups["key"].Value}";
        Assert.Empty(missing);
    }

    [Fact]
    public void Settings_are_read_by_their_declarations()
    {
        // Site:Paths may have a value for any resource; its five defaults are declared one by one.
        var direct =
            from file in Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(Source, file).Replace('\\', '/')
            where !name.StartsWith("obj/", StringComparison.Ordinal) && !name.StartsWith("Settings/", StringComparison.Ordinal)
            from Match use in Read().Matches(File.ReadAllText(file))
            where use.Value != "onfiguration.GetSection(PathSection"
            select $"{name}: {use.Value}";
        Assert.Empty(direct);
    }

    // Static fields of the program, in the order in which their files have them.
    private static IReadOnlyList<Setting> Declared() =>
        [
            .. from type in typeof(Setting).Assembly.GetTypes()
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where
                typeof(Setting).IsAssignableFrom(field.FieldType)
                || typeof(IEnumerable<Setting>).IsAssignableFrom(field.FieldType)
                || typeof(IReadOnlyDictionary<string, Setting>).IsAssignableFrom(field.FieldType)
            orderby type.FullName, field.MetadataToken
            from setting in field.GetValue(null) switch
            {
                Setting one => [one],
                IEnumerable<Setting> several => several,
                IReadOnlyDictionary<string, Setting> named => named.Values,
                var other => throw new InvalidOperationException($"{field.Name} is {other}"),
            }
            select setting,
        ];

    private static string Section(Setting setting) => setting.Name.Split(':')[0];

    private static string Write(IReadOnlyList<Setting> settings)
    {
        var page = new StringBuilder(
            """
            # Settings

            A setting is an environment variable, or a member of `appsettings.json` in the folder in which the program starts. An environment variable takes precedence over the file. Settings are read once, when the program starts.
            Names do not distinguish upper and lower case.

            | form | example |
            |---|---|
            | environment | `Cache__MaxAgeSeconds=60` |
            | `appsettings.json` | `{ "Cache": { "MaxAgeSeconds": 60 } }`, written `Cache:MaxAgeSeconds` below |
            | list in the environment | `Proxy__Known__0=10.0.0.1`, `Proxy__Known__1=10.0.0.2` |
            | list in `appsettings.json` | `{ "Proxy": { "Known": ["10.0.0.1", "10.0.0.2"] } }` |

            This page is generated from the declarations in the code.

            A real site sets at least `Site__Url`, `Site__Name`, `Site__TimeZone`, `ConnectionStrings__Content` and, behind a proxy, `Api__PublicUrl`.

            """
        );
        foreach (var (title, sections) in Chapters)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"\n## {title}\n\n| environment variable | in `appsettings.json` | type and unit | default | range | what it does |\n|---|---|---|---|---|---|\n"
            );
            foreach (
                var setting in settings
                    .Where(setting => sections.Contains(Section(setting)))
                    .OrderBy(setting => Array.IndexOf(sections, Section(setting)))
            )
            {
                var file = setting.IsInFiles ? $"`{setting.Name}`" : "";
                var otherwise = setting.DefaultNote ?? $"`{setting.Default}`";
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{setting.Variable}` | {file} | {setting.Type} | {otherwise} | {setting.Range} | {setting.Effect} |\n"
                );
            }
        }
        return page.ToString();
    }

    [GeneratedRegex(
        """(onfiguration\[|onfiguration\.Get\w+(<[^>]*>)?\(|\bSetting(\[\])? \w+ = new\(|\bNumberSetting \w+ = new\()"(?<key>[^"]+)["]"""
    )]
    private static partial Regex Key();

    [GeneratedRegex("""onfiguration(\[|\.Get(Value|Section|ConnectionString)(<[^>]*>)?\()[^,\])]*""")]
    private static partial Regex Read();
}

using Api.EndToEnd.Support;

namespace Api.EndToEnd;

/// <summary>The pages for people in a browser: the request builder of the home page, and axe-core on all of them.</summary>
public class HomePageTests(DemoSite site, NodeTools node) : IClassFixture<DemoSite>
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
        </Project>
        """;

    [Fact]
    public async Task Requests_are_built_with_and_without_the_script_and_the_code_that_is_shown_runs()
    {
        var folder = Directory.CreateTempSubdirectory("home-page-");
        try
        {
            var program = Path.Combine(folder.FullName, "Program.cs");
            var project = Path.Combine(folder.FullName, "Shown.csproj");
            await node.Run("browser/home.mjs", site.Address, program);
            await File.WriteAllTextAsync(project, Project, TestContext.Current.CancellationToken);
            // No server stays behind that would hold our pipes open.
            await DotNet("build", project, "--disable-build-servers", "--nologo", "--verbosity", "quiet");
            Assert.Contains(
                "\"resource\":\"article\"",
                await DotNet(Path.Combine(folder.FullName, "bin/Debug/net10.0/Shown.dll")),
                StringComparison.Ordinal
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Axe_finds_nothing_on_a_page() => await node.Run("browser/access.mjs", site.Address);

    [Fact]
    public async Task Axe_finds_nothing_on_a_document() => await node.Run("browser/access.mjs", site.Address, "documents");

    private Task<string> DotNet(params string[] arguments) => node.Execute("dotnet", arguments, TestContext.Current.CancellationToken);
}

using Api.EndToEnd.Support;

namespace Api.EndToEnd;

/// <summary>As <see cref="TypeScriptClientTests"/>, in C#: warnings are errors.</summary>
public class CSharpClientTests(DemoSite site, NodeTools node) : IClassFixture<DemoSite>
{
    private static readonly string[] Kiota =
    [
        "kiota",
        "generate",
        "--language",
        "CSharp",
        "--openapi",
        "obj/client/csharp.json",
        "--output",
        "obj/client/kiota",
        "--class-name",
        "ContentClient",
        "--namespace-name",
        "Content",
        "--clean-output",
        "--log-level",
        "Error",
    ];

    private static readonly string[] NSwag =
    [
        "nswag",
        "openapi2csclient",
        "/input:obj/client/csharp.json",
        "/output:obj/client/nswag/ContentClient.cs",
        "/namespace:Content",
        "/classname:ContentClient",
        "/jsonlibrary:SystemTextJson",
        "/generatenullablereferencetypes:true",
        "/generateoptionalpropertiesasnullable:true",
        "/generateoptionalparameters:true",
    ];

    [Fact]
    public async Task Kiota_and_nswag()
    {
        await node.Download($"{site.Address}/openapi/v1.json", "obj/client/csharp.json");
        await DotNet("tool", "restore");
        await Task.WhenAll(DotNet(Kiota), DotNet(NSwag));
        // No server stays behind that would hold our pipes open.
        await DotNet("build", "client/Clients.slnx", "--disable-build-servers", "--nologo", "--verbosity", "quiet");
        await DotNet("client/kiota/bin/Debug/net10.0/KiotaClient.dll");
        await DotNet("client/nswag/bin/Debug/net10.0/NSwagClient.dll");
    }

    private Task<string> DotNet(params string[] arguments) => node.Execute("dotnet", arguments, TestContext.Current.CancellationToken);
}

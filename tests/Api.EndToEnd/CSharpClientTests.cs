using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd;

/// <summary>As <see cref="TypeScriptClientTests"/>, in C#, and the client in <c>openapi/csharp</c>: warnings are errors.</summary>
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

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <remarks>When it fails: <c>openapi/csharp/generate</c>.</remarks>
    [Fact]
    public async Task The_client_in_the_repository_is_that_of_the_contract()
    {
        Tools.Need("nodejs");
        var (committed, made) = (node.PathOf("../../openapi/csharp"), node.PathOf("obj/client/ready/ContentClient.cs"));
        Directory.CreateDirectory(Path.GetDirectoryName(made)!);
        await node.Execute(Path.Combine(committed, "generate"), [made], Cancel);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(committed, "ContentClient.cs"), Cancel),
            await File.ReadAllTextAsync(made, Cancel)
        );
    }

    // One test, as builds of their own would take three times as long.
    [Fact]
    public async Task Kiota_nswag_and_the_client_in_the_repository()
    {
        await node.Download($"{site.Address}/openapi/v1.json", "obj/client/csharp.json");
        await DotNet("tool", "restore");
        await Task.WhenAll(DotNet(Kiota), DotNet(NSwag));
        // No server stays behind that would hold our pipes open.
        await DotNet("build", "client/Clients.slnx", "--disable-build-servers", "--nologo", "--verbosity", "quiet");
        await DotNet("client/kiota/bin/Debug/net10.0/KiotaClient.dll");
        await DotNet("client/nswag/bin/Debug/net10.0/NSwagClient.dll");
        await DotNet("client/ready/bin/Debug/net10.0/ReadyClient.dll", site.Address);
        Assert.Equal(
            """
            7 articles on China, the newest:
              2026-11-11 Three Dates in a Calendar (By Ada Moreau)
              2025-02-11 Chokepoints in Plain Sight: Straits, Cables & the Price of Waiting (By Ada Moreau and 林雨晴)
              2023-04-20 A longer view (Featuring Ada Moreau)
            All of them together: 2077 words.
            a-longer-view: A longer view, and 6 related
            the-long-view-on-china: moved to /articles/a-longer-view
            tariff-tables-for-fifty-ports: gone, The article 'tariff-tables-for-fifty-ports' has been withdrawn (retracted). Delete copies of it.
            there-is-none: not found, There is no article 'there-is-none'.
            topic: 'topic' has no value 'chnia': did you mean 'china'?

            """,
            await DotNet("../../openapi/csharp/example/bin/Debug/net10.0/Example.dll", site.Address)
        );
    }

    private Task<string> DotNet(params string[] arguments) => node.Execute("dotnet", arguments, Cancel);
}

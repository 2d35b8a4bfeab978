using System.Runtime.InteropServices;
using Api.Data;

namespace Api.EndToEnd.Support;

/// <summary>An npm package of the repository, with its own lock file.</summary>
/// <param name="node">Runs its programs.</param>
/// <param name="path">Its folder, from the root of the repository.</param>
internal sealed class NodePackage(NodeTools node, string path)
{
    /// <summary>The TypeScript client.</summary>
    public static NodePackage Client(NodeTools node) => new(node, "openapi/typescript");

    /// <summary>The absolute path of its folder.</summary>
    public string Folder { get; } = Path.Combine(Checkout.Find(AppContext.BaseDirectory), path);

    /// <summary>Installs what it needs. The examples copy the TypeScript client, so they install again when that has changed.</summary>
    public async Task Install()
    {
        var copied = "";
        var client = Client(node).Folder;
        if (Folder != client)
            foreach (var file in Directory.EnumerateFiles(Path.Combine(client, "dist")).Order().Append(Path.Combine(client, "schema.d.ts")))
                copied += await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await node.Install(Folder, copied);
    }

    /// <summary>Runs one of its scripts with Node.js, or a newer one, as <see cref="NodeTools.Run"/> does.</summary>
    public Task<string> Run(string script, string[]? arguments = null, bool newer = false, params (string Name, string Value)[] environment)
    {
        Api.Tests.Support.Tools.Need("nodejs", "npm");
        return node.Execute(
            newer ? Newer(node) : "node",
            [script, .. arguments ?? []],
            TestContext.Current.CancellationToken,
            Folder,
            environment
        );
    }

    /// <summary>Node.js 22, which is locked with the packages of this project: Astro 7 does not run on 20.</summary>
    public static string Newer(NodeTools node)
    {
        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        var locked = node.PathOf($"node_modules/node-linux-{architecture}/bin/node");
        return File.Exists(locked) ? locked : "node";
    }
}

using System.Diagnostics;
using Api.Data;
using Api.EndToEnd.Support;
using Api.Tests.Support;

[assembly: AssemblyFixture(typeof(NodeTools))]

namespace Api.EndToEnd.Support;

/// <summary>The npm packages of this project, exactly as locked, and Node.js to run them with.</summary>
public sealed class NodeTools : IAsyncLifetime
{
    // On a busy machine with two cores everything together takes a minute; nobody waits longer than this for one program.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string folder = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "tests", "Api.EndToEnd");

    /// <summary>Runs <c>npm ci</c>, unless the packages of this very lock file are there already.</summary>
    public async ValueTask InitializeAsync()
    {
        // The tests say so.
        if (Tools.Missing("nodejs", "npm").Count > 0)
            return;
        await Install(
            folder,
            "",
            () =>
                Execute(
                    "node",
                    ["--input-type=module", "--eval", "await (await import('./browser/packaged.mjs')).packagedBrowser()"],
                    CancellationToken.None
                )
        );
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs <c>npm ci</c> in a folder, unless the packages of its lock file are there already.</summary>
    /// <param name="package">The absolute path of the folder.</param>
    /// <param name="copied">What its packages are made of beside the lock file: other contents are installed again.</param>
    /// <param name="then">What belongs to the installation.</param>
    internal async Task Install(string package, string copied = "", Func<Task>? then = null)
    {
        var stamp = Path.Combine(package, "node_modules", ".installed");
        var wanted = await File.ReadAllTextAsync(Path.Combine(package, "package-lock.json")) + copied;
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
            return;
        await Execute("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], CancellationToken.None, package);
        if (then is not null)
            await then();
        await File.WriteAllTextAsync(stamp, wanted);
    }

    /// <summary>
    /// Runs a script, named by its path in this project's folder; fails the test with all it printed when it does not end with 0.
    /// </summary>
    /// <returns>What it printed.</returns>
    internal Task<string> Run(string script, params string[] arguments)
    {
        Tools.Need("nodejs", "npm");
        return Execute("node", [script, .. arguments], TestContext.Current.CancellationToken);
    }

    /// <summary>The absolute path of what is in this project's folder.</summary>
    internal string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>Keeps what is at an address, in a file named by its path in this project's folder.</summary>
    internal async Task Download(string address, string file)
    {
        using var http = new HttpClient();
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(
            path,
            await http.GetByteArrayAsync(new Uri(address), TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>Runs a program in a folder, this project's if left out, as <see cref="Run"/> does.</summary>
    internal async Task<string> Execute(
        string program,
        string[] arguments,
        CancellationToken cancel,
        string? workingFolder = null,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? folder,
        };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        start.Environment["NO_UPDATE_NOTIFIER"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["KIOTA_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["KIOTA_OFFLINE_ENABLED"] = "true";
        start.Environment["NEXT_TELEMETRY_DISABLED"] = "1";
        start.Environment["ASTRO_TELEMETRY_DISABLED"] = "1";
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Patience);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var inTime = true;
        try
        {
            await process.WaitForExitAsync(limited.Token);
        }
        catch (OperationCanceledException)
        {
            inTime = false;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        var all = $"{await output}{await errors}";
        Assert.True(inTime, $"{program} {string.Join(' ', arguments)} did not end in time:\n{all}");
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{all}");
        return all;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Api.EndToEnd.Support;

/// <summary>A server program that runs beside the tests, until it is disposed of or this process ends.</summary>
internal sealed class Background : IAsyncDisposable
{
    private readonly Process shell;

    private Background(Process shell) => this.shell = shell;

    /// <summary>Starts a program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="log">The file for all that it prints.</param>
    /// <param name="environment">What is added to its environment.</param>
    public static Background Start(
        string[] command,
        string folder,
        string log = "/dev/null",
        params IEnumerable<KeyValuePair<string, string>> environment
    )
    {
        // Through a shell that ends it, and what it has started, when the pipe from this process closes: nothing stays behind a test run
        // that was killed.
        var start = new ProcessStartInfo(
            "sh",
            [
                "-c",
                """
                log=$1; shift
                setsid "$@" < /dev/null > "$log" 2>&1 & server=$!
                exec > /dev/null 2>&1
                read -r _
                kill -s KILL -- "-$server"
                wait
                """,
                "sh",
                log,
                .. command,
            ]
        )
        {
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new Background(Process.Start(start)!);
    }

    /// <summary>A port of loopback on which nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }
}

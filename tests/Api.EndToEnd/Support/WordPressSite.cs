using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Api.Data;
using Api.Tests.Support;

namespace Api.EndToEnd.Support;

/// <summary>
/// A real WordPress with the content of <c>wordpress/fill.php</c>: Debian's package, or what lies in the folder <c>CONTENT_WORDPRESS</c>,
/// PHP's web server on loopback and a MariaDB of its own, all below a temporary folder. What runs ends with the test, or with the test
/// process.
/// </summary>
public sealed class WordPressSite : IAsyncLifetime
{
    private static readonly string[] Packages =
    [
        .. Environment.GetEnvironmentVariable("CONTENT_WORDPRESS") is { Length: > 0 } ? [] : new[] { "wordpress" },
        "mariadb-server",
        "php-cli",
        "php-mysql",
        "php-xml",
        "php-mbstring",
    ];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("wp").FullName;
    private readonly List<Background> servers = [];
    private TcpListener? reserved;
    private string address = "";

    /// <summary>Its front page, without a slash at the end.</summary>
    public string Address
    {
        get
        {
            Tools.Need(Packages);
            return address;
        }
    }

    /// <summary>What WordPress's own exporter wrote of it.</summary>
    public string Export
    {
        get
        {
            Tools.Need(Packages);
            return Path.Combine(folder, "export.xml");
        }
    }

    /// <summary>An application password of the user <c>editor</c>.</summary>
    public string Password { get; private set; } = "";

    /// <summary>Folder for whatever a test keeps.</summary>
    public string Folder => folder;

    private IEnumerable<KeyValuePair<string, string>> Variables =>
        [new("TEST_SOCKET", Path.Combine(folder, "s")), new("TEST_URL", Address), new("TEST_EXPORT", Export)];

    public async ValueTask InitializeAsync()
    {
        // The tests say so.
        if (Tools.Missing(Packages).Count > 0)
            return;
        try
        {
            Copy(Path.Combine(Checkout.Find(AppContext.BaseDirectory), "tests", "Api.EndToEnd", "wordpress"), Path.Combine(folder, "site"));
            // Kept until the site starts, as filling it takes long enough for somebody else to take the port.
            reserved = new TcpListener(IPAddress.Loopback, 0);
            reserved.Start();
            address = $"http://{reserved.LocalEndpoint}";
            await StartDatabase();
            Password = (await Run("php", ["-d", "memory_limit=256M", "site/fill.php"])).Trim();
            await StartWeb();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
            await server.DisposeAsync();
        servers.Clear();
        reserved?.Dispose();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Somebody who works on it at random; the same seed does the same.</summary>
    internal RandomEditor Edit(int seed) =>
        new(Settings("php", ["-d", "memory_limit=512M", "site/edit.php", seed.ToString(CultureInfo.InvariantCulture)]));

    /// <summary>Installs a plugin that WordPress always loads.</summary>
    public Task Plug(string name, string php) => File.WriteAllTextAsync(Path.Combine(folder, "site", "content", "mu-plugins", name), php);

    /// <summary>Ends its web server, and starts it again after a while.</summary>
    public async Task Restart(TimeSpan away)
    {
        await servers[^1].DisposeAsync();
        servers.RemoveAt(servers.Count - 1);
        await Task.Delay(away);
        await StartWeb();
    }

    private async Task StartDatabase()
    {
        var socket = Path.Combine(folder, "s");
        string[] common =
        [
            "--no-defaults",
            $"--datadir={folder}/db",
            $"--user={Environment.UserName}",
            "--innodb-log-file-size=8M",
            "--innodb-buffer-pool-size=32M",
        ];
        await Run("mariadb-install-db", [.. common, "--skip-test-db", "--auth-root-authentication-method=normal"]);
        await File.WriteAllTextAsync(Path.Combine(folder, "first.sql"), "create database wordpress character set utf8mb4;");
        Start(
            "/usr/sbin/mariadbd",
            [
                .. common,
                "--skip-networking",
                $"--socket={socket}",
                $"--init-file={folder}/first.sql",
                "--innodb-flush-log-at-trx-commit=0",
                "--performance-schema=OFF",
                $"--log-error={folder}/db.log",
                $"--pid-file={folder}/pid",
            ]
        );
        await Until(() => Task.FromResult(File.Exists(socket)), "MariaDB");
    }

    private async Task StartWeb()
    {
        reserved?.Stop();
        Start("php", ["-S", new Uri(Address).Authority, "-t", "site", "site/router.php"]);
        using var http = new HttpClient();
        await Until(
            async () =>
            {
                try
                {
                    using var answer = await http.GetAsync(new Uri($"{Address}/wp-json/"));
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "WordPress"
        );
    }

    private static async Task Until(Func<Task<bool>> isReady, string what)
    {
        for (var waited = Stopwatch.StartNew(); !await isReady(); await Task.Delay(50))
            Assert.True(waited.Elapsed < Patience, $"{what} did not start in time.");
    }

    private void Start(string program, string[] arguments) =>
        servers.Add(Background.Start([program, .. arguments], folder, environment: [.. Variables, new("PHP_CLI_SERVER_WORKERS", "2")]));

    private async Task<string> Run(string program, string[] arguments)
    {
        using var process = Process.Start(Settings(program, arguments))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limited = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limited.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        Assert.True(
            process.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}"
        );
        return await output;
    }

    private ProcessStartInfo Settings(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return start;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}

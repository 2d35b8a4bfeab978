using System.Net;
using System.Net.Sockets;
using Api.Data;
using Api.Data.Server;
using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd.Commands;

public class ServeTests(TestServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unreachable_database_is_one_line_that_says_what_to_do()
    {
        using var api = Serve("Host=127.0.0.1;Port=1;Username=a;Password=b;Database=c");
        Assert.Equal(1, await api.Exit(Cancel));
        OneLine(api, "does not answer", "-- migrate");
    }

    [Fact]
    public async Task Database_that_is_behind_is_one_line_that_names_the_command()
    {
        var connections = await server.Blank();
        using (var api = Serve(connections.Content))
        {
            Assert.Equal(1, await api.Exit(Cancel));
            OneLine(api, "behind, from 0001_", "-- migrate", "Database__MigrateOnStart=true");
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task Database_that_is_behind_is_migrated_when_a_setting_says_so()
    {
        var connections = await server.Blank();
        using (var api = Serve(connections.Content, ("Database__MigrateOnStart", "true")))
        {
            await Healthy(await api.Listening(Cancel));
            api.Terminate();
            Assert.Equal(0, await api.Exit(Cancel));
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task Login_that_could_read_drafts_is_refused()
    {
        var connections = await server.Clone();
        using (var api = Serve(connections.Content, ("ConnectionStrings__Delivery", connections.Content)))
        {
            Assert.Equal(1, await api.Exit(Cancel));
            OneLine(api, "'content_owner' owns schema content", DeliveryLogin.Role);
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task Connection_string_without_a_password_asks_for_the_delivery_login()
    {
        using var api = Serve("Host=127.0.0.1;Username=a;Database=c");
        Assert.Equal(1, await api.Exit(Cancel));
        OneLine(api, "ConnectionStrings__Delivery");
    }

    [Fact]
    public async Task Address_in_use_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var connections = await server.Clone();
        using (var api = Serve(connections.Content, ("urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}")))
        {
            Assert.Equal(1, await api.Exit(Cancel));
            OneLine(api, "address already in use", "--urls");
        }
        await server.Drop(connections);
    }

    [Fact]
    public async Task Private_server_comes_and_goes_with_the_api_and_a_killed_api_does_not_block_the_next()
    {
        await using var tried = new TriedFolder();
        var (folder, lockFile) = (tried.Path, (await tried.Open()).PostmasterPid);
        using (var killed = ServePrivate(folder))
        {
            await Healthy(await killed.Listening(Cancel));
            killed.Kill();
            await killed.Exit(Cancel);
        }
        using var api = ServePrivate(folder);
        await Healthy(await api.Listening(Cancel));
        Assert.True(File.Exists(lockFile));
        api.Terminate();
        Assert.Equal(0, await api.Exit(Cancel));
        Assert.False(File.Exists(lockFile));
    }

    [Fact]
    public async Task An_api_that_is_stopped_while_its_server_is_started_again_leaves_no_process()
    {
        await using var tried = new TriedFolder();
        var files = await tried.Open();
        using var api = ServePrivate(tried.Path);
        await Healthy(await api.Listening(Cancel));
        using (var postmaster = System.Diagnostics.Process.GetProcessById((await Postmaster.Running(files, Cancel))!.Value))
            postmaster.Kill();
        while (!api.Output.Contains("has died", StringComparison.Ordinal))
            await Task.Delay(20, Cancel);
        api.Terminate();
        Assert.Equal(0, await api.Exit(Cancel));
        Assert.DoesNotContain("   at ", api.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(
            (await Tool.Run("ps", ["-axo", "command="], Cancel)).Output.Split('\n'),
            line => line.Contains(files.Name, StringComparison.Ordinal)
        );
    }

    private static ApiProcess Serve(string content, params (string Name, string? Value)[] settings) =>
        ApiProcess.Start(["serve"], [("ConnectionStrings__Content", content), ("urls", "http://127.0.0.1:0"), .. settings]);

    private static ApiProcess ServePrivate(string folder) =>
        ApiProcess.Start(["--urls", "http://127.0.0.1:0"], ("ConnectionStrings__Content", null), ("PostgreSql__DataFolder", folder));

    // The addresses are printed when all content has been read.
    private static async Task Healthy(Uri address)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(address, "/readyz"), Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static void OneLine(ApiProcess api, params string[] parts)
    {
        Assert.Single(api.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in parts)
            Assert.Contains(part, api.Errors, StringComparison.Ordinal);
    }
}

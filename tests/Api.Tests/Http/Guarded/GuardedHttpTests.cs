using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Api.Http.Guarded;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Api.Tests.Http.Guarded;

/// <summary>Real servers on this machine, under names that only the resolver of the test knows.</summary>
public sealed class GuardedHttpTests : IAsyncLifetime
{
    private const string Public = "8.8.8.8";

    private readonly ConcurrentQueue<string> reached = new();
    private readonly ConcurrentQueue<string?> serverNames = new();
    private WebApplication server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = Certify }));
        });
        server = builder.Build();
        server.Run(async http =>
        {
            reached.Enqueue($"{http.Request.Host.Host}{http.Request.Path} {http.Request.Headers.Cookie}");
            http.Response.Headers.SetCookie = "a=b";
            if (http.Request.Path == "/redirect")
                http.Response.Redirect("/target");
            await http.Response.WriteAsync("answer");
        });
        await server.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_connection_goes_to_the_address_that_the_resolver_gave_with_the_name_in_the_request()
    {
        using var http = new GuardedHttp((_, _) => Addresses("127.0.0.1"));
        using var answer = await Get(http, $"http://receiver.test:{Port("http")}/hook", allowPrivate: true);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("receiver.test/hook", Assert.Single(reached), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData(Public, "127.0.0.1")]
    [InlineData("127.0.0.1", Public)]
    public async Task One_refused_address_refuses_the_name(params string[] addresses)
    {
        using var http = new GuardedHttp((_, _) => Addresses(addresses));
        await Refuses(http, $"http://receiver.test:{Port("http")}/hook");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Addresses_in_text_form_are_checked_too(string host)
    {
        using var http = new GuardedHttp();
        await Refuses(http, $"http://{host}:{Port("http")}/hook");
    }

    [Fact]
    public async Task A_name_that_changes_between_look_up_and_connection_gains_nothing()
    {
        var asked = 0;
        using var http = new GuardedHttp((_, _) => Addresses(Interlocked.Increment(ref asked) == 1 ? Public : "127.0.0.1"));
        var url = $"http://receiver.test:{Port("http")}/hook";
        // Nothing answers at that address, or something that is not ours; the name is not looked up again for this connection.
        using (var limited = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            limited.CancelAfter(TimeSpan.FromSeconds(2));
            var failed = await Record.ExceptionAsync(() => Get(http, url, allowPrivate: false, limited.Token));
            Assert.True(failed is HttpRequestException or OperationCanceledException, failed?.ToString());
        }
        Assert.Equal(1, asked);
        // Each connection looks up the name and checks its addresses.
        await Refuses(http, url);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Tls_asks_for_the_name_and_does_not_accept_an_unknown_certificate()
    {
        using var http = new GuardedHttp((_, _) => Addresses("127.0.0.1"));
        var failed = await Assert.ThrowsAsync<HttpRequestException>(() =>
            Get(http, $"https://receiver.test:{Port("https")}/hook", allowPrivate: true)
        );
        Assert.Equal(HttpRequestError.SecureConnectionError, failed.HttpRequestError);
        Assert.Equal(["receiver.test"], serverNames);
        Assert.Empty(reached);
    }

    [Fact]
    public async Task Redirects_cookies_and_proxies_of_the_environment_are_not_used()
    {
        Environment.SetEnvironmentVariable("http_proxy", "http://127.0.0.1:1");
        try
        {
            using var http = new GuardedHttp();
            for (var i = 0; i < 2; i++)
            {
                using var answer = await Get(http, $"http://127.0.0.1:{Port("http")}/redirect", allowPrivate: true);
                Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            }
            Assert.Equal(["127.0.0.1/redirect ", "127.0.0.1/redirect "], reached);
        }
        finally
        {
            Environment.SetEnvironmentVariable("http_proxy", null);
        }
    }

    [Fact]
    public async Task A_second_address_is_tried_when_the_first_refuses()
    {
        using var http = new GuardedHttp((_, _) => Addresses("127.0.0.2", "127.0.0.1"));
        using var answer = await Get(http, $"http://receiver.test:{Port("http")}/hook", allowPrivate: true);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task Refuses(GuardedHttp http, string url)
    {
        var failed = await Assert.ThrowsAsync<HttpRequestException>(() => Get(http, url, allowPrivate: false));
        Assert.IsType<RefusedAddressException>(failed.InnerException);
        Assert.Empty(reached);
    }

    private static async Task<HttpResponseMessage> Get(GuardedHttp http, string url, bool allowPrivate, CancellationToken? cancel = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        return await http.Client(allowPrivate).SendAsync(request, cancel ?? Cancel);
    }

    private static Task<IPAddress[]> Addresses(params string[] texts) => Task.FromResult(texts.Select(IPAddress.Parse).ToArray());

    private int Port(string scheme) => new Uri(server.Urls.First(url => url.StartsWith($"{scheme}:", StringComparison.Ordinal))).Port;

    private ValueTask<SslServerAuthenticationOptions> Certify(TlsHandshakeCallbackContext context)
    {
        serverNames.Enqueue(context.ClientHelloInfo.ServerName);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={context.ClientHelloInfo.ServerName}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return ValueTask.FromResult(
            new SslServerAuthenticationOptions { ServerCertificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1)) }
        );
    }
}

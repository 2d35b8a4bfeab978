using System.Net;
using Api.Http.Caching;
using Api.Http.Errors;

namespace Api.Tests.Http.Caching;

/// <summary>How many may wait for changes.</summary>
public class ListenersTests
{
    private readonly Listeners listeners = new(new LiveSettings(5, 2));

    [Theory]
    [InlineData("8.8.8.8", "8.8.8.8")]
    [InlineData("::ffff:8.8.8.8", "8.8.8.8")]
    [InlineData("2a00:1450:4001:82f:aaaa:bbbb:cccc:dddd", "2a00:1450:4001:82f::")]
    [InlineData("127.0.0.1", null)]
    [InlineData("10.1.2.3", null)]
    [InlineData("::ffff:192.168.1.1", null)]
    [InlineData("fd00::1", null)]
    [InlineData("fe80::1", null)]
    public void What_counts_as_one_address(string address, string? network) =>
        Assert.Equal(network, Listeners.NetworkOf(IPAddress.Parse(address))?.ToString());

    [Fact]
    public void An_address_has_its_share()
    {
        var address = IPAddress.Parse("8.8.8.8");
        using var first = listeners.Enter(address);
        var second = listeners.Enter(address);
        for (var n = 0; n < 3; n++)
            Assert.Throws<RateLimitedException>(() => listeners.Enter(address));
        using var other = listeners.Enter(IPAddress.Parse("8.8.4.4"));
        second.Dispose();
        second.Dispose();
        using var third = listeners.Enter(address);
        Assert.Throws<RateLimitedException>(() => listeners.Enter(address));
        Assert.Equal(3, listeners.Count);
    }

    [Fact]
    public void A_node_has_its_limit()
    {
        var all = Enumerable.Range(0, 5).Select(_ => listeners.Enter(IPAddress.Loopback)).ToList();
        Assert.Throws<OverloadedException>(() => listeners.Enter(IPAddress.Parse("8.8.8.8")));
        Assert.Throws<OverloadedException>(() => listeners.Enter(null));
        all[0].Dispose();
        using var again = listeners.Enter(null);
        Assert.Equal(5, listeners.Count);
    }
}

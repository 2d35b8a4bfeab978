using System.Net;
using System.Net.Sockets;

namespace Api.Http.Guarded;

/// <summary>
/// Tells which addresses may be connected to when somebody else chose them. Addresses of this machine and of the networks around it would
/// let that person reach what only this machine can.
/// </summary>
internal static class AddressGuard
{
    // RFC 6890 and IANA's registry of special-purpose IPv4 addresses.
    private static readonly IPNetwork[] Refused4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this host
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // shared by the customers of a provider
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("169.254.0.0/16"), // link-local; cloud metadata
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // relays of 6to4
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, and broadcast
    ];

    // All that has been assigned to public networks. Not in it, among others: loopback, unspecified, unique local (fc00::/7), link-local,
    // site-local, multicast, and IPv4 addresses in IPv6 (::ffff:0:0/96, ::/96, 64:ff9b::/96, 64:ff9b:1::/48).
    private static readonly IPNetwork Public6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Refused6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, and Teredo (2001::/32), which carries an IPv4 address
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4, which carries an IPv4 address
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    // These stand for no single machine, so they are never an address to connect to.
    private static readonly IPNetwork[] NeverUsable =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("255.255.255.255/32"),
        IPNetwork.Parse("::/128"),
        IPNetwork.Parse("ff00::/8"),
    ];

    /// <summary>Whether it is an address of a public network. Pure.</summary>
    /// <remarks>An IPv4 address within IPv6 is refused in any form, whatever address it carries.</remarks>
    public static bool IsPublic(IPAddress address) =>
        address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Array.Exists(Refused4, network => network.Contains(address)),
            // Networks of .NET compare a mapped address as the IPv4 address that it carries.
            AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6
                && Public6.Contains(address)
                && !Array.Exists(Refused6, network => network.Contains(address)),
            _ => false,
        };

    /// <summary>Whether it is the address of one machine, public or not. Pure.</summary>
    public static bool IsUsable(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Array.Exists(NeverUsable, network => network.Contains(plain));
    }
}

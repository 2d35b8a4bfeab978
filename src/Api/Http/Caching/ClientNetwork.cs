using System.Net;
using System.Net.Sockets;
using Api.Http.Guarded;

namespace Api.Http.Caching;

/// <summary>Which addresses count as one client.</summary>
internal static class ClientNetwork
{
    /// <summary>
    /// The network that an address is in, by the first bits of the address. Null for addresses of private networks: they are of proxies in
    /// front that are not trusted to name their clients. Pure.
    /// </summary>
    /// <param name="address">An address; an IPv4 address within IPv6 counts as IPv4.</param>
    /// <param name="bits4">Bits of an IPv4 network, whole bytes.</param>
    /// <param name="bits6">Bits of an IPv6 network, whole bytes.</param>
    public static IPAddress? Of(IPAddress address, int bits4, int bits6)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (!AddressGuard.IsPublic(plain))
            return null;
        var bytes = plain.GetAddressBytes();
        bytes.AsSpan((plain.AddressFamily == AddressFamily.InterNetworkV6 ? bits6 : bits4) / 8).Clear();
        return new IPAddress(bytes);
    }
}

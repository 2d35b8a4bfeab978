namespace Api.Http.Guarded;

/// <summary>An address may not be connected to, or a name has such an address.</summary>
internal sealed class RefusedAddressException(string host) : IOException($"{host} has an address that is not allowed.");

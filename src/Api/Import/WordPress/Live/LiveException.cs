namespace Api.Import.WordPress.Live;

/// <summary>
/// A site could not be fetched. The message is a sentence for the operator and names the address; pages fetched before are kept.
/// </summary>
internal sealed class LiveException(string message, Exception? inner = null) : Exception(message, inner);

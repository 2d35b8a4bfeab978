namespace Api.Import.Mirror;

/// <summary>The other instance cannot be followed, and trying again would not help soon. The message says why.</summary>
internal sealed class MirrorException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The other instance has another history of its content than the one that was followed.</summary>
internal sealed class ResyncException : Exception;

/// <summary>Lines could not be taken: the copy is not what it is thought to be.</summary>
internal sealed class RejectedException(string message) : Exception(message);

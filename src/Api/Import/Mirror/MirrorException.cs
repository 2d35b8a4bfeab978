namespace Api.Import.Mirror;

/// <summary>The other instance cannot be followed, and a retry would not help soon. The message has the reason.</summary>
internal sealed class MirrorException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The history of the other instance's content is not the one that was followed.</summary>
internal sealed class ResyncException : Exception;

/// <summary>Lines were rejected: the copy does not have the expected state.</summary>
internal sealed class RejectedException(string message) : Exception(message);

namespace Api.Data;

/// <summary>
/// The program cannot continue until the operator changes something. The message says what, in one line; commands print it without a stack
/// trace.
/// </summary>
internal sealed class SetupException(string message, Exception? inner = null) : Exception(message, inner);

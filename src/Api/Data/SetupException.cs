namespace Api.Data;

/// <summary>The program cannot go on and a person has to change something. The message is one line that says what; commands print it without a stack trace.</summary>
internal sealed class SetupException(string message, Exception? inner = null) : Exception(message, inner);

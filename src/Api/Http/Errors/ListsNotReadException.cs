namespace Api.Http.Errors;

/// <summary>The in-memory lists are not available: they are being read, are older than the known sequence, or cannot be read.</summary>
internal sealed class ListsNotReadException() : TimeoutException("The lists are not read yet.");

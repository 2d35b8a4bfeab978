namespace Api.Http.Errors;

/// <summary>There are no lists to answer from: they are being read, are older than what is known, or cannot be read.</summary>
internal sealed class ListsNotReadException() : TimeoutException("The lists are not read yet.");

namespace Api.Http.Json;

/// <summary>A path of <c>fields</c> that names no member of the contract.</summary>
/// <param name="Path">The path as the client wrote it.</param>
/// <param name="Members">The paths that would work at that place; empty where nothing is below.</param>
internal sealed record UnknownField(string Path, IReadOnlyList<string> Members);

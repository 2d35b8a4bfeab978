namespace Api.Contracts;

/// <summary>The answer for one item.</summary>
/// <param name="Data">The item.</param>
/// <param name="Included">The related data that <c>include</c> asked for; null when it asked for none.</param>
internal sealed record Item<T>(T Data, Included? Included)
    where T : notnull;

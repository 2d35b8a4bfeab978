namespace Api.Contracts;

/// <summary>The answer for one item.</summary>
/// <param name="Data">The item.</param>
/// <param name="Included">What <c>include</c> asked for beside the item; null when it asked for nothing.</param>
internal sealed record Item<T>(T Data, Included? Included) where T : notnull;

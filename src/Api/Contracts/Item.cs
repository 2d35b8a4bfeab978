namespace Api.Contracts;

/// <summary>The answer for one item.</summary>
/// <param name="Data">The item.</param>
/// <param name="Included">The related data that <c>include</c> asked for; null when it asked for none.</param>
/// <typeparam name="T">The item.</typeparam>
/// <typeparam name="TIncluded">The related data that its page may show.</typeparam>
internal sealed record Item<T, TIncluded>(T Data, TIncluded? Included)
    where T : notnull
    where TIncluded : class;

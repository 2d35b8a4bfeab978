using Api.Contracts;

namespace Api.Live;

/// <summary>What a receiver at a position gets next.</summary>
/// <param name="Token">Its position afterwards.</param>
/// <param name="Event">What to tell; null when nothing is new, or nothing of it is in the scope.</param>
/// <param name="IsResync">
/// Whether the position is of no use: it is of another history of the content, or older than seven days. Everything may have changed.
/// </param>
internal sealed record EventStep(ChangeToken Token, ChangeEvent? Event, bool IsResync)
{
    /// <summary><see cref="Event"/> as JSON in UTF-8, on one line; empty for none. Written once for all receivers.</summary>
    public byte[] Json { get; init; } = [];

    /// <summary><see cref="Event"/> as a server-sent event; empty for none. Written once for all receivers.</summary>
    public byte[] Message { get; init; } = [];
}

/// <summary>Which changes a receiver is told. An event without any of them is not sent.</summary>
/// <param name="Resources">Changes of any of these resources; null for all.</param>
/// <param name="Topics">Topics as keys of the read model, any of them; null for all.</param>
/// <param name="Experts">Experts as keys of the read model, any of them; null for all.</param>
internal sealed record EventScope(string[]? Resources, int[]? Topics, int[]? Experts)
{
    /// <summary>All changes.</summary>
    public static readonly EventScope All = new(null, null, null);

    /// <summary>Equal scopes have equal names.</summary>
    public string Name { get; } = $"{Write(Resources)} {Write(Topics)} {Write(Experts)}";

    /// <summary>Whether it is all changes.</summary>
    public bool IsAll => this.Resources is null && this.Topics is null && this.Experts is null;

    private static string Write<T>(T[]? values) => values is null ? "*" : string.Join(',', values.Order());
}

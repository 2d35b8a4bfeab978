using Api.Data;
using Api.Data.Delivery;

namespace Api.Preview;

/// <summary>
/// The database for previews: a login of its own, which can select from the views of schema <c>preview</c> and nothing else. Always the
/// primary, as a draft is looked at right after it was saved.
/// </summary>
internal sealed class PreviewDatabase(Connections connections) : IAsyncDisposable
{
    /// <summary>The database; null where the login is not set up.</summary>
    public DeliveryDatabase? Login { get; } =
        connections.Preview is { } preview ? new DeliveryDatabase(new DeliveryHosts([preview])) : null;

    public ValueTask DisposeAsync() => Login?.DisposeAsync() ?? ValueTask.CompletedTask;
}

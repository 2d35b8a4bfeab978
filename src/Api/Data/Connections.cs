using Npgsql;

namespace Api.Data;

/// <summary>The two connection strings to the content: of its owner and of the delivery login.</summary>
/// <param name="Content">Connection string of the owner; <c>ConnectionStrings__Content</c>.</param>
/// <param name="Delivery">Connection string of the delivery login; <c>ConnectionStrings__Delivery</c>, else derived from the owner's.</param>
internal sealed record Connections(string Content, string Delivery)
{
    /// <exception cref="SetupException">A connection string is malformed, or the one of the delivery login cannot be derived.</exception>
    public static Connections From(string content, string? delivery) => new(
        Checked(content, nameof(Content)),
        string.IsNullOrWhiteSpace(delivery) ? DeliveryLogin.From(content) : Checked(delivery, nameof(Delivery)));

    private static string Checked(string text, string name)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).ConnectionString;
        }
        catch (ArgumentException e)
        {
            throw new SetupException($"ConnectionStrings__{name} is no connection string: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}

using Api.Settings;
using Npgsql;

namespace Api.Data;

/// <summary>The two connection strings to the content: of its owner and of the delivery login.</summary>
/// <param name="Content">Connection string of the owner; <c>ConnectionStrings__Content</c>.</param>
/// <param name="Delivery">
/// Connection string of the delivery login; <c>ConnectionStrings__Delivery</c>, else derived from the owner's.
/// </param>
internal sealed record Connections(string Content, string Delivery)
{
    /// <summary>The declaration of <see cref="Content"/>.</summary>
    public static readonly Setting ContentSetting = new("ConnectionStrings:Content", "Npgsql connection string")
    {
        DefaultNote = "a private PostgreSQL",
        Effect =
            "The database, with the login that owns it and may create roles. With several hosts (`Host=one,two:5433`) up-to-date standbys answer and changes go to the primary "
            + "([decision 8](decisions/0008-delivery-cache.md)). Through PgBouncer or another pooler: [poolers](poolers.md).",
    };

    /// <summary>The declaration of <see cref="Delivery"/>.</summary>
    public static readonly Setting DeliverySetting = new("ConnectionStrings:Delivery", "Npgsql connection string")
    {
        DefaultNote = "login `content_reader`, its password derived from the owner's",
        Effect = "The login that answers requests. `serve` refuses a login that can read more than the public views.",
    };

    /// <exception cref="SetupException">A string is malformed, or the delivery login's cannot be derived.</exception>
    public static Connections From(string content, string? delivery) =>
        new(
            Checked(content, nameof(Content)),
            string.IsNullOrWhiteSpace(delivery) ? DeliveryLogin.From(content) : Checked(delivery, nameof(Delivery))
        );

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

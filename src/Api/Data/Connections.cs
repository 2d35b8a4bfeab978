using Api.Settings;
using Npgsql;

namespace Api.Data;

/// <summary>The connection strings to the content: of its owner and of the logins for requests.</summary>
/// <param name="Content">Connection string of the owner; <c>ConnectionStrings__Content</c>.</param>
/// <param name="Delivery">
/// Connection string of the delivery login; <c>ConnectionStrings__Delivery</c>, else derived from the owner's.
/// </param>
/// <param name="Preview">
/// Connection string of the login for previews; <c>ConnectionStrings__Preview</c>, else derived from the owner's; null without either.
/// </param>
internal sealed record Connections(string Content, string Delivery, string? Preview = null)
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

    /// <summary>The declaration of <see cref="Preview"/>.</summary>
    public static readonly Setting PreviewSetting = new("ConnectionStrings:Preview", "Npgsql connection string")
    {
        DefaultNote = "login `content_preview`, its password derived from the owner's",
        Effect =
            "The login that answers [previews](keys.md#previews). `serve` refuses a login that can read more than the views of schema `preview`. "
            + "Without one, when the owner's has no password to derive it from, previews answer 503.",
    };

    /// <exception cref="SetupException">A string is malformed, or the delivery login's cannot be derived.</exception>
    public static Connections From(string content, string? delivery, string? preview = null)
    {
        var owner = Checked(content, nameof(Content));
        return new(
            owner,
            string.IsNullOrWhiteSpace(delivery)
                ? DeliveryLogin.From(owner, DeliveryLogin.Role)
                    ?? throw new SetupException(
                        $"ConnectionStrings__Content has no password to derive the one of {DeliveryLogin.Role} from: set ConnectionStrings__Delivery."
                    )
                : Checked(delivery, nameof(Delivery)),
            string.IsNullOrWhiteSpace(preview) ? DeliveryLogin.From(owner, DeliveryLogin.PreviewRole) : Checked(preview, nameof(Preview))
        );
    }

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

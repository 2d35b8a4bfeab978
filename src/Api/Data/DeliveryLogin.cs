using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Api.Data;

/// <summary>The logins for requests. Their passwords are derived from the owner's and are not stored.</summary>
internal static class DeliveryLogin
{
    /// <summary>Reads the views of schema <c>delivery</c>: what is public.</summary>
    public const string Role = "content_reader";

    /// <summary>Reads the views of schema <c>preview</c>: what a key lets its client see.</summary>
    public const string PreviewRole = "content_preview";

    /// <summary>The login that answers requests.</summary>
    public static readonly LoginPurpose Public = new("delivery", Role, "delivery");

    /// <summary>The login that answers previews.</summary>
    public static readonly LoginPurpose Previews = new("preview", PreviewRole, "preview");

    /// <summary>HMAC-SHA256 of the role's name, keyed with the owner's password. It does not reveal the owner's password.</summary>
    public static string PasswordFrom(string ownerPassword, string role = Role) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ownerPassword), Encoding.UTF8.GetBytes(role)));

    /// <summary>
    /// The owner's connection string with a login for requests in place of the owner's; null when it has no password to derive one from.
    /// </summary>
    public static string? From(string ownerConnection, string role)
    {
        var builder = new NpgsqlConnectionStringBuilder(ownerConnection);
        if (string.IsNullOrEmpty(builder.Password))
            return null;
        builder.Password = PasswordFrom(builder.Password, role);
        builder.Username = role;
        return builder.ConnectionString;
    }
}

/// <summary>What a login for requests is for.</summary>
/// <param name="Name">In messages.</param>
/// <param name="Role">The role that <c>migrate</c> makes for it.</param>
/// <param name="Schema">The schema that it reads.</param>
internal sealed record LoginPurpose(string Name, string Role, string Schema)
{
    /// <summary>The setting with its connection string, as an environment variable.</summary>
    public string Variable => $"ConnectionStrings__{char.ToUpperInvariant(Name[0])}{Name[1..]}";
}

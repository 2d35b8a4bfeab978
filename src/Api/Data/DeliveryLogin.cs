using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Api.Data;

/// <summary>The login for requests. Its password is derived from the owner's and is not stored.</summary>
internal static class DeliveryLogin
{
    public const string Role = "content_reader";

    /// <summary>HMAC-SHA256 of the role's name, keyed with the owner's password. It does not reveal the owner's password.</summary>
    public static string PasswordFrom(string ownerPassword) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ownerPassword), Encoding.UTF8.GetBytes(Role)));

    /// <summary>The owner's connection string with the delivery login in place of the owner's.</summary>
    /// <exception cref="SetupException">The connection string has no password to derive one from.</exception>
    public static string From(string ownerConnection)
    {
        var builder = new NpgsqlConnectionStringBuilder(ownerConnection);
        if (string.IsNullOrEmpty(builder.Password))
            throw new SetupException(
                $"ConnectionStrings__Content has no password to derive the one of {Role} from: set ConnectionStrings__Delivery."
            );
        builder.Password = PasswordFrom(builder.Password);
        builder.Username = Role;
        return builder.ConnectionString;
    }
}

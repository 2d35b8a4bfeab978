using Api.Http.Signing;

namespace Api.Import.WordPress.Following;

/// <summary>The must-use plugin with which a WordPress site reports changes.</summary>
internal static class HookPlugin
{
    private const string Placeholder = "https://api.example.org";

    /// <summary>Writes the plugin with a new secret.</summary>
    /// <param name="publicUrl">Base URL of the API as the site reaches it; null leaves a placeholder.</param>
    /// <returns>The PHP, the secret in it, and the address it calls.</returns>
    public static (string Php, string Secret, string Address) Write(string? publicUrl)
    {
        var address =
            (Uri.TryCreate(publicUrl, UriKind.Absolute, out var given) ? given.AbsoluteUri : Placeholder).TrimEnd('/') + "/hooks/wordpress";
        var secret = HmacKey.New().Secret;
        using var reader = new StreamReader(typeof(HookPlugin).Assembly.GetManifestResourceStream("hook-plugin.php")!);
        return (
            reader
                .ReadToEnd()
                .Replace("{address}", address.Replace("'", "%27", StringComparison.Ordinal), StringComparison.Ordinal)
                .Replace("{secret}", secret, StringComparison.Ordinal),
            secret,
            address
        );
    }
}

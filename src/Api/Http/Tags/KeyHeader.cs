using Api.Settings;

namespace Api.Http.Tags;

/// <summary>The header with the keys of an answer, sent once: setting <c>Cache:KeyHeader</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Separator">The character between two keys.</param>
internal sealed record KeyHeader(string Name, char Separator)
{
    /// <summary>Maximum length of the value in bytes: some proxies accept only 4 KB for all headers.</summary>
    public const int MostBytes = 1_700;

    /// <summary>The header that most proxies read or can be configured to read.</summary>
    public static readonly KeyHeader Usual = new("Surrogate-Key", ' ');

    private static readonly KeyHeader[] Known = [Usual, new("Cache-Tag", ','), new("xkey", ' ')];

    private static readonly Setting Setting = new("Cache:KeyHeader", "header name")
    {
        Default = Usual.Name,
        Range = string.Join(", ", Known.Select(header => $"`{header.Name}`")),
        Effect =
            "The response header with the keys by which a proxy drops an answer ([caching](caching.md#dropping-answers-by-their-keys)).",
    };

    /// <summary>Reads the setting; throws <see cref="InvalidOperationException"/> that says what is allowed.</summary>
    public static KeyHeader From(IConfiguration configuration)
    {
        if (Setting.Find(configuration) is not { Length: > 0 } name)
            return Usual;
        return Array.Find(Known, header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException(
                $"The setting Cache:KeyHeader is '{name}'; it has to be {string.Join(", ", Known.Select(header => header.Name))}."
            );
    }
}

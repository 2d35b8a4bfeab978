using System.Security.Cryptography;
using System.Text.Json;

namespace Api.Data.Server;

/// <summary>The generated passwords of a private server, in a file only its user can read.</summary>
/// <param name="Superuser">Password of <c>postgres</c>.</param>
/// <param name="Owner">Password of <c>content_owner</c>; that of the delivery login is derived from it.</param>
internal sealed record PrivatePasswords(string Superuser, string Owner)
{
    /// <summary>Reads the stored passwords; null without the file.</summary>
    public static PrivatePasswords? Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<PrivatePasswords>(File.ReadAllBytes(file)) : null;

    public static PrivatePasswords Make(string file)
    {
        var made = new PrivatePasswords(
            RandomNumberGenerator.GetHexString(40, lowercase: true),
            RandomNumberGenerator.GetHexString(40, lowercase: true)
        );
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // Renamed into place, so that a killed run cannot leave an incomplete file.
        using (var stream = new FileStream(file + ".new", options))
            JsonSerializer.Serialize(stream, made);
        File.Move(file + ".new", file, overwrite: true);
        return made;
    }
}

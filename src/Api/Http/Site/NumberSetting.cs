using System.Globalization;

namespace Api.Http.Site;

/// <summary>Reads settings that are whole numbers.</summary>
internal static class NumberSetting
{
    /// <summary>The setting; <paramref name="otherwise"/> when there is none. Throws <see cref="InvalidOperationException"/> that says what is allowed.</summary>
    public static long Read(IConfiguration configuration, string name, long otherwise, long least, long most)
    {
        if (configuration[name] is not { Length: > 0 } text) return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The setting {name} is '{text}'; it has to be a number from {least} to {most}."));
    }
}

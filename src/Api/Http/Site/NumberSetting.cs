using System.Globalization;

namespace Api.Http.Site;

/// <summary>Reads integer settings.</summary>
internal static class NumberSetting
{
    /// <summary>The value of a setting; <paramref name="otherwise"/> when it is not set.</summary>
    /// <exception cref="InvalidOperationException">The value is not a number from least to most; the message says what is
    /// allowed.</exception>
    public static long Read(IConfiguration configuration, string name, long otherwise, long least, long most)
    {
        if (configuration[name] is not { Length: > 0 } text) return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The setting {name} is '{text}'; it has to be a number from {least} to {most}."));
    }
}

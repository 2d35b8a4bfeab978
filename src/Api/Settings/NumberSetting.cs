using System.Globalization;

namespace Api.Settings;

/// <summary>A setting that is a whole number.</summary>
internal sealed record NumberSetting : Setting
{
    private readonly long least;
    private readonly long most;

    /// <param name="name">As in appsettings, such as <c>Cache:MaxBytes</c>.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="usual">The value that counts where none is set.</param>
    /// <param name="least">The least value that is accepted.</param>
    /// <param name="most">The largest; <see cref="long.MaxValue"/> for no limit.</param>
    public NumberSetting(string name, string unit, long usual, long least, long most)
        : base(name, $"number of {unit}")
    {
        this.least = least;
        this.most = most;
        Usual = usual;
        Default = usual.ToString(CultureInfo.InvariantCulture);
        Range =
            most == long.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"{least} or more")
                : string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
    }

    /// <summary>The value that counts where none is set.</summary>
    public long Usual { get; }

    /// <summary>The number that is set, else <see cref="Usual"/>.</summary>
    /// <exception cref="InvalidOperationException">The text is no such number; the message says what is allowed.</exception>
    public long Read(IConfiguration configuration)
    {
        if (Find(configuration) is not { Length: > 0 } text)
            return Usual;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The setting {Name} is '{text}'; it has to be a number from {least} to {most}."
                )
            );
    }
}

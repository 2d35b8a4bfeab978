namespace Api.Words.Languages;

/// <summary>Korean.</summary>
internal static class Korean
{
    // The longest first.
    private static readonly string[] Particles =
    [
        .. new[]
        {
            "에서는",
            "에서도",
            "으로는",
            "으로도",
            "에게서",
            "한테서",
            "이라는",
            "들에게",
            "들에서",
            "들은",
            "들이",
            "들을",
            "들의",
            "들과",
            "들도",
        },
        .. new[]
        {
            "에서",
            "에게",
            "한테",
            "으로",
            "까지",
            "부터",
            "처럼",
            "보다",
            "마다",
            "조차",
            "밖에",
            "이나",
            "이라",
            "에는",
            "에도",
            "와의",
            "과의",
        },
        .. new[] { "은", "는", "이", "가", "을", "를", "의", "에", "로", "와", "과", "도", "만", "들", "나" },
    ];

    /// <summary>The word without its particle, if at least two syllables stay.</summary>
    public static IReadOnlyCollection<string> Stems(string word)
    {
        if (word.Length < 3)
            return [word];
        var particle = Particles.FirstOrDefault(particle =>
            word.Length >= particle.Length + 2 && word.EndsWith(particle, StringComparison.Ordinal)
        );
        return [particle is null ? word : word[..^particle.Length]];
    }
}

namespace Api.Words.Languages;

/// <summary>Gives the stems of the words of a language.</summary>
/// <param name="Stems">The stems of a word in the form of <see cref="Folding.Normal"/>; at least one. Any thread may call it.</param>
internal sealed record Stemmer(Func<string, IReadOnlyCollection<string>> Stems)
{
    /// <summary>Every word is its own stem.</summary>
    public static readonly Stemmer None = new(word => [word]) { Dictionary = DictionaryUse.First };

    /// <summary>What a dictionary that the operator has installed is used for.</summary>
    public DictionaryUse Dictionary { get; init; } = DictionaryUse.Beside;

    /// <summary>The stems of both stemmers.</summary>
    public Stemmer And(Stemmer other) =>
        this with
        {
            Stems = word =>
                Stems(word) is var mine && other.Stems(word) is var others && mine.SequenceEqual(others) ? mine : [.. mine.Union(others)],
        };

    /// <summary>The stems of this stemmer's stems by another.</summary>
    public Stemmer Then(Stemmer other) => this with { Stems = word => [.. Stems(word).SelectMany(other.Stems).Distinct()] };
}

/// <summary>What the dictionary of a language is used for.</summary>
internal enum DictionaryUse
{
    /// <summary>Nothing: the stemmer is as good without, or the dictionary is a list of words, or Lucene cannot read it.</summary>
    None,

    /// <summary>Its stems are added to those of the stemmer.</summary>
    Beside,

    /// <summary>The stemmer is asked for words only that the dictionary does not have.</summary>
    First,
}

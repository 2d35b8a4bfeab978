namespace Api.Words.Languages;

/// <summary>
/// What is known of the words of a language. One instance serves the whole process, on any number of threads.
/// </summary>
internal sealed class Language
{
    // What is longer is data, such as an encoded image, and takes some stemmers long.
    private const int LongestWord = 200;

    private readonly Lazy<Func<string, IReadOnlyCollection<string>>> stems;
    private readonly Lazy<Func<string, bool>> isStopWord;

    /// <param name="name">The first subtag, in lower case.</param>
    /// <param name="writing">How it shows where a word ends.</param>
    /// <param name="stems">Reads what the stems need; called once, at the first use.</param>
    /// <param name="isStopWord">Reads the stop words; called once, at the first use.</param>
    public Language(
        string name,
        Writing writing,
        Func<Func<string, IReadOnlyCollection<string>>> stems,
        Func<Func<string, bool>> isStopWord
    )
    {
        Name = name;
        Writing = writing;
        this.stems = new(stems);
        this.isStopWord = new(isStopWord);
    }

    /// <summary>The first subtag of its tags (BCP 47), in lower case; <c>no</c> for all of Norwegian, empty for no language.</summary>
    public string Name { get; }

    /// <summary>How it shows where a word ends.</summary>
    public Writing Writing { get; }

    /// <summary>
    /// The stems of a word; two words with a stem in common are forms of one word. At least one: the word itself when nothing is known.
    /// Stems are for comparing only and need not be words.
    /// </summary>
    /// <param name="word">In the form of <see cref="Folding.Normal"/>, with its accents.</param>
    public IReadOnlyCollection<string> Stems(string word) => word.Length > LongestWord ? [word] : stems.Value(word);

    /// <summary>Whether a word is too common to be searched, such as <c>the</c>.</summary>
    /// <param name="word">In the form of <see cref="Folding.Normal"/>, with its accents.</param>
    public bool IsStopWord(string word) => isStopWord.Value(word);

    /// <summary>
    /// Reads the dictionary, if there is one, which takes up to some seconds. Without this call the first <see cref="Stems"/> does.
    /// </summary>
    public void Load()
    {
        _ = stems.Value;
        _ = isStopWord.Value;
    }
}

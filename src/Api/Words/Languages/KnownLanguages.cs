using System.Collections.Concurrent;

namespace Api.Words.Languages;

/// <summary>The languages of the process, each made when it is first asked for.</summary>
internal sealed class KnownLanguages
{
    private readonly ConcurrentDictionary<string, Language> languages = new();
    private readonly Dictionaries dictionaries;
    private readonly Language other;

    /// <summary>Looks which dictionaries there are; reads none.</summary>
    public KnownLanguages(SearchSettings settings, ILogger<KnownLanguages> log)
    {
        dictionaries = new Dictionaries(settings, log);
        other = new Language("", Writing.Spaced, () => Stemmer.None.Stems, () => StopWords.Of(""));
    }

    /// <summary>
    /// The language of a tag (BCP 47), by its first subtag. All languages of which nothing is known, and null, are one, without a name: its
    /// words are their own stems.
    /// </summary>
    public Language Get(string? tag)
    {
        var name = NameOf(tag);
        return languages.TryGetValue(name, out var known) ? known
            : IsKnown(name) ? languages.GetOrAdd(name, Make)
            : other;
    }

    /// <summary>Reads the dictionaries of some languages, one after the other.</summary>
    public void Load(IEnumerable<string> tags)
    {
        foreach (var tag in tags)
            Get(tag).Load();
    }

    private bool IsKnown(string name) => WritingOf(name) != Writing.Spaced || Stemmers.Find(name) is not null || dictionaries.Has(name);

    private Language Make(string name) => new(name, WritingOf(name), () => StemsOf(name), () => StopWords.Of(name));

    private Func<string, IReadOnlyCollection<string>> StemsOf(string name)
    {
        var stemmer = Stemmers.Find(name) ?? Stemmer.None;
        var dictionary = stemmer.Dictionary == DictionaryUse.None ? null : dictionaries.Find(name);
        Func<string, IReadOnlyCollection<string>> stems =
            dictionary is null ? stemmer.Stems
            : stemmer.Dictionary == DictionaryUse.First
                ? word => dictionary.Stems(word) is { Count: > 0 } found ? found : stemmer.Stems(word)
            : word => [.. dictionary.Stems(word).Union(stemmer.Stems(word))];
        return name == "sr" ? word => stems(Serbian.ToLatin(word)) : stems;
    }

    private static string NameOf(string? tag)
    {
        if (string.IsNullOrEmpty(tag))
            return "";
        var end = tag.IndexOfAny(['-', '_']);
        var first = (end < 0 ? tag : tag[..end]).ToLowerInvariant();
        return first switch
        {
            "nb" or "nn" => "no",
            // Codes that others have replaced (ISO 639).
            "iw" => "he",
            "in" => "id",
            "ji" => "yi",
            "sh" => "sr",
            "cmn" or "yue" or "wuu" or "nan" => "zh",
            _ => first,
        };
    }

    private static Writing WritingOf(string name) =>
        name switch
        {
            "zh" or "ja" or "th" or "lo" or "km" or "my" or "bo" or "dz" => Writing.Unspaced,
            "ko" => Writing.Korean,
            _ => Writing.Spaced,
        };
}

using System.Collections.Concurrent;
using Api.Words.Languages;

namespace Api.Words.Postings;

/// <summary>The vocabularies of one history of the content, by language. They only grow.</summary>
internal sealed class Vocabularies
{
    private readonly ConcurrentDictionary<Language, Vocabulary> articles = new();

    /// <summary>That of experts, topics and events.</summary>
    public Vocabulary Named { get; } = new();

    /// <summary>That of the articles in a language.</summary>
    public Vocabulary Of(Language language) => articles.GetOrAdd(language, _ => new Vocabulary());
}

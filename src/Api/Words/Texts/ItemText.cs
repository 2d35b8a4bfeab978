namespace Api.Words.Texts;

/// <summary>The texts of a visible item that search reads.</summary>
internal sealed record ItemText
{
    /// <summary>The item's number in the database.</summary>
    public int ItemId { get; init; }

    /// <summary>article, expert, topic or event.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The item's public id.</summary>
    public Guid Id { get; init; }

    /// <summary>The slug.</summary>
    public string Slug { get; init; } = "";

    /// <summary>The language tag of an article (BCP 47); null for other resources.</summary>
    public string? Language { get; init; }

    /// <summary>The title or name.</summary>
    public string Title { get; init; } = "";

    /// <summary>Subtitle and summary, position and organization, or summary and place.</summary>
    public string Lead { get; init; } = "";

    /// <summary>The text.</summary>
    public string Body { get; init; } = "";

    /// <summary>The ways to write the whole name of an expert or topic, some of them null; none for other resources.</summary>
    public string?[] Names { get; init; } = [];

    /// <summary>
    /// The title as it is indexed: that of an expert or topic with the words of the slug where they differ, as names in another script are
    /// often searched for in Latin letters.
    /// </summary>
    public string IndexedTitle =>
        Resource is "expert" or "topic" && NameTable.Normal(Title) != NameTable.Normal(Slug) ? $"{Title} {Slug}" : Title;

    /// <summary>Whether its words are in the part of articles of a language.</summary>
    public bool IsArticle => Resource == "article";
}

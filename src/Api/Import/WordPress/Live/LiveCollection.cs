using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>Something to fetch page by page.</summary>
/// <param name="Name">Its folder, and what messages call it.</param>
/// <param name="Path">Address below the API's root.</param>
/// <param name="Query">Parameters but for page, size and order.</param>
/// <param name="Add">Adds one of its things to a page.</param>
internal sealed record LiveCollection(string Name, string Path, string Query, Action<LivePage, JsonElement> Add)
{
    /// <summary>The member of an answer that holds the things; null where the answer is the list.</summary>
    public string? List { get; init; }

    /// <summary>True for the terms that stand for people.</summary>
    public bool IsPeople { get; init; }

    /// <summary>The member of an item that holds the numbers of such terms; null where there is none.</summary>
    public string? People { get; init; }

    /// <summary>
    /// Name of the collection whose items this one tells more of, by their numbers: it is asked for what changed there, and answers to <c>include</c>. Null where there is none.
    /// </summary>
    public string? Completes { get; init; }

    /// <summary>Without it nothing is imported; else a note says that the site does not show it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>
    /// As <see cref="Query"/>, but for what shows that a thing has changed, and costs the site little. Null where all is as little; then there is no time of the last
    /// change either.
    /// </summary>
    public string? Marks { get; init; }
}

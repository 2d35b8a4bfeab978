using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>A collection of the API that is fetched page by page.</summary>
/// <param name="Name">Folder of its pages, and its name in messages.</param>
/// <param name="Path">Address below the API's root.</param>
/// <param name="Query">Query parameters except page, size and order.</param>
/// <param name="Add">Adds an entry of the collection to a page.</param>
internal sealed record LiveCollection(string Name, string Path, string Query, Action<LivePage, JsonElement> Add)
{
    /// <summary>The member of a response that holds the entries; null if the response is the list.</summary>
    public string? List { get; init; }

    /// <summary>True for the terms of the taxonomy of authors.</summary>
    public bool IsPeople { get; init; }

    /// <summary>The member of an item with the numbers of these terms; null when there is none.</summary>
    public string? People { get; init; }

    /// <summary>
    /// Name of the collection whose items this one completes, matched by number: it is read for the items that changed there, and supports
    /// <c>include</c>. Null when there is none.
    /// </summary>
    public string? Completes { get; init; }

    /// <summary>True if nothing is imported without it; otherwise a note says that the site does not show it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>
    /// <see cref="Query"/> reduced to the fields that show whether an entry has changed, which cost the site little. Null if the full query
    /// costs as little; then there is no time of the last change either.
    /// </summary>
    public string? Marks { get; init; }
}

namespace Api.Contracts.Lists;

/// <summary>Suggestions, the likeliest first.</summary>
/// <param name="Data">At most ten.</param>
internal sealed record Suggestions(IReadOnlyList<Suggestion> Data);

/// <summary>Something to go to directly.</summary>
/// <param name="Resource"><c>article</c>, <c>expert</c>, <c>topic</c> or <c>event</c>; more may come.</param>
/// <param name="Slug">Its address within its collection.</param>
/// <param name="Label">Name or title to show.</param>
/// <param name="Url">Its page for people, absolute URL.</param>
internal sealed record Suggestion(string Resource, string Slug, string Label, string Url);

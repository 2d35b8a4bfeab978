namespace Api.Contracts.Lists;

/// <summary>Suggestions, the most likely first.</summary>
/// <param name="Data">At most ten suggestions.</param>
internal sealed record Suggestions(IReadOnlyList<Suggestion> Data);

/// <summary>A suggested item.</summary>
/// <param name="Resource"><c>article</c>, <c>expert</c>, <c>topic</c> or <c>event</c>; more may be added.</param>
/// <param name="Slug">Its slug.</param>
/// <param name="Label">Name or title to show.</param>
/// <param name="Url">Its web page, absolute URL.</param>
/// <param name="Path">The path for links within the site: <c>url</c> without the URL of the site.</param>
internal sealed record Suggestion(string Resource, string Slug, string Label, string Url, string Path);

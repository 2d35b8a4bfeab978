namespace Api.Contracts;

/// <summary>One step of the path from the site's root to an item.</summary>
/// <param name="Label">Text to show.</param>
/// <param name="Slug">The topic's or page's slug.</param>
/// <param name="Url">The step's web page, absolute URL.</param>
/// <param name="Path">The path for links within the site: <c>url</c> without the URL of the site.</param>
internal sealed record Breadcrumb(string Label, string Slug, string Url, string Path);

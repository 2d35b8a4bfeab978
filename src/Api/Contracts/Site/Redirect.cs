namespace Api.Contracts.Site;

/// <summary>A redirect from an address of the old site.</summary>
/// <param name="From">Path on the old site, starting with a slash.</param>
/// <param name="Resource">The kind of the target item; null for an external address.</param>
/// <param name="Slug">The slug of the target item; null for an external address.</param>
/// <param name="Url">The target, absolute URL.</param>
/// <param name="Path">
/// The path for links within the site: <c>url</c> without the URL of the site, <c>/</c> for the home page; null for an address outside of
/// it.
/// </param>
/// <param name="Status">HTTP status to answer with: 301.</param>
internal sealed record Redirect(string From, string? Resource, string? Slug, string Url, string? Path, int Status);

/// <summary>The item that an address of the site, old or current, refers to.</summary>
/// <param name="From">The requested path.</param>
/// <param name="Resource">The kind of the item; null for an external address.</param>
/// <param name="Slug">Its current slug; null for an external address and for a withdrawn item.</param>
/// <param name="Url">Its current web page, absolute URL; null for a withdrawn item.</param>
/// <param name="Path">
/// The path for links within the site: <c>url</c> without the URL of the site, <c>/</c> for the home page; null for a withdrawn item and
/// for an address outside of it.
/// </param>
/// <param name="Status">200: the address is current. 301: the item moved to <c>url</c>. 410: the item was withdrawn.</param>
internal sealed record Resolution(string From, string? Resource, string? Slug, string? Url, string? Path, int Status);

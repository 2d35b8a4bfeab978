namespace Api.Contracts.Site;

/// <summary>Where an address of the old site leads today.</summary>
/// <param name="From">Path on the old site, starting with a slash.</param>
/// <param name="Resource">What it leads to; null for an address elsewhere.</param>
/// <param name="Slug">The slug of what it leads to; null for an address elsewhere.</param>
/// <param name="Url">Absolute URL it leads to.</param>
/// <param name="Status">HTTP status to answer with: 301.</param>
internal sealed record Redirect(string From, string? Resource, string? Slug, string Url, int Status);

/// <summary>What an address of the site, old or new, stands for.</summary>
/// <param name="Path">The path that was asked for.</param>
/// <param name="Resource">What it stands for; null for an address elsewhere.</param>
/// <param name="Slug">Its current slug; null for an address elsewhere and for what is gone.</param>
/// <param name="Url">Its current page for people, absolute URL; null for what is gone.</param>
/// <param name="Status">200: this is the current address. 301: it moved to <c>url</c>. 410: it was withdrawn.</param>
internal sealed record Resolution(string Path, string? Resource, string? Slug, string? Url, int Status);

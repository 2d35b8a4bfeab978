using Api.Contracts.Site;
using Api.Http.Site;

namespace Api.Reading;

/// <summary>The target of an old address.</summary>
internal sealed record RedirectRow
{
    public string Path { get; init; } = "";
    public string? Resource { get; init; }
    public string? Slug { get; init; }
    public string? Url { get; init; }
    public int Status { get; init; }

    /// <summary>Converts a redirect that has a target into the public shape.</summary>
    public Redirect ToRedirect(Links links) => new(Path, Resource, Slug, PageUrl(links)!, links.PathOf(PageUrl(links)), Status);

    /// <summary>The resolution of <paramref name="path"/> to this target.</summary>
    public Resolution ToResolution(string path, Links links) =>
        new(path, Resource, Slug, PageUrl(links), links.PathOf(PageUrl(links)), Status);

    private string? PageUrl(Links links) => Resource is { } resource && Slug is { } slug ? links.PageUrl(resource, slug) : Url;
}

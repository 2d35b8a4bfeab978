using Api.Contracts.Site;
using Api.Http.Site;

namespace Api.Reading;

/// <summary>Where an address of the old site leads.</summary>
internal sealed record RedirectRow
{
    public string Path { get; init; } = "";
    public string? Resource { get; init; }
    public string? Slug { get; init; }
    public string? Url { get; init; }
    public int Status { get; init; }

    /// <summary>The public shape of one that leads somewhere.</summary>
    public Redirect ToRedirect(Links links) => new(Path, Resource, Slug, PageUrl(links)!, Status);

    /// <summary>What <paramref name="path"/> stands for.</summary>
    public Resolution ToResolution(string path, Links links) => new(path, Resource, Slug, PageUrl(links), Status);

    private string? PageUrl(Links links) => Resource is { } resource && Slug is { } slug ? links.PageUrl(resource, slug) : Url;
}

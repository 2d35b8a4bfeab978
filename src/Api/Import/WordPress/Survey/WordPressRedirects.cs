using System.Text.Json.Nodes;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Values;

namespace Api.Import.WordPress.Survey;

/// <summary>
/// Redirect lines for the addresses of the old site: permalinks, short links with numbers, and the archives of terms and authors.
/// </summary>
internal sealed class WordPressRedirects
{
    // Only hashes of the paths are kept: there are several for each of a hundred thousand posts.
    private readonly HashSet<ulong> from = [];
    private readonly Uri? site;
    private readonly string root;

    public WordPressRedirects(string siteUrl)
    {
        this.site = Uri.TryCreate(siteUrl, UriKind.Absolute, out var site) ? site : null;
        root = this.site?.AbsolutePath.TrimEnd('/') ?? "";
    }

    /// <summary>True once a permalink with words was found: then archives have such addresses as well.</summary>
    public bool HasPaths { get; set; }

    /// <summary>Reserves capacity for this number of redirects; growing step by step would take twice the memory.</summary>
    public void Expect(int redirects) => from.EnsureCapacity(redirects);

    /// <summary>Examines the permalink of a published item.</summary>
    public void Learn(string link) => HasPaths |= PathOf(link) is { } path && !path.Contains('?', StringComparison.Ordinal);

    /// <summary>The redirects of a post or page.</summary>
    public IEnumerable<WordPressLine> Of(WordPressPost post, string link)
    {
        var path = PathOf(link);
        var paths = new List<string?> { path };
        if (path is not null && !path.Contains('?', StringComparison.Ordinal) && post.GivenSlug.Length > 0)
            paths.AddRange(post.PreviousSlugs.Select(old => WithLastSegment(path, old)));
        if (post.PostId.Length > 0)
            paths.Add($"{root}/?{(post.Resource == "page" ? "page_id" : "p")}={Uri.EscapeDataString(post.PostId)}");
        return Lines(paths, post.Target, post.Item, post.Line);
    }

    /// <summary>The redirects of a term's archive, at WordPress's default addresses.</summary>
    public IEnumerable<WordPressLine> Of(WordPressTerm term, WordPressTerms terms)
    {
        if (term.Topic is not { } topic)
            return [];
        var paths = new List<string?>();
        if (term.Taxonomy == "category")
        {
            if (HasPaths)
                paths.Add($"{root}/category/{string.Join('/', terms.PathOf(term).Select(Uri.EscapeDataString))}/");
            if (term.Id.Length > 0)
                paths.Add($"{root}/?cat={Uri.EscapeDataString(term.Id)}");
        }
        else
        {
            var name = term.Taxonomy == "post_tag" ? "tag" : term.Taxonomy;
            if (HasPaths)
                paths.Add($"{root}/{Uri.EscapeDataString(name)}/{Uri.EscapeDataString(term.Slug)}/");
            paths.Add($"{root}/?{Uri.EscapeDataString(name)}={Uri.EscapeDataString(term.Slug)}");
        }
        return Lines(paths, "topics/" + topic.TopicSlug, 0, term.Line);
    }

    /// <summary>The redirects of an author's archive.</summary>
    public IEnumerable<WordPressLine> Of(WordPressAuthor author)
    {
        if (!author.IsPublished)
            return [];
        var paths = new List<string?>();
        // The address contains the login as a slug; a login that is an e-mail address gets no redirect.
        if (HasPaths && !author.Login.Contains('@', StringComparison.Ordinal) && Slugs.FromText(author.Login) is { Length: > 0 } name)
            paths.Add($"{root}/author/{Uri.EscapeDataString(name)}/");
        if (author.Id.Length > 0)
            paths.Add($"{root}/?author={Uri.EscapeDataString(author.Id)}");
        return Lines(paths, "experts/" + author.Slug, 0, author.Line);
    }

    /// <summary>Path and query of a link of this site; null for its front page and for other sites.</summary>
    public string? PathOf(string link)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return null;
        if (this.site is not null && !string.Equals(Host(address), Host(this.site), StringComparison.OrdinalIgnoreCase))
            return null;
        var path = address.PathAndQuery;
        while (path.StartsWith("//", StringComparison.Ordinal))
            path = path[1..];
        return path.Length is > 1 and <= 2_000 && path.TrimEnd('/') != root ? path : null;
    }

    private IEnumerable<WordPressLine> Lines(IEnumerable<string?> paths, string target, int item, int line) =>
        paths
            .OfType<string>()
            .Where(path => from.Add(TextHash.Of(path)))
            .Select(path => new WordPressLine(
                new JsonObject
                {
                    ["resource"] = "redirect",
                    ["from"] = path,
                    ["to"] = target,
                },
                item,
                line
            ));

    private static string WithLastSegment(string path, string segment)
    {
        var end = path.EndsWith('/') ? "/" : "";
        var bare = path.TrimEnd('/');
        return string.Concat(bare.AsSpan(0, bare.LastIndexOf('/') + 1), Uri.EscapeDataString(segment), end);
    }

    private static string Host(Uri address) =>
        address.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? address.Host[4..] : address.Host;
}

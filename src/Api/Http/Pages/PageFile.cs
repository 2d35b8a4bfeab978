using System.Security.Cryptography;

namespace Api.Http.Pages;

/// <summary>A file that pages load: embedded in the program, and served at an address that changes with its bytes.</summary>
internal sealed class PageFile
{
    private const string Folder = "/assets";

    /// <summary>The style of all pages.</summary>
    public static readonly PageFile Style = new("pages.css", "text/css; charset=utf-8");

    /// <summary>The script of the home page.</summary>
    public static readonly PageFile HomeScript = new("home.js", "text/javascript; charset=utf-8");

    private readonly string version;

    private PageFile(string name, string contentType)
    {
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream($"pages/{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        version = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        (Name, ContentType, Bytes) = (name, contentType, bytes);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The <c>Content-Type</c> header.</summary>
    public string ContentType { get; }

    /// <summary>What it contains.</summary>
    public byte[] Bytes { get; }

    /// <summary>Its address, below the base of the API.</summary>
    public string Path => $"{Folder}/{version}/{Name}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var file in new[] { Style, HomeScript })
            routes
                .MapGet($"{Folder}/{{version}}/{file.Name}", (HttpContext http, string version) => file.Send(http, version))
                .ExcludeFromDescription();
    }

    // While nodes of two versions run, a page of one may ask the other: it answers with its own file, which nobody is to keep.
    private IResult Send(HttpContext http, string asked)
    {
        http.Response.Headers.CacheControl = asked == version ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(Bytes, ContentType, entityTag: new($"\"{version}\""));
    }
}

using System.Text.Json.Nodes;

namespace Api.Import.WordPress;

/// <summary>A person who wrote.</summary>
/// <param name="login">Name to sign in with; for matching only. Empty for somebody whom only a profile names.</param>
/// <param name="id">Number within the site; empty when unknown.</param>
/// <param name="line">Where the person was first seen.</param>
internal sealed class WordPressAuthor(string login, string id, int line)
{
    public string Login { get; } = login;
    public string Id { get; set; } = id;
    public int Line { get; } = line;

    /// <summary>Name to show.</summary>
    public string Name { get; set; } = "Unknown";

    /// <summary>Empty when unknown.</summary>
    public string GivenName { get; private set; } = "";

    /// <summary>Empty when unknown.</summary>
    public string FamilyName { get; private set; } = "";

    /// <summary>Number of an attachment; empty when there is none.</summary>
    public string Picture { get; private set; } = "";

    /// <summary>What they say of themselves; not sanitised. Null when they say nothing.</summary>
    public string? BioHtml { get; private set; }

    /// <summary>Their website, as <c>profiles</c>; null when they have none.</summary>
    public JsonArray? Profiles => website is null ? null : [new JsonObject { ["label"] = "Website", ["url"] = website }];

    /// <summary>True while nothing but an item's by-line names them.</summary>
    public bool IsNamedOnly { get; set; }

    /// <summary>The item that is about them; null for most who only write.</summary>
    public WordPressPost? Profile { get; set; }

    /// <summary>True when nothing but the profile names them: it then has an id like any item.</summary>
    public bool ProfileOnly => Login.Length == 0;

    /// <summary>Set when <see cref="WordPressAuthors.Settle"/> ran.</summary>
    public string Slug { get; set; } = "";

    /// <summary>True when an article for readers names them.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Members that nothing which describes them can know.</summary>
    public IReadOnlyList<string> Unknown { get; private set; } = ["givenName", "familyName", "bioHtml", "photo", "orcid", "profiles"];

    private string? website;
    private bool isDescribed;

    /// <summary>Takes what a description adds. A name is taken from the first description, and from one that links a guest to this user.</summary>
    public void Describe(WxrAuthor author, string name, string givenName, string familyName)
    {
        if (!isDescribed || IsNamedOnly || author.LinkedLogin.Length > 0)
        {
            if (name.Length > 0) Name = name;
            if (givenName.Length + familyName.Length > 0) (GivenName, FamilyName) = (givenName, familyName);
        }
        Unknown = [.. Unknown.Intersect(author.Unknown)];
        (isDescribed, IsNamedOnly) = (true, false);
        if (author.Biography.Length > 0) BioHtml ??= Paragraphs.Of(HtmlTags.WithoutComments(author.Biography));
        if (author.Picture.Length > 0 && Picture.Length == 0) Picture = author.Picture;
        if (website is null && Uri.TryCreate(author.Website.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo == "")
            website = url.AbsoluteUri;
    }
}

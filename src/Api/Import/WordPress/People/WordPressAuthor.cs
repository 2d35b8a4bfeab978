using System.Text.Json.Nodes;
using Api.Import.WordPress.Body;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.People;

/// <summary>An author of a WordPress site.</summary>
/// <param name="login">Login name; used for matching only. Empty for a person named only by a profile.</param>
/// <param name="id">Number within the site; empty when unknown.</param>
/// <param name="line">Line of the file in which the person was first found.</param>
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

    /// <summary>Biography; not sanitised. Null when there is none.</summary>
    public string? BioHtml { get; private set; }

    /// <summary>Website, as <c>profiles</c>; null when there is none.</summary>
    public JsonArray? Profiles => website is null ? null : [new JsonObject { ["label"] = "Website", ["url"] = website }];

    /// <summary>True while only the byline of an item names the person.</summary>
    public bool IsNamedOnly { get; set; }

    /// <summary>
    /// The WordPress slug of the person's profile item, empty if the item has none; null without a profile, as for most people who only
    /// write.
    /// </summary>
    public string? ProfileSlug { get; set; }

    /// <summary>True when only the profile names the person: it then has the id of an ordinary item.</summary>
    public bool ProfileOnly => Login.Length == 0;

    /// <summary>Set by <see cref="WordPressAuthors.Settle"/>.</summary>
    public string Slug { get; set; } = "";

    /// <summary>True when a public article names the person.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Members that no description of the person can know.</summary>
    public IReadOnlyList<string> Unknown { get; private set; } = ["givenName", "familyName", "bioHtml", "photo", "orcid", "profiles"];

    private string? website;
    private bool isDescribed;

    /// <summary>
    /// Adds the values of a description. The name is taken from the first description, or from one that links a guest to this user.
    /// </summary>
    public void Describe(WxrAuthor author, string name, string givenName, string familyName)
    {
        if (!isDescribed || IsNamedOnly || author.LinkedLogin.Length > 0)
        {
            if (name.Length > 0)
                Name = name;
            if (givenName.Length + familyName.Length > 0)
                (GivenName, FamilyName) = (givenName, familyName);
        }
        Unknown = [.. Unknown.Intersect(author.Unknown)];
        (isDescribed, IsNamedOnly) = (true, false);
        if (author.Biography.Length > 0)
            BioHtml ??= Paragraphs.Of(HtmlTags.WithoutComments(author.Biography));
        if (author.Picture.Length > 0 && Picture.Length == 0)
            Picture = author.Picture;
        if (
            website is null
            && Uri.TryCreate(author.Website.Trim(), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url.UserInfo == ""
        )
            website = url.AbsoluteUri;
    }
}

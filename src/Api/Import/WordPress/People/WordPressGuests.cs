using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.People;

/// <summary>
/// Descriptions of people in plugins: guest authors of Co-Authors Plus are items, authors of PublishPress Authors are terms. Their e-mail
/// addresses are not read.
/// </summary>
internal static class WordPressGuests
{
    // Co-Authors Plus files the items of every author, guest or user, under a term of this name. The term's description contains an e-mail
    // address.
    private const string Prefix = "cap-";

    /// <summary>The login in the slug of an author's term.</summary>
    public static string Login(string slug) => slug.StartsWith(Prefix, StringComparison.Ordinal) ? slug[Prefix.Length..] : slug;

    /// <summary>A guest author of Co-Authors Plus.</summary>
    public static WxrAuthor Of(WxrItem item) =>
        new(
            item.Line,
            "",
            item.MetaValue("cap-user_login") is { Length: > 0 } login ? login : Login(item.Field("post_name")),
            item.MetaValue("cap-display_name") is { Length: > 0 } name ? name : item.Title,
            item.MetaValue("cap-first_name"),
            item.MetaValue("cap-last_name")
        )
        {
            Biography = item.MetaValue("cap-description"),
            Website = item.MetaValue("cap-website"),
            Picture = item.MetaValue("_thumbnail_id"),
            LinkedLogin = item.MetaValue("cap-linked_account"),
            // A running site shows the item, but not its fields.
            Unknown = item.Meta.Exists(meta => meta.Key.StartsWith(Prefix, StringComparison.Ordinal))
                ? []
                : ["givenName", "familyName", "bioHtml", "photo", "orcid", "profiles"],
        };

    /// <summary>Adds the description of a person in a term; a term of Co-Authors Plus is skipped, as its item has better data.</summary>
    public static void Add(WxrTerm term, WordPressAuthors authors)
    {
        if (term.Slug.StartsWith(Prefix, StringComparison.Ordinal) || term.Slug.Length == 0)
            return;
        authors.Add(
            new WxrAuthor(term.Line, "", term.Slug, term.Name, term.MetaValue("first_name"), term.MetaValue("last_name"))
            {
                Biography = term.MetaValue("description"),
                Website = term.MetaValue("user_url"),
                Picture = term.MetaValue("avatar"),
                LinkedLogin = authors.FindById(term.MetaValue("user_id"))?.Login ?? "",
            }
        );
    }
}

using System.Text.Json.Nodes;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.People;

/// <summary>
/// The authors of an export as experts: from its <c>wp:author</c> blocks, else from the names in items. E-mail addresses are not published:
/// a login that is an e-mail address is cut at the at sign.
/// </summary>
internal sealed class WordPressAuthors(WordPressIds ids, WordPressNotes notes)
{
    private readonly List<WordPressAuthor> all = [];
    private readonly Dictionary<string, WordPressAuthor> byLogin = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, WordPressAuthor> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordPressAuthor> byName = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<WordPressAuthor> All => all;

    /// <summary>
    /// Adds a person. A known person keeps their name, unless only an item named them: items may come before descriptions.
    /// </summary>
    public WordPressAuthor Add(WxrAuthor author)
    {
        var known = byLogin.GetValueOrDefault(author.Login);
        if (author.LinkedLogin.Length > 0 && byLogin.GetValueOrDefault(author.LinkedLogin) is var user && user != known)
            known = Join(user ?? Keep(new WordPressAuthor(author.LinkedLogin, "", author.Line) { IsNamedOnly = true }), known);
        if (known is null)
            known = Keep(new WordPressAuthor(author.Login, author.Id, author.Line));
        else if (known.Id.Length == 0)
            known.Id = author.Id;
        byLogin.TryAdd(author.Login, known);
        known.Describe(
            author,
            NameOf(author),
            Public(PlainText.Of(author.FirstName, LineLimits.Title)),
            Public(PlainText.Of(author.LastName, LineLimits.Title))
        );
        byName.TryAdd(known.Name, known);
        if (author.Id.Length > 0)
            byId.TryAdd(author.Id, known);
        return known;
    }

    /// <summary>The user with this number; null when the export does not say.</summary>
    public WordPressAuthor? FindById(string id) => byId.GetValueOrDefault(id);

    /// <summary>The author that an item names by login or, in files edited by hand, by name; null for an empty name.</summary>
    public WordPressAuthor? Find(string creator)
    {
        var bare = creator.Trim(' ', '<', '>', '"', '\'', ',', ';');
        return bare.Length == 0
            ? null
            : byLogin.GetValueOrDefault(creator) ?? byLogin.GetValueOrDefault(bare) ?? byName.GetValueOrDefault(bare);
    }

    /// <summary>The author that an item names; added as a new one when the file does not describe them.</summary>
    public WordPressAuthor? FindOrAdd(string creator, int item, int line)
    {
        if (Find(creator) is { } known)
        {
            if (byLogin.TryAdd(creator, known) && !string.Equals(known.Name, creator, StringComparison.OrdinalIgnoreCase))
                notes.Add(item, line, $"the author '{Public(creator)}' is taken for '{known.Name}'");
            return known;
        }
        if (string.IsNullOrWhiteSpace(creator))
            return null;
        var named = Add(
            new WxrAuthor(line, "", creator.Trim(), "", "", "")
            {
                Unknown = ["givenName", "familyName", "bioHtml", "photo", "orcid", "profiles"],
            }
        );
        named.IsNamedOnly = true;
        return named;
    }

    /// <summary>The person of a profile: the author of the same name, else a new person.</summary>
    /// <param name="name">Name of the person.</param>
    /// <param name="slug">The WordPress slug of the profile; may be empty.</param>
    /// <param name="line">Line of the file in which the profile begins.</param>
    public WordPressAuthor AddProfile(string name, string slug, int line)
    {
        if (!byName.TryGetValue(name, out var person) || person.ProfileSlug is not null)
        {
            person = Keep(new WordPressAuthor("", "", line) { Name = name });
            byName.TryAdd(person.Name, person);
        }
        person.ProfileSlug = slug;
        return person;
    }

    /// <summary>
    /// Assigns slugs to all authors, those with profiles first, in the order of the file. Called once, when all authors are known.
    /// </summary>
    public void Settle()
    {
        var slugs = new SlugTable();
        foreach (var author in all.OrderBy(a => a.ProfileSlug is null ? 1 : 0))
            author.Slug = slugs.Claim(
                author.ProfileSlug is { Length: > 0 } given ? given
                : Slugs.FromText(author.Name) is { Length: > 0 } slug ? slug
                : Slugs.FromSlug(Public(author.Login)) is { Length: > 0 } login ? login
                : "author"
            );
    }

    /// <summary>The experts without a profile as lines. As in WordPress, authors who have published nothing are not public.</summary>
    /// <param name="attachments">The media library with their pictures.</param>
    public IEnumerable<WordPressLine> Lines(WordPressAttachments attachments) =>
        all.Where(a => a.ProfileSlug is null)
            .Select(a => new WordPressLine(
                new JsonObject
                {
                    ["resource"] = "expert",
                    ["id"] = ids.Author(a.Login).ToString(),
                    ["slug"] = a.Slug,
                    ["publicationStatus"] = a.IsPublished ? "published" : "private",
                    ["name"] = a.Name,
                    ["givenName"] = a.GivenName.Length > 0 ? a.GivenName : null,
                    ["familyName"] = a.FamilyName.Length > 0 ? a.FamilyName : null,
                    ["photo"] = attachments.FindPhoto(a.Picture)?.ToImage(),
                    ["bioHtml"] = a.BioHtml,
                    ["profiles"] = a.Profiles,
                },
                0,
                a.Line
            )
            {
                Keeps = a.Unknown,
            });

    private WordPressAuthor Keep(WordPressAuthor person)
    {
        all.Add(person);
        return person;
    }

    // A guest author who is linked to a user is the same person, in whichever order the two were found.
    private WordPressAuthor Join(WordPressAuthor user, WordPressAuthor? guest)
    {
        byLogin.TryAdd(user.Login, user);
        if (guest is null)
            return user;
        user.IsPublished |= guest.IsPublished;
        all.Remove(guest);
        foreach (var (login, _) in byLogin.Where(l => l.Value == guest).ToList())
            byLogin[login] = user;
        foreach (var (id, _) in byId.Where(i => i.Value == guest).ToList())
            byId[id] = user;
        foreach (var (name, _) in byName.Where(n => n.Value == guest).ToList())
            byName[name] = user;
        return user;
    }

    private static string NameOf(WxrAuthor author)
    {
        var full = PlainText.Of($"{author.FirstName} {author.LastName}", LineLimits.Title);
        return Public(PlainText.Of(author.DisplayName, LineLimits.Title)) is { Length: > 0 } display
            && !author.DisplayName.Contains('@', StringComparison.Ordinal)
                ? display
            : full.Length > 0 ? Public(full)
            : Public(PlainText.Of(author.Login, LineLimits.Title));
    }

    private static string Public(string name) =>
        name.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? name[..at] : name.TrimStart('@');
}

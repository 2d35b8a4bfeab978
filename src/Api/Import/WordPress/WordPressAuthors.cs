using System.Text.Json.Nodes;

namespace Api.Import.WordPress;

/// <summary>
/// The authors of an export as experts: from its <c>wp:author</c> blocks, else from the names that items carry. Neither an e-mail address
/// nor a login that is one comes out: names are cut at the at sign.
/// </summary>
internal sealed class WordPressAuthors(WordPressIds ids, WordPressNotes notes)
{
    private readonly List<WordPressAuthor> _all = [];
    private readonly Dictionary<string, WordPressAuthor> _byLogin = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, WordPressAuthor> _byName = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<WordPressAuthor> All => _all;

    /// <summary>Keeps an author; one whose login is known already is left as it is.</summary>
    public WordPressAuthor Add(WxrAuthor author)
    {
        if (_byLogin.TryGetValue(author.Login, out var known))
            return known;
        var full = PlainText.Of($"{author.FirstName} {author.LastName}", 500);
        var name = Public(PlainText.Of(author.DisplayName, 500)) is { Length: > 0 } display && !author.DisplayName.Contains('@', StringComparison.Ordinal)
            ? display
            : full.Length > 0 ? Public(full) : Public(PlainText.Of(author.Login, 500));
        var kept = new WordPressAuthor(
            author.Login, author.Id, name, Public(PlainText.Of(author.FirstName, 500)), Public(PlainText.Of(author.LastName, 500)), author.Line);
        _all.Add(kept);
        _byLogin.Add(author.Login, kept);
        _byName.TryAdd(kept.Name, kept);
        return kept;
    }

    /// <summary>The author an item names by login or, in files put together by hand, by name; null for an empty name.</summary>
    public WordPressAuthor? Find(string creator)
    {
        var bare = creator.Trim(' ', '<', '>', '"', '\'', ',', ';');
        return bare.Length == 0 ? null
            : _byLogin.GetValueOrDefault(creator) ?? _byLogin.GetValueOrDefault(bare) ?? _byName.GetValueOrDefault(bare);
    }

    /// <summary>The author an item names, kept as a new one when the file has no block for it.</summary>
    public WordPressAuthor? FindOrAdd(string creator, int item, int line)
    {
        if (Find(creator) is { } known)
        {
            if (_byLogin.TryAdd(creator, known) && !string.Equals(known.Name, creator, StringComparison.OrdinalIgnoreCase))
                notes.Add(item, line, $"the author '{Public(creator)}' is taken for '{known.Name}'");
            return known;
        }
        return string.IsNullOrWhiteSpace(creator) ? null : Add(new WxrAuthor(line, "", creator.Trim(), "", "", ""));
    }

    /// <summary>The person of a profile: the author of the same name, else somebody new.</summary>
    public WordPressAuthor AddProfile(WordPressPost profile)
    {
        if (!_byName.TryGetValue(profile.Title, out var person) || person.Profile is not null)
        {
            person = new WordPressAuthor("", "", profile.Title, "", "", profile.Line);
            _all.Add(person);
            _byName.TryAdd(person.Name, person);
        }
        person.Profile = profile;
        return person;
    }

    /// <summary>Gives every author a slug, those of profiles first, in the order of the file. Once, when all are known.</summary>
    public void Settle()
    {
        var slugs = new SlugTable();
        foreach (var author in _all.OrderBy(a => a.Profile is null ? 1 : 0))
            author.Slug = slugs.Claim(
                author.Profile?.GivenSlug is { Length: > 0 } given ? given
                : Slugs.FromText(author.Name) is { Length: > 0 } slug ? slug
                : Slugs.FromSlug(Public(author.Login)) is { Length: > 0 } login ? login : "author");
    }

    /// <summary>The experts without a profile as lines. Like in WordPress, those who have published nothing are not shown.</summary>
    public IEnumerable<WordPressLine> Lines() => _all.Where(a => a.Profile is null).Select(a => new WordPressLine(new JsonObject
    {
        ["resource"] = "expert",
        ["id"] = ids.Author(a.Login).ToString(),
        ["slug"] = a.Slug,
        ["publicationStatus"] = a.IsPublished ? "published" : "private",
        ["name"] = a.Name,
        ["givenName"] = a.GivenName.Length > 0 ? a.GivenName : null,
        ["familyName"] = a.FamilyName.Length > 0 ? a.FamilyName : null,
    }, 0, a.Line));

    private static string Public(string name) => name.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? name[..at] : name.TrimStart('@');
}

/// <summary>A person who wrote.</summary>
/// <param name="login">Name to sign in with; for matching only.</param>
/// <param name="id">Number within the site; empty when unknown.</param>
/// <param name="name">Name to show.</param>
/// <param name="givenName">Empty when unknown.</param>
/// <param name="familyName">Empty when unknown.</param>
/// <param name="line">Where the author was first seen.</param>
internal sealed class WordPressAuthor(string login, string id, string name, string givenName, string familyName, int line)
{
    public string Login { get; } = login;
    public string Id { get; } = id;
    public string Name { get; } = name.Length > 0 ? name : "Unknown";
    public string GivenName { get; } = givenName;
    public string FamilyName { get; } = familyName;
    public int Line { get; } = line;

    /// <summary>The item that is about them; null for most who only write.</summary>
    public WordPressPost? Profile { get; set; }

    /// <summary>True when nothing but the profile names them: it then has an id like any item.</summary>
    public bool ProfileOnly => Login.Length == 0;

    /// <summary>Set when <see cref="WordPressAuthors.Settle"/> ran.</summary>
    public string Slug { get; set; } = "";

    /// <summary>True when an article for readers names them.</summary>
    public bool IsPublished { get; set; }
}

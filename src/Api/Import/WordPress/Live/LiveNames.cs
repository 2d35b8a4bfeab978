using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>Resolves the numbers of users and terms in items.</summary>
internal sealed class LiveNames
{
    // A prefix that no WordPress name has.
    private const string Number = "\n#";

    private readonly bool areOpen;
    private readonly Dictionary<string, string> logins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WxrItemTerm> terms = new(StringComparer.Ordinal);

    public LiveNames() { }

    private LiveNames(bool areOpen) => this.areOpen = areOpen;

    /// <summary>Leaves numbers in items; <see cref="Resolve(WxrItem)"/> replaces them later: names may change while items do not.</summary>
    public static LiveNames Open => new(true);

    public void Learn(LivePage page)
    {
        foreach (var author in page.Authors.Where(author => author.Id.Length > 0))
            logins[author.Id] = author.Login;
        foreach (var term in page.Terms)
            terms[term.Id] = new WxrItemTerm(term.Taxonomy, term.Slug, term.Name);
    }

    /// <summary>The login of a user; empty for a user that the site does not show.</summary>
    public string Login(string user) => this.areOpen ? Number + user : logins.GetValueOrDefault(user, "");

    /// <summary>True for the login of a known user.</summary>
    public bool IsLogin(string login) => logins.ContainsValue(login);

    /// <summary>A term; null for a term that the site does not show.</summary>
    public WxrItemTerm? Term(string term) => this.areOpen ? new WxrItemTerm(Number, term, "") : terms.GetValueOrDefault(term);

    /// <summary>Whether all numbers of an item read with <see cref="Open"/> are known.</summary>
    public bool Know(WxrItem item) =>
        (
            !item.Creator.StartsWith(Number, StringComparison.Ordinal)
            || item.Creator.Length == Number.Length
            || item.Creator == Number + "0"
            || logins.ContainsKey(item.Creator[Number.Length..])
        ) && item.Terms.TrueForAll(term => term.Taxonomy != Number || terms.ContainsKey(term.Slug));

    /// <summary>An author described by an item, with the number replaced by the login if it was read with <see cref="Open"/>.</summary>
    public WxrAuthor Resolve(WxrAuthor author) =>
        author.LinkedLogin.StartsWith(Number, StringComparison.Ordinal)
            ? author with
            {
                LinkedLogin = Login(author.LinkedLogin[Number.Length..]),
            }
            : author;

    /// <summary>Replaces the numbers in an item read with <see cref="Open"/> by names.</summary>
    public void Resolve(WxrItem item)
    {
        if (item.Creator.StartsWith(Number, StringComparison.Ordinal))
            item.Creator = Login(item.Creator[Number.Length..]);
        for (var i = item.Terms.Count - 1; i >= 0; i--)
            if (item.Terms[i].Taxonomy == Number && Term(item.Terms[i].Slug) is var known)
                if (known is null)
                    item.Terms.RemoveAt(i);
                else
                    item.Terms[i] = known;
    }
}

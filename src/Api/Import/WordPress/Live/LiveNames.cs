namespace Api.Import.WordPress.Live;

/// <summary>What the numbers in items stand for.</summary>
internal sealed class LiveNames
{
    private readonly Dictionary<string, string> _logins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WxrItemTerm> _terms = new(StringComparer.Ordinal);

    public void Learn(LivePage page)
    {
        foreach (var author in page.Authors)
            _logins[author.Id] = author.Login;
        foreach (var term in page.Terms)
            _terms[term.Id] = new WxrItemTerm(term.Taxonomy, term.Slug, term.Name);
    }

    /// <summary>The login of a user; empty for one that the site does not show.</summary>
    public string Login(string user) => _logins.GetValueOrDefault(user, "");

    /// <summary>True for the login of a user who was shown.</summary>
    public bool IsLogin(string login) => _logins.ContainsValue(login);

    /// <summary>A term; null for one that the site does not show.</summary>
    public WxrItemTerm? Term(string term) => _terms.GetValueOrDefault(term);
}

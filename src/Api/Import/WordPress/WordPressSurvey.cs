using System.Globalization;

namespace Api.Import.WordPress;

/// <summary>What the first reading of a file gathers: everything but the texts.</summary>
internal sealed class WordPressSurvey
{
    private readonly WordPressNotes _notes;
    private readonly SortedDictionary<string, int> _types = new(StringComparer.Ordinal);
    private readonly HashSet<WordPressType> _used = [];
    private int _comments;

    private WordPressSurvey(Dictionary<string, string> settings, WordPressNotes notes)
    {
        _notes = notes;
        SiteUrl = settings.GetValueOrDefault("base_blog_url") ?? settings.GetValueOrDefault("link") ?? settings.GetValueOrDefault("base_site_url") ?? "";
        Language = Languages.Find(settings.GetValueOrDefault("language", ""));
        var ids = new WordPressIds(SiteUrl);
        Terms = new WordPressTerms(ids, notes);
        Authors = new WordPressAuthors(ids, notes);
        Posts = new WordPressPosts(ids, notes);
        Menus = new WordPressMenus(ids, notes);
        Redirects = new WordPressRedirects(SiteUrl);
    }

    /// <summary>Address of the site, where its home page is; empty when the file does not say.</summary>
    public string SiteUrl { get; }

    /// <summary>Language of the site (BCP 47); null when the file does not say.</summary>
    public string? Language { get; }

    public WordPressTerms Terms { get; }
    public WordPressAuthors Authors { get; }
    public WordPressPosts Posts { get; }
    public WordPressMenus Menus { get; }
    public WordPressRedirects Redirects { get; }
    public WordPressAttachments Attachments { get; } = new();
    public WordPressDates Dates { get; } = new();
    public int Items { get; private set; }

    public string Summary => string.Create(CultureInfo.InvariantCulture,
        $"{Posts.All.Count(p => !p.IsPage)} posts ({Posts.All.Count(p => !p.IsPage && p.Status == "published")} public), {Posts.All.Count(p => p.IsPage)} pages, {Attachments.Count} attachments, {Terms.All.Count(t => t.Taxonomy == "category")} categories, {Terms.All.Count(t => t.Taxonomy == "post_tag")} tags, {Authors.All.Count} authors; {_comments} comments are not read");

    /// <exception cref="WordPressFileException">The file is not well-formed, cut off, or no export.</exception>
    public static WordPressSurvey Of(Func<Stream> open, WordPressNotes notes, CancellationToken cancel)
    {
        using var file = new WxrFile(open(), bodies: false);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        WordPressSurvey? survey = null;
        while (file.Next() is { } node)
        {
            cancel.ThrowIfCancellationRequested();
            if (node is WxrSetting setting)
            {
                if (setting.Value.Length > 0)
                    settings.TryAdd(setting.Name, setting.Value);
            }
            else
                // The settings stand at the head of the file; the rest is numbered by the site's address.
                (survey ??= new WordPressSurvey(settings, notes)).Add(node);
        }
        survey ??= new WordPressSurvey(settings, notes);
        survey.Settle();
        return survey;
    }

    /// <summary>The article types that posts have.</summary>
    public IEnumerable<WordPressType> Types() => _used.OrderBy(t => t.Slug, StringComparer.Ordinal);

    /// <summary>The type of a post: the first that one of its terms names, categories first.</summary>
    public WordPressType TypeOf(WxrItem item) =>
        item.Terms.OrderBy(t => t.Taxonomy == "category" ? 0 : 1).Select(t => Terms.Find(t)?.Type).FirstOrDefault(t => t is not null) ?? WordPressTypes.Default;

    private void Add(WxrNode node)
    {
        switch (node)
        {
            case WxrAuthor author: Authors.Add(author); break;
            case WxrTerm { Taxonomy: "nav_menu" } menu: Menus.Add(menu); break;
            case WxrTerm term: Terms.Add(term); break;
            case WxrItem item: Add(item); break;
        }
    }

    private void Add(WxrItem item)
    {
        Items++;
        _comments += item.Comments;
        Dates.Learn(item);
        switch (item.PostType)
        {
            case "post" or "page": AddPost(item); break;
            case "attachment": Attachments.Add(item); break;
            case "nav_menu_item": Menus.Add(item); break;
            case "guest-author": AddGuest(item); break;
            case var type: _types[type] = _types.GetValueOrDefault(type) + 1; break;
        }
    }

    private void AddPost(WxrItem item)
    {
        Posts.Add(item, Dates.Published(item));
        var post = Posts.All[^1];
        foreach (var term in item.Terms)
            Terms.Add(term, item.Line);
        if (post.IsPage)
            return;
        _used.Add(TypeOf(item));
        foreach (var author in WordPressCredits.Of(item, Authors, post.Line))
            author.IsPublished |= WordPressStatus.IsForReaders(post.Status);
        if (WordPressStatus.IsForReaders(post.Status))
            Redirects.Learn(item.Link);
    }

    // Guest authors of Co-Authors Plus are items of their own; what they are called stands in their fields.
    private void AddGuest(WxrItem item) =>
        Authors.Add(new WxrAuthor(
            item.Line, "", item.MetaValue("cap-user_login") is { Length: > 0 } login ? login : item.Field("post_name"),
            item.MetaValue("cap-display_name") is { Length: > 0 } name ? name : item.Title, item.MetaValue("cap-first_name"), item.MetaValue("cap-last_name")));

    private void Settle()
    {
        Terms.Settle();
        Authors.Settle();
        Posts.Settle();
        foreach (var (type, count) in _types)
            _notes.Add(0, 0, string.Create(CultureInfo.InvariantCulture, $"{count} × item of type '{type}' left out: only posts, pages, attachments and menus are read"));
    }
}

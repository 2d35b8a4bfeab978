using System.Globalization;
using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.Body;
using Api.Import.WordPress.Events;
using Api.Import.WordPress.Fields;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Menus;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress;

/// <summary>The result of the first reading of a file: everything except the texts.</summary>
internal sealed class WordPressSurvey
{
    private readonly WordPressNotes notes;
    private readonly SortedDictionary<string, int> types = new(StringComparer.Ordinal);
    private readonly HashSet<WordPressType> used = [];
    private readonly List<(WordPressPost Post, string Date)> localDates = [];
    private readonly HashSet<string> named = new(StringComparer.Ordinal);
    private readonly List<(WordPressPost Post, WxrItem Item)> datedByField = [];
    private int comments;

    private WordPressSurvey(Dictionary<string, string> settings, WordPressMapping mapping, WordPressNotes notes)
    {
        Mapping = mapping;
        this.notes = notes;
        SiteUrl =
            settings.GetValueOrDefault("base_blog_url")
            ?? settings.GetValueOrDefault("link")
            ?? settings.GetValueOrDefault("base_site_url")
            ?? "";
        SiteName = PlainText.Of(settings.GetValueOrDefault("title", ""), 500);
        SiteDescription = PlainText.Of(settings.GetValueOrDefault("description", ""), 500);
        Language = Languages.Find(settings.GetValueOrDefault("language", ""));
        var ids = new WordPressIds(SiteUrl);
        Terms = new WordPressTerms(ids, mapping, notes);
        Authors = new WordPressAuthors(ids, notes);
        Posts = new WordPressPosts(ids, notes, mapping.Hidden);
        Menus = new WordPressMenus(ids, notes, mapping.Hidden);
        Redirects = new WordPressRedirects(SiteUrl);
        ReusableBlocks = new WordPressReusableBlocks(notes, mapping.Hidden);
    }

    /// <summary>Address of the site's home page; empty when the file does not contain it.</summary>
    public string SiteUrl { get; }

    /// <summary>Name of the site; empty when the file does not contain it.</summary>
    public string SiteName { get; }

    /// <summary>Tagline of the site; empty when the file does not contain it.</summary>
    public string SiteDescription { get; }

    /// <summary>Language of the site (BCP 47); null when the file does not contain it.</summary>
    public string? Language { get; }

    public WordPressMapping Mapping { get; }
    public WordPressTerms Terms { get; }
    public WordPressAuthors Authors { get; }
    public WordPressPosts Posts { get; }
    public WordPressMenus Menus { get; }
    public WordPressRedirects Redirects { get; }
    public WordPressReusableBlocks ReusableBlocks { get; }
    public WordPressVenues Venues { get; } = new();
    public WordPressTranslations Translations { get; } = new();
    public WordPressAttachments Attachments { get; } = new();
    public WordPressDates Dates { get; } = new();
    public int Items { get; private set; }

    public string Summary =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Posts.All.Count(p => p.Resource == "article")} posts ({Posts.All.Count(p => p.Resource == "article" && p.Status == "published")} public), {Posts.All.Count(p => p.Resource == "page")} pages, {Others}{Attachments.Count} attachments, {Terms.All.Count(t => t.Taxonomy == "category")} categories, {Terms.All.Count(t => t.Taxonomy == "post_tag")} tags, {Authors.All.Count} authors; {comments} comments are not read"
        );

    // Data that most sites do not have.
    private string Others =>
        string.Concat(
            Posts
                .All.Select(p => p.Resource)
                .Where(resource => resource is "event" or "expert")
                .CountBy(resource => resource)
                .OrderBy(count => count.Key, StringComparer.Ordinal)
                .Select(count =>
                    string.Create(CultureInfo.InvariantCulture, $"{count.Value} {(count.Key == "event" ? "events" : "profiles")}, ")
                )
        );

    /// <exception cref="WordPressFileException">The file is not well-formed, incomplete, or not an export.</exception>
    public static WordPressSurvey Of(Func<bool, IWxrReader> open, WordPressMapping mapping, WordPressNotes notes, CancellationToken cancel)
    {
        using var file = open(false);
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
                // The settings are at the head of the file; ids derive from the site's address.
                (survey ??= new WordPressSurvey(settings, mapping, notes)).Add(node);
        }
        survey ??= new WordPressSurvey(settings, mapping, notes);
        survey.Settle();
        return survey;
    }

    /// <summary>The article types in use.</summary>
    public IEnumerable<WordPressType> Types() => used.OrderBy(t => t.Slug, StringComparer.Ordinal);

    /// <summary>The type of a post: that of a custom field, else the first one that a term names, categories first.</summary>
    public WordPressType TypeOf(WxrItem item) =>
        FieldTopics.TypeOf(item, this)
        ?? item.Terms.OrderBy(t => t.Taxonomy == "category" ? 0 : 1).Select(t => Terms.Find(t)?.Type).FirstOrDefault(t => t is not null)
        ?? Mapping.TypeOf(item.PostType);

    private void Add(WxrNode node)
    {
        switch (node)
        {
            // WordPress stores the site itself as the website of the user who installed it.
            case WxrAuthor author:
                Authors.Add(IsOwn(author.Website) ? author with { Website = "" } : author);
                break;
            case WxrTerm { Taxonomy: "nav_menu" } menu:
                Menus.Add(menu);
                break;
            case WxrTerm term when WordPressVenues.IsOwn(term.Taxonomy) && !Mapping.IsRead(term.Taxonomy):
                Venues.Add(term);
                break;
            case WxrTerm term when Mapping.RoleOf(term.Taxonomy) is not null:
                WordPressGuests.Add(term, Authors);
                break;
            case WxrTerm term:
                Terms.Add(term);
                break;
            case WxrItem item:
                Add(item);
                break;
        }
    }

    private void Add(WxrItem item)
    {
        Items++;
        comments += item.Comments;
        Dates.Learn(item);
        if (item.PostType is WordPressReusableBlocks.PostType or WordPressNavigation.PostType)
            ReusableBlocks.Add(item);
        var isVenue = Venues.Add(item);
        switch (item.PostType)
        {
            case "attachment":
                Attachments.Add(item);
                break;
            case "nav_menu_item":
                Menus.Add(item);
                break;
            case WordPressNavigation.PostType:
                Menus.AddNavigation(item, SiteUrl);
                break;
            case WordPressGuests.PostType:
                Authors.Add(WordPressGuests.Of(item));
                break;
            case var type when Mapping.Of(type).To is not "nothing" and var resource:
                AddPost(item, resource);
                break;
            case WordPressReusableBlocks.PostType:
                break;
            case var _ when isVenue:
                break;
            case var type:
                types[type] = types.GetValueOrDefault(type) + 1;
                break;
        }
    }

    private bool IsOwn(string address) =>
        SiteUrl.Length > 0 && address.TrimEnd('/').Equals(SiteUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    private void AddPost(WxrItem item, string resource)
    {
        if (resource == "event" && !WordPressEventLine.HasStart(item, this))
        {
            this.notes.Add(
                item.Number,
                item.Line,
                $"this {item.PostType} is left out: no start can be read from {WordPressEventLine.StartFields(item, this)}"
            );
            return;
        }
        var post = Posts.Add(item, resource, Dates.Published(item));
        if (WordPressDates.IsLocal(item))
            localDates.Add((post, item.Field("post_date")));
        foreach (var term in item.Terms)
            if (WordPressVenues.IsOwn(term.Taxonomy) && !Mapping.IsRead(term.Taxonomy))
                Venues.Add(term);
            else
                Terms.Add(term, item.Line);
        FieldTopics.Learn(item, this);
        Translations.Add(item, post);
        var isForReaders = WordPressStatus.IsForReaders(post.Status);
        if (isForReaders && resource != "page")
            Redirects.Learn(item.Link);
        if (FieldPeople.Learn(item, this) is { Count: > 0 } named && isForReaders)
            this.named.UnionWith(named);
        if (Mapping.Of(item.PostType).Fields.ContainsKey("publishedAt") && post.Status == "published")
            datedByField.Add((post, item with { Content = "", Excerpt = "" }));
        if (resource == "expert")
            (post.Person = Authors.AddProfile(post)).IsPublished |= isForReaders;
        if (resource == "event")
            foreach (var (speaker, _) in WordPressEventLine.Speakers(item, this))
                speaker.IsPublished |= isForReaders;
        if (resource != "article")
            return;
        used.Add(TypeOf(item));
        foreach (var (author, _) in WordPressCredits.Of(item, this))
            author.IsPublished |= isForReaders;
    }

    private void Settle()
    {
        // Resolved after reading, because items may come before the items they depend on.
        foreach (var (post, date) in localDates)
            post.PublishedAt = Dates.FromLocal(date);
        foreach (var (post, item) in datedByField)
            post.PublishedAt = FieldTexts.Date("publishedAt", item, this) ?? post.PublishedAt;
        datedByField.Clear();
        // A person with a profile is as public as the profile.
        foreach (
            var person in this
                .named.Select(value => FieldPeople.Find(value, this))
                .OfType<WordPressAuthor>()
                .Where(person => person.Profile is null)
        )
            person.IsPublished = true;
        Terms.Settle();
        Authors.Settle();
        Posts.Settle();
        Redirects.Expect(2 * Posts.All.Count + Posts.All.Sum(post => post.PreviousSlugs.Length));
        if (Attachments.Withheld > 0)
            this.notes.Add(
                0,
                0,
                string.Create(CultureInfo.InvariantCulture, $"{Attachments.Withheld} × attachment left out: it is private or in the trash")
            );
        foreach (var (type, count) in types)
            this.notes.Add(
                0,
                0,
                $"{count.ToString(CultureInfo.InvariantCulture)} × item of type '{type}' {(LimitedPosts.IsRule(type)
                ? "left out: it is a plugin's rule on who may read what; look at what it covers before you publish"
                : type == "event-recurring" ? "left out: it is the pattern of a series, whose dates are events of their own"
                : "left out: a mapping file can say what they are")}"
            );
    }
}

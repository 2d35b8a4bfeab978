using System.Globalization;
using Api.Import.WordPress.Events;
using Api.Import.WordPress.Fields;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress;

/// <summary>The first reading of a site, which fills a <see cref="WordPressSurvey"/>.</summary>
internal sealed class SurveyReader(WordPressSurvey survey, WordPressNotes notes)
{
    private readonly SortedDictionary<string, int> types = new(StringComparer.Ordinal);
    private readonly List<(WordPressPost Post, string Date)> localDates = [];
    private readonly HashSet<string> named = new(StringComparer.Ordinal);
    private readonly List<(WordPressPost Post, WxrItem Item)> datedByField = [];

    /// <exception cref="WordPressFileException">The file is not well-formed, incomplete, or not an export.</exception>
    public static WordPressSurvey Read(
        Func<bool, IWxrReader> open,
        WordPressMapping mapping,
        WordPressNotes notes,
        CancellationToken cancel
    )
    {
        using var file = open(false);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        SurveyReader? reader = null;
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
                (reader ??= Begin()).Add(node);
        }
        return (reader ?? Begin()).Settle();

        SurveyReader Begin() => new(new WordPressSurvey(settings, mapping, notes), notes);
    }

    private void Add(WxrNode node)
    {
        switch (node)
        {
            // WordPress stores the site itself as the website of the user who installed it.
            case WxrAuthor author:
                survey.Authors.Add(IsOwn(author.Website) ? author with { Website = "" } : author);
                break;
            case WxrTerm { Taxonomy: "nav_menu" } menu:
                survey.Menus.Add(menu);
                break;
            case WxrTerm term when WordPressVenues.IsOwn(term.Taxonomy) && !survey.Mapping.IsRead(term.Taxonomy):
                survey.Venues.Add(term);
                break;
            case WxrTerm term when survey.Mapping.RoleOf(term.Taxonomy) is not null:
                WordPressGuests.Add(term, survey.Authors);
                break;
            case WxrTerm term:
                survey.Terms.Add(term);
                break;
            case WxrItem item:
                Add(item);
                break;
        }
    }

    private void Add(WxrItem item)
    {
        survey.Items++;
        survey.Comments += item.Comments;
        survey.Dates.Learn(item);
        if (item.PostType is PostTypes.ReusableBlock or PostTypes.Navigation)
            survey.ReusableBlocks.Add(item);
        var isVenue = survey.Venues.Add(item);
        switch (item.PostType)
        {
            case "attachment":
                survey.Attachments.Add(item);
                break;
            case "nav_menu_item":
                survey.Menus.Add(item);
                break;
            case PostTypes.Navigation:
                survey.Menus.AddNavigation(item, survey.SiteUrl);
                break;
            case PostTypes.GuestAuthor:
                survey.Authors.Add(WordPressGuests.Of(item));
                break;
            case var type when survey.Mapping.Of(type).To is not "nothing" and var resource:
                AddPost(item, resource);
                break;
            case PostTypes.ReusableBlock:
                break;
            case var _ when isVenue:
                break;
            case var type:
                types[type] = types.GetValueOrDefault(type) + 1;
                break;
        }
    }

    private bool IsOwn(string address) =>
        survey.SiteUrl.Length > 0 && address.TrimEnd('/').Equals(survey.SiteUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    private void AddPost(WxrItem item, string resource)
    {
        if (resource == "event" && !WordPressEventLine.HasStart(item, survey))
        {
            notes.Add(
                item.Number,
                item.Line,
                $"this {item.PostType} is left out: no start can be read from {WordPressEventLine.StartFields(item, survey)}"
            );
            return;
        }
        var post = survey.Posts.Add(item, resource, survey.Dates.Published(item));
        if (WordPressDates.IsLocal(item))
            localDates.Add((post, item.Field("post_date")));
        foreach (var term in item.Terms)
            if (WordPressVenues.IsOwn(term.Taxonomy) && !survey.Mapping.IsRead(term.Taxonomy))
                survey.Venues.Add(term);
            else
                survey.Terms.Add(term, item.Line);
        FieldTopics.Learn(item, survey);
        survey.Translations.Add(item, post);
        var isForReaders = WordPressStatus.IsForReaders(post.Status);
        if (isForReaders && resource != "page")
            survey.Redirects.Learn(item.Link);
        if (FieldPeople.Learn(item, survey) is { Count: > 0 } named && isForReaders)
            this.named.UnionWith(named);
        if (survey.Mapping.Of(item.PostType).Fields.ContainsKey("publishedAt") && post.Status == "published")
            datedByField.Add((post, item with { Content = "", Excerpt = "" }));
        if (resource == "expert")
            (post.Person = survey.Authors.AddProfile(post.Title, post.GivenSlug, post.Line)).IsPublished |= isForReaders;
        if (resource == "event")
            foreach (var (speaker, _) in WordPressEventLine.Speakers(item, survey))
                speaker.IsPublished |= isForReaders;
        if (resource != "article")
            return;
        survey.Types.Add(WordPressPostLines.TypeOf(item, survey));
        foreach (var (author, _) in WordPressCredits.Of(item, survey))
            author.IsPublished |= isForReaders;
    }

    private WordPressSurvey Settle()
    {
        // Resolved after reading, because items may come before the items they depend on.
        foreach (var (post, date) in localDates)
            post.PublishedAt = survey.Dates.FromLocal(date);
        foreach (var (post, item) in datedByField)
            post.PublishedAt = FieldTexts.Date("publishedAt", item, survey) ?? post.PublishedAt;
        datedByField.Clear();
        // A person with a profile is as public as the profile.
        foreach (
            var person in named
                .Select(value => FieldPeople.Find(value, survey))
                .OfType<WordPressAuthor>()
                .Where(person => person.ProfileSlug is null)
        )
            person.IsPublished = true;
        survey.Terms.Settle();
        survey.Authors.Settle();
        survey.Posts.Settle();
        survey.Redirects.Expect(2 * survey.Posts.All.Count + survey.Posts.All.Sum(post => post.PreviousSlugs.Length));
        if (survey.Attachments.Withheld > 0)
            notes.Add(
                0,
                0,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{survey.Attachments.Withheld} × attachment left out: it is private or in the trash"
                )
            );
        foreach (var (type, count) in types)
            notes.Add(
                0,
                0,
                $"{count.ToString(CultureInfo.InvariantCulture)} × item of type '{type}' {(LimitedPosts.IsRule(type)
                ? "left out: it is a plugin's rule on who may read what; look at what it covers before you publish"
                : type == "event-recurring" ? "left out: it is the pattern of a series, whose dates are events of their own"
                : "left out: a mapping file can say what they are")}"
            );
        return survey;
    }
}

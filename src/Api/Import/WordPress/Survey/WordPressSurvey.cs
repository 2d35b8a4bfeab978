using System.Globalization;
using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.Body;
using Api.Import.WordPress.Events;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Menus;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Values;

namespace Api.Import.WordPress.Survey;

/// <summary>The result of the first reading of a file: everything except the texts.</summary>
internal sealed class WordPressSurvey
{
    /// <param name="settings">The texts in the head of the file, by name.</param>
    /// <param name="mapping">The mapping of the site's post types, taxonomies and terms.</param>
    /// <param name="notes">Receives the notes of the reading.</param>
    public WordPressSurvey(Dictionary<string, string> settings, WordPressMapping mapping, WordPressNotes notes)
    {
        Mapping = mapping;
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

    /// <summary>The article types in use.</summary>
    public HashSet<WordPressType> Types { get; } = [];

    /// <summary>Number of items of any kind.</summary>
    public int Items { get; set; }

    /// <summary>Number of comments, which are not read.</summary>
    public int Comments { get; set; }

    public string Summary =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Posts.All.Count(p => p.Resource == "article")} posts ({Posts.All.Count(p => p.Resource == "article" && p.Status == "published")} public), {Posts.All.Count(p => p.Resource == "page")} pages, {Others}{Attachments.Count} attachments, {Terms.All.Count(t => t.Taxonomy == "category")} categories, {Terms.All.Count(t => t.Taxonomy == "post_tag")} tags, {Authors.All.Count} authors; {Comments} comments are not read"
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
}

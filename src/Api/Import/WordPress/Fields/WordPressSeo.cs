using System.Text.Json.Nodes;

namespace Api.Import.WordPress.Fields;

/// <summary>What SEO plugins say of an item.</summary>
internal sealed class WordPressSeo(WordPressSurvey survey, WordPressNotes notes)
{
    private const int MaxTitle = 500;
    private const int MaxDescription = 2_000;

    /// <summary>As <c>seo</c>; null when nobody wrote anything.</summary>
    public JsonObject? Of(WxrItem item, WordPressPost post, WordPressText text, string summary)
    {
        var title = Text("title for search engines", SeoFields.First(item, plugin => plugin.Title), MaxTitle, item, post, text, summary);
        var description = Text("description for search engines", SeoFields.First(item, plugin => plugin.Description), MaxDescription, item, post, text, summary);
        var noindex = SeoFields.IsNoindex(item);
        return title is not null || description is not null || noindex
            ? new JsonObject { ["title"] = title, ["description"] = description, ["noindex"] = noindex }
            : null;
    }

    /// <summary>The address of the original; null when no plugin names another one.</summary>
    public static string? Canonical(WxrItem item) =>
        Uri.TryCreate(SeoFields.First(item, plugin => plugin.Canonical), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.AbsoluteUri : null;

    private string? Text(string what, string template, int limit, WxrItem item, WordPressPost post, WordPressText text, string summary)
    {
        if (template.Length == 0)
            return null;
        if (SeoTemplate.Fill(PlainText.Of(template), name => ValueOf(name, item, post, summary)) is not { } filled)
        {
            notes.Add(post.Item, post.Line, $"its {what} has a variable that only the plugin can fill: left out ('{PlainText.Of(template, 100)}')");
            return null;
        }
        return text.Open(what, PlainText.Of(filled, limit)) is { Length: > 0 } open ? open : null;
    }

    // Null: a variable that has a value in WordPress, but none here.
    private string? ValueOf(string name, WxrItem item, WordPressPost post, string summary) => name switch
    {
        "title" or "post_title" or "seo_title" => post.Title,
        "sitename" or "sitetitle" or "site_title" => survey.SiteName,
        "sitedesc" or "tagline" => survey.SiteDescription,
        "excerpt" or "excerpt_only" or "post_excerpt" => summary.Length > 0 ? summary : name == "excerpt_only" ? "" : null,
        "category" or "categories" or "post_category" => Terms(item, "category"),
        "tag" or "tags" or "post_tag" => Terms(item, "post_tag"),
        "primary_category" or "primary_taxonomy_terms" => SeoFields.PrimaryTopic(item, survey) is { } slug && survey.Terms.All.FirstOrDefault(t => t.TopicSlug == slug) is { } term ? term.Name : Terms(item, "category").Split(", ")[0],
        "name" or "post_author" => WordPressCredits.Of(item, survey) is [var (author, _), ..] ? author.Name : "",
        "parent_title" => survey.Posts.FindByPostId(post.Parent)?.Title ?? "",
        "page" or "pagenumber" or "pagetotal" => "",
        "id" => post.PostId,
        _ => null,
    };

    private string Terms(WxrItem item, string taxonomy) => string.Join(", ", item.Terms.Where(t => t.Taxonomy == taxonomy).Select(t => survey.Terms.Find(t)?.Name).OfType<string>());
}

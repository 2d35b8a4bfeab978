using System.Text.Json.Nodes;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Fields;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress;

/// <summary>Reads the SEO plugins' fields of an item.</summary>
internal sealed class WordPressSeo(WordPressSurvey survey, WordPressNotes notes)
{
    /// <summary>The <c>seo</c> member; null when no field has a value.</summary>
    public JsonObject? Of(WxrItem item, WordPressPost post, WordPressText text, string summary)
    {
        if (SeoFields.RedirectOf(item) is { Length: > 0 } elsewhere)
            notes.Add(
                post.Item,
                post.Line,
                $"SEOPress sends its readers on to '{PlainText.Of(elsewhere, 300)}': here it stays a page of its own"
            );
        var title = Text(
            "title for search engines",
            SeoFields.First(item, plugin => plugin.Title),
            LineLimits.Title,
            item,
            post,
            text,
            summary
        );
        var description = Text(
            "description for search engines",
            SeoFields.First(item, plugin => plugin.Description),
            LineLimits.Line,
            item,
            post,
            text,
            summary
        );
        var noindex = SeoFields.IsNoindex(item);
        return title is not null || description is not null || noindex
            ? new JsonObject
            {
                ["title"] = title,
                ["description"] = description,
                ["noindex"] = noindex,
            }
            : null;
    }

    /// <summary>The canonical URL; null when no plugin names a different one.</summary>
    public static string? Canonical(WxrItem item) =>
        Uri.TryCreate(SeoFields.First(item, plugin => plugin.Canonical), UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
            ? address.AbsoluteUri
            : null;

    private string? Text(string what, string template, int limit, WxrItem item, WordPressPost post, WordPressText text, string summary)
    {
        if (template.Length == 0)
            return null;
        if (SeoTemplate.Fill(PlainText.Of(template), variable => ValueOf(variable, item, post, summary)) is not { } filled)
        {
            notes.Add(
                post.Item,
                post.Line,
                $"its {what} has a variable that only the plugin can fill: left out ('{PlainText.Of(template, 100)}')"
            );
            return null;
        }
        return text.Open(what, PlainText.Of(filled, limit)) is { Length: > 0 } open ? open : null;
    }

    // Null for a variable that has a value in WordPress, but none here.
    private string? ValueOf(SeoVariable variable, WxrItem item, WordPressPost post, string summary) =>
        variable.Name switch
        {
            "title" or "post_title" or "seo_title" => post.Title,
            "sitename" or "sitetitle" or "site_title" => survey.SiteName,
            "sitedesc" or "tagline" => survey.SiteDescription,
            "excerpt" or "excerpt_only" or "post_excerpt" => summary.Length > 0 ? summary
            : variable.Name == "excerpt_only" ? ""
            : null,
            "name" or "post_author" => AuthorOf(item)?.Name ?? "",
            "author_first_name" => Filled(AuthorOf(item)?.GivenName),
            "author_last_name" => Filled(AuthorOf(item)?.FamilyName),
            "parent_title" => survey.Posts.FindByPostId(post.Parent)?.Title ?? "",
            "url" or "post_url" or "permalink" => Filled(item.Link),
            "keywords" or "target_keyword" => SeoFields.First(item, plugin => plugin.Keywords),
            "focuskw" => SeoFields.First(item, plugin => plugin.Keywords).Split(',')[0].Trim(),
            "pagenumber" or "pagetotal" => variable.IsRankMath ? "1" : "",
            "id" => post.PostId,
            // Variables for archives and searches are empty on the page of an item.
            "page"
            or "current_pagination"
            or "term"
            or "term_title"
            or "tag_title"
            or "_category_title"
            or "term_description"
            or "tag_description"
            or "_category_description"
            or "search_query"
            or "search_keywords"
            or "searchphrase"
            or "filename" => "",
            _ => TermsOf(variable, item),
        };

    // Yoast SEO writes all terms, SEOPress the first one. Rank Math has a variable for each, and begins with the primary category.
    private string? TermsOf(SeoVariable variable, WxrItem item) =>
        variable.Name switch
        {
            "category" => variable.IsRankMath ? Categories(item).FirstOrDefault("") : List(Terms(item, "category")),
            "categories" when variable.Settings.Length == 0 => List(Categories(item)),
            "post_category" => Terms(item, "category").FirstOrDefault(""),
            "tag" => variable.IsRankMath ? Terms(item, "post_tag").FirstOrDefault("") : List(Terms(item, "post_tag")),
            "tags" when variable.Settings.Length == 0 => List(Terms(item, "post_tag")),
            "post_tag" => Terms(item, "post_tag").FirstOrDefault(""),
            "primary_category" => Categories(item).FirstOrDefault(""),
            "primary_taxonomy_terms" => List(Terms(item, "category")),
            "customterm" when variable.Settings == "category" => Categories(item).FirstOrDefault(""),
            "customterm" => Terms(item, variable.Settings).FirstOrDefault(""),
            ['_', 'c', 't', '_', .. var taxonomy] => Terms(item, taxonomy).FirstOrDefault(""),
            _ => null,
        };

    private IEnumerable<string> Categories(WxrItem item)
    {
        var main = SeoFields.PrimaryTopic(item, survey) is { } slug
            ? survey.Terms.All.FirstOrDefault(term => term.TopicSlug == slug)?.Name
            : null;
        return Terms(item, "category").OrderBy(name => name == main ? 0 : 1);
    }

    private IEnumerable<string> Terms(WxrItem item, string taxonomy) =>
        item.Terms.Where(t => t.Taxonomy == taxonomy).Select(t => survey.Terms.Find(t)?.Name).OfType<string>();

    private WordPressAuthor? AuthorOf(WxrItem item) => WordPressCredits.Of(item, survey) is [var (author, _), ..] ? author : null;

    private static string List(IEnumerable<string> names) => string.Join(", ", names);

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

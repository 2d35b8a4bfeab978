using System.Text.Json.Nodes;
using Api.Import.WordPress.Menus;

namespace Api.Import.WordPress.Survey;

/// <summary>Finds the targets of menu entries.</summary>
internal sealed class WordPressMenuTargets(WordPressPosts posts, WordPressTerms terms, string siteUrl)
{
    /// <summary>
    /// Label and target of an entry. An entry without a label gets that of its target; the target is null when there is none.
    /// </summary>
    public (string Label, JsonObject? Target) Of(WordPressMenuEntry entry) =>
        entry.Type switch
        {
            "post_type" when posts.FindByPostId(entry.ObjectId) is { } post => (
                Label(entry, post.Title),
                new JsonObject { [post.Resource] = post.Slug }
            ),
            "taxonomy" when terms.FindById(entry.ObjectId)?.Topic is { } topic => (
                Label(entry, topic.Name),
                new JsonObject { ["topic"] = topic.TopicSlug }
            ),
            "post_type" or "taxonomy" => (entry.Title, null),
            _ => (entry.Title, Address(entry.Url)),
        };

    private JsonObject? Address(string url)
    {
        if (
            url.StartsWith('#')
            || !((Uri.TryCreate(url, UriKind.Absolute, out var address) && !address.IsFile) || Relative(url, out address))
        )
            return null;
        return address.Scheme is "http" or "https" ? new JsonObject { ["url"] = address.AbsoluteUri } : null;
    }

    // On Unix "/about" is parsed as an absolute file: URI, hence the check of IsFile.
    private bool Relative(string url, out Uri address)
    {
        address = null!;
        return url.Length > 0 && Uri.TryCreate(siteUrl, UriKind.Absolute, out var site) && Uri.TryCreate(site, url, out address!);
    }

    private static string Label(WordPressMenuEntry entry, string own) => entry.Title.Length > 0 ? entry.Title : own;
}

using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Survey;

/// <summary>
/// The translation groups of posts: Polylang files them under a term of <see cref="Taxonomy"/>, the export of WPML gives them the same <see
/// cref="GroupField"/>.
/// </summary>
internal sealed class WordPressTranslations
{
    public const string Taxonomy = "post_translations";

    /// <summary>Custom fields added by WPML Export and Import; without that plugin WPML stores both in its own tables.</summary>
    public const string GroupField = "_wpml_import_translation_group",
        LanguageField = "_wpml_import_language_code";

    private readonly Dictionary<string, List<WordPressPost>> groups = new(StringComparer.Ordinal);

    /// <summary>Records the group of an item.</summary>
    public void Add(WxrItem item, WordPressPost post)
    {
        if (GroupOf(item) is { } group)
            (groups.TryGetValue(group, out var posts) ? posts : groups[group] = []).Add(post);
    }

    /// <summary>The translations of an item, of the same resource.</summary>
    public IEnumerable<WordPressPost> Of(WxrItem item, WordPressPost post) =>
        GroupOf(item) is { } group && groups.TryGetValue(group, out var posts)
            ? posts.Where(p => p != post && p.Resource == post.Resource)
            : [];

    /// <summary>The language of an item (BCP 47); null when it is unknown.</summary>
    public static string? LanguageOf(WxrItem item) =>
        item
            .Terms.Where(t => t.Taxonomy == "language")
            .Select(t => t.Slug)
            .Append(item.MetaValue(LanguageField))
            .Select(Languages.Find)
            .FirstOrDefault(l => l is not null);

    private static string? GroupOf(WxrItem item) =>
        item.Terms.Find(t => t.Taxonomy == Taxonomy)?.Slug
        ?? (item.MetaValue(GroupField) is { Length: > 0 } group ? $"wpml {group}" : null);
}

namespace Api.Import.WordPress;

/// <summary>Which posts are translations of one another: Polylang files them under one term of <see cref="Taxonomy"/>, the export of WPML gives them one <see cref="GroupField"/>.</summary>
internal sealed class WordPressTranslations
{
    public const string Taxonomy = "post_translations";

    /// <summary>Custom fields that WPML Export and Import adds; without it WPML keeps both in tables of its own.</summary>
    public const string GroupField = "_wpml_import_translation_group", LanguageField = "_wpml_import_language_code";

    private readonly Dictionary<string, List<WordPressPost>> _groups = new(StringComparer.Ordinal);

    /// <summary>Learns which group an item belongs to.</summary>
    public void Add(WxrItem item, WordPressPost post)
    {
        if (GroupOf(item) is { } group)
            (_groups.TryGetValue(group, out var posts) ? posts : _groups[group] = []).Add(post);
    }

    /// <summary>The translations of an item, of the same resource.</summary>
    public IEnumerable<WordPressPost> Of(WxrItem item, WordPressPost post) =>
        GroupOf(item) is { } group && _groups.TryGetValue(group, out var posts) ? posts.Where(p => p != post && p.Resource == post.Resource) : [];

    /// <summary>The language of an item (BCP 47); null when nothing says it.</summary>
    public static string? LanguageOf(WxrItem item) =>
        item.Terms.Where(t => t.Taxonomy == "language").Select(t => t.Slug).Append(item.MetaValue(LanguageField)).Select(Languages.Find).FirstOrDefault(l => l is not null);

    private static string? GroupOf(WxrItem item) => item.Terms.Find(t => t.Taxonomy == Taxonomy)?.Slug
        ?? (item.MetaValue(GroupField) is { Length: > 0 } group ? $"wpml {group}" : null);
}

namespace Api.Import.WordPress;

/// <summary>Which posts are translations of one another: Polylang files them under one term of <see cref="Taxonomy"/>.</summary>
internal sealed class WordPressTranslations
{
    public const string Taxonomy = "post_translations";

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

    private static string? GroupOf(WxrItem item) => item.Terms.Find(t => t.Taxonomy == Taxonomy)?.Slug;
}

namespace Api.Invalidation;

/// <summary>Changed items that other items show. The items that show them have no change of their own. Pure.</summary>
internal sealed record Dependencies
{
    /// <summary>Renamed topics: shown by articles and events on them, by experts, and by topics near them.</summary>
    public int[] Topics { get; init; } = [];

    /// <summary>
    /// Renamed or moved topics: shown in the breadcrumbs of the topics below them, and of the articles whose primary topic is one of these.
    /// </summary>
    public int[] TopicsAbove { get; init; } = [];

    /// <summary>Renamed experts: shown by articles and events.</summary>
    public int[] Experts { get; init; } = [];

    /// <summary>Renamed types: shown by articles.</summary>
    public int[] Types { get; init; } = [];

    /// <summary>Renamed or moved pages: shown by the pages below them in their breadcrumbs.</summary>
    public int[] Pages { get; init; } = [];

    /// <summary>Articles whose name, slug or language changed: shown by their translations.</summary>
    public int[] Articles { get; init; } = [];

    /// <summary>Items with a new slug: shown by menus that link to them; addresses of items merged into them redirect to it.</summary>
    public int[] Targets { get; init; } = [];

    /// <summary>Whether no other item depends on the changes.</summary>
    public bool AreNone =>
        Topics.Length + TopicsAbove.Length + Experts.Length + Types.Length + Pages.Length + Articles.Length + Targets.Length == 0;

    /// <summary>The items among some changes that other items show.</summary>
    public static Dependencies On(IReadOnlyList<ItemChange> changes)
    {
        return new Dependencies
        {
            Topics = Of("topic", change => change.Renamed),
            TopicsAbove = Of("topic", change => change.Renamed || change.Reparented),
            Experts = Of("expert", change => change.Renamed),
            Types = Of("articleType", change => change.Renamed),
            Pages = Of("page", change => change.Renamed || change.Reparented),
            Articles = Of("article", change => change.Renamed),
            Targets = [.. changes.Where(change => change.Moved).Select(change => change.ItemId).Distinct()],
        };

        int[] Of(string resource, Func<ItemChange, bool> changed) =>
            [
                .. changes
                    .Where(change => change.Live && change.Resource == resource && changed(change))
                    .Select(change => change.ItemId)
                    .Distinct(),
            ];
    }
}

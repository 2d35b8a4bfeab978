namespace Api.Invalidation;

/// <summary>What changed so that other items show it otherwise, and have no change of their own. Pure.</summary>
internal sealed record Dependencies
{
    /// <summary>Topics of another name: articles and events on them show it, articles below them in their breadcrumbs, experts, topics around them.</summary>
    public int[] Topics { get; init; } = [];

    /// <summary>Topics of another name or at another place: those below them show it in their breadcrumbs.</summary>
    public int[] TopicsAbove { get; init; } = [];

    /// <summary>Experts of another name: articles and events show it.</summary>
    public int[] Experts { get; init; } = [];

    /// <summary>Types of another name: articles show it.</summary>
    public int[] Types { get; init; } = [];

    /// <summary>Pages of another name or at another place: those below them show it in their breadcrumbs.</summary>
    public int[] Pages { get; init; } = [];

    /// <summary>Articles in another language: their translations show it.</summary>
    public int[] Articles { get; init; } = [];

    /// <summary>Items of another slug: menus lead to them.</summary>
    public int[] Targets { get; init; } = [];

    /// <summary>Whether nothing can depend on the changes.</summary>
    public bool AreNone => Topics.Length + TopicsAbove.Length + Experts.Length + Types.Length + Pages.Length + Articles.Length + Targets.Length == 0;

    /// <summary>What others show of the items of some changes.</summary>
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

        int[] Of(string resource, Func<ItemChange, bool> changed) => [.. changes.Where(change => change.Live && change.Resource == resource && changed(change)).Select(change => change.ItemId).Distinct()];
    }
}

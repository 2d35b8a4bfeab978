using System.Collections.Frozen;

namespace Api.Contracts;

/// <summary>A resource of the API.</summary>
/// <param name="Name">The value of the member <c>resource</c>, such as <c>articleType</c>.</param>
/// <param name="Collection">The part of addresses that its items share, such as <c>article-types</c>.</param>
/// <param name="PagePath">
/// The path of an item's page for people, with <c>{slug}</c>, unless a setting says otherwise; null when items have no page.
/// </param>
internal sealed record ResourceName(string Name, string Collection, string? PagePath)
{
    /// <summary>Whether the site has a page for people for each item.</summary>
    public bool HasPage => PagePath is not null;
}

/// <summary>The names and bounds that many parts of the program share, said once.</summary>
internal static class Catalogue
{
    /// <summary>The resources whose items have an id and a slug.</summary>
    public static IReadOnlyList<ResourceName> Resources { get; } =
    [
        new("article", "articles", "/articles/{slug}"),
        new("topic", "topics", "/topics/{slug}"),
        new("expert", "experts", "/experts/{slug}"),
        new("event", "events", "/events/{slug}"),
        new("page", "pages", "/{slug}"),
        new("articleType", "article-types", null),
        new("menu", "menus", null),
    ];

    /// <summary>The publication status of everything that is public.</summary>
    public const string Published = "published";

    /// <summary>The resource of addresses of the old site, which are no items.</summary>
    public const string Redirect = "redirect";

    /// <summary>Levels of the tree of topics, and of that of pages.</summary>
    public const int TreeLevels = 32;

    /// <summary>Why an item may be withdrawn, as its tombstone says.</summary>
    public static IReadOnlyList<string> WithdrawalReasons { get; } = ["unpublished", "retracted", "merged", "expired", "deleted"];

    private static readonly FrozenDictionary<string, string> Collections = Resources.ToFrozenDictionary(
        resource => resource.Name,
        resource => resource.Collection,
        StringComparer.Ordinal
    );

    /// <summary>The collection of a resource.</summary>
    /// <exception cref="KeyNotFoundException">There is no such resource.</exception>
    public static string CollectionOf(string resource) => Collections[resource];

    /// <summary>Whether the site has a page for people for each item of a resource.</summary>
    public static bool HasPage(string resource) => Resources.Any(known => known.Name == resource && known.HasPage);
}

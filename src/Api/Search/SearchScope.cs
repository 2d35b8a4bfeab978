using Api.Indexing;
using Api.Listing;

namespace Api.Search;

/// <summary>The visible items that a search looks among. Pure.</summary>
internal static class SearchScope
{
    /// <summary>Those of some resources.</summary>
    public static KeySet Of(ListState state, IEnumerable<string> resources) =>
        KeySet.Or([.. resources.Select(resource => Of(state, resource))]);

    /// <summary>Those of a resource.</summary>
    public static KeySet Of(ListState state, string resource) =>
        resource switch
        {
            "article" => state.Articles.Items.All,
            "event" => state.Events.Items.All,
            _ => state.Words.Of(resource),
        };
}

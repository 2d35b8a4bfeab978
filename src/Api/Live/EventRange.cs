using System.Collections.Concurrent;
using Api.Contracts;
using Api.Http.Json;
using Api.Http.Site;
using Api.Reading.Shapes;

namespace Api.Live;

/// <summary>The changes between two positions, read once and told to all receivers that are at the first.</summary>
/// <param name="Since">The position before.</param>
/// <param name="Place">The last change.</param>
/// <param name="Keys">The keys that the changes make stale.</param>
/// <param name="Items">The changed items, in the order of their last change.</param>
/// <param name="IsCut">Whether there are more changes than were read.</param>
internal sealed record EventRange(
    ChangeToken Since,
    EventPlace Place,
    IReadOnlyList<string> Keys,
    IReadOnlyList<EventRange.Item> Items,
    bool IsCut
)
{
    private const int MostChanges = 50;
    private const int MostBytes = 20_000;
    private const int MostScopes = 1_000;

    private readonly ConcurrentDictionary<string, EventStep> byScope = new(StringComparer.Ordinal);

    /// <summary>What a receiver with a scope gets.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="links">Makes the paths of web pages.</param>
    public EventStep Tell(EventScope scope, Links links)
    {
        if (byScope.TryGetValue(scope.Name, out var known))
            return known;
        var told = Make(scope, links);
        var made = new EventStep(Place.Token, told, false);
        if (told is not null)
        {
            var json = ApiJson.Write(told);
            made = made with { Json = json, Message = ServerSentEvent.Write(null, Place.Token, json) };
        }
        if (byScope.Count < MostScopes)
            byScope.TryAdd(scope.Name, made);
        return made;
    }

    private ChangeEvent? Make(EventScope scope, Links links)
    {
        var matching = Items.Where(item => item.Matches(scope)).ToList();
        // Of the changes that were not read, some may be in the scope.
        if (matching.Count == 0 && !IsCut && !scope.IsAll)
            return null;
        var told = new ChangeEvent
        {
            Sequence = Place.Sequence,
            Token = Place.Token.ToString(),
            Since = Since.ToString(),
            At = Place.At,
            More = false,
            Changes = [],
            Invalidates = Keys,
        };
        var changes = new List<ChangedItem>();
        var bytes = ApiJson.Write(told).Length;
        foreach (var item in matching.Take(MostChanges))
        {
            var change = item.Tell(scope, links);
            bytes += ApiJson.Write(change).Length + 1;
            if (bytes > MostBytes)
                break;
            changes.Add(change);
        }
        return told with { Changes = changes, More = IsCut || changes.Count < matching.Count };
    }

    /// <summary>A changed item as it is now.</summary>
    internal sealed record Item
    {
        private const int MostPaths = 10;

        public required string Resource { get; init; }
        public required Guid? Id { get; init; }
        public required string? Slug { get; init; }
        public required bool IsLive { get; init; }
        public required string? Reason { get; init; }
        public required string? SuccessorSlug { get; init; }
        public required Guid? SuccessorId { get; init; }

        /// <summary>Previous slugs, in order of their names.</summary>
        public required string[] PreviousSlugs { get; init; }

        /// <summary>Previous slugs, the latest first, as many as have paths in an event.</summary>
        public required string[] LatestSlugs { get; init; }

        /// <summary>The keys of the read model under which it was before or is after any of the changes.</summary>
        public required HashSet<int> Keys { get; init; }

        /// <summary>Those under which it is now.</summary>
        public required int[] KeysNow { get; init; }

        /// <summary>Whether one of the changes is in a scope.</summary>
        public bool Matches(EventScope scope) =>
            scope.Resources?.Contains(Resource) != false
            && scope.Topics?.Any(Keys.Contains) != false
            && scope.Experts?.Any(Keys.Contains) != false;

        /// <summary>What to tell of it.</summary>
        public ChangedItem Tell(EventScope scope, Links links)
        {
            var isInScope = scope.Topics?.Any(KeysNow.Contains) != false && scope.Experts?.Any(KeysNow.Contains) != false;
            var isUpsert = IsLive && isInScope;
            return new ChangedItem
            {
                Resource = Resource,
                Id = Id is { } id ? Urn.Of(id) : null,
                Slug = Slug,
                Change = isUpsert ? "upsert" : "delete",
                Reason =
                    isUpsert ? null
                    : IsLive ? "leftScope"
                    : Reason,
                Successor = SuccessorSlug,
                SuccessorId = SuccessorId is { } successor ? Urn.Of(successor) : null,
                PreviousSlugs = PreviousSlugs,
                Paths =
                    Slug is { } slug && Catalogue.HasPage(Resource)
                        ? [.. LatestSlugs.Prepend(slug).Distinct().Take(MostPaths).Select(each => links.PagePath(Resource, each))]
                        : [],
            };
        }
    }
}

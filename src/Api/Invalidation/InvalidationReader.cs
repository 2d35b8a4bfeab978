using Api.Data.Delivery;
using Api.Http.Tags;
using Api.Listing;
using Dapper;
using Npgsql;

namespace Api.Invalidation;

/// <summary>Finds the cache keys that the changes of one or more commits name.</summary>
internal sealed class InvalidationReader(DeliveryDatabase delivery, ListIndex lists)
{
    // Each item has at least two keys, its own and one for its address, so more items would be too many keys.
    private const int MostItems = StaleKeys.Most / 2;
    private const int MostRows = 1_000;
    private const int MostOnTopics = 20_000;

    private const string ChangesSql = """
        select sequence from delivery.head;
        select c.resource, coalesce(c.item_id, 0) as item_id, c.live, c.keys, c.lost, c.gained, c.parents, c.aspects
        from   delivery.changes c
        where  c.sequence > @since and c.sequence <= @upTo
        order  by c.sequence
        limit  @most;
        """;

    // Item numbers, and whether the card of the item may show the change; only as many as are of use. Cards show topics by name, an article
    // also its experts and its type. The name of a topic is shown by items on it, and its place in the hierarchy by articles
    // whose primary topic is it or below it; @onTopics holds candidates, many of which show a related topic only.
    private const string DependentsSql = """
        with pages_above as materialized (select p.item_id, p.parent_id from delivery.page_parents p where cardinality(@pages) > 0)
        select n as item_id, true as card_changed from unnest(@showing) n
        union
        (select a.item_id, a.topic_ids && @topics
         from   unnest(@onTopics) n (item_id)
         join   delivery.articles a on a.item_id = n.item_id
         where  a.topic_ids && @topics or exists (select from delivery.topic_ancestors t where t.topic_id = a.primary_topic_id and t.ancestor_id = any(@topicsAbove))
         limit  @most)
        union
        (select l.item_id, true from unnest(@onTopics) n (item_id) join delivery.event_listing l on l.item_id = n.item_id where l.topic_ids && @topics limit @most)
        union
        (select x.item_id, false from delivery.experts x where x.program_id = any(@topics) limit @most)
        union
        (select o.expert_id, false
         from  (select distinct t.expert_id from delivery.expert_topics t where t.topic_id = any(@topics)) o
         where  exists (select from (select t.topic_id from delivery.expert_topics t where t.expert_id = o.expert_id order by t.articles desc fetch first 5 rows with ties) m
                        where m.topic_id = any(@topics))
         limit  @most)
        union
        (select t.topic_id, true from delivery.topic_ancestors t where t.ancestor_id = any(@topicsAbove) and t.depth > 0 limit @most)
        union
        (with recursive below (item_id) as (
             select p.item_id from pages_above p where p.parent_id = any(@pages)
             union
             select p.item_id from below b join pages_above p on p.parent_id = b.item_id)
         select b.item_id, false from below b limit @most)
        union
        (select o.item_id, false
         from   delivery.articles a
         cross join lateral unnest(a.translation_ids) t (id)
         join   delivery.articles o on o.id = t.id
         where  a.item_id = any(@articles)
         limit  @most)
        union
        (select m.item_id, false from delivery.merged_items m where m.target_id = any(@targets) limit @most)
        union
        (select e.menu_id, false
         from   delivery.menu_items e
         where  e.target_id = any(array(select s.id from delivery.item_states s where s.item_id = any(@targets)))
         limit  @most)
        """;

    private const string SubjectsSql = """
        select distinct k.key, k.kind, k.item_id, k.label from delivery.changed_keys k where k.sequence > @since and k.sequence <= @upTo;
        select k.item_id as listed_id, k.key, k.kind, k.value_id as item_id, k.label from delivery.listed_keys k where k.item_id = any(@dependents);
        """;

    private const string NamesSql = """
        select s.item_id, s.resource, s.id, s.slug,
               array(select p.slug from delivery.previous_slugs p where p.item_id = s.item_id and p.slug <> s.slug order by p.at desc, p.slug limit @most) as previous
        from   delivery.item_states s
        where  s.item_id = any(@ids)
        """;

    /// <summary>
    /// The keys that a range of changes names: at most <see cref="StaleKeys.Most"/>, or <see cref="CacheKey.All"/> alone; none without
    /// changes. Items that show a name are found by the current state; items that showed it earlier have had a change of their own since.
    /// </summary>
    /// <param name="since">The last change already reported.</param>
    /// <param name="upTo">The last change to report. The queried server has it if the node has applied it.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <remarks>
    /// Three round trips at most. Escapes: the exceptions of <see cref="DeliveryDatabase"/>; <see cref="TimeoutException"/> when the
    /// queried server is behind.
    /// </remarks>
    public Task<IReadOnlyList<string>> Between(long since, long upTo, CancellationToken cancel) =>
        lists.Answer<IReadOnlyList<string>>(
            async state => await delivery.InSnapshot(connection => Read(connection, state, since, upTo, cancel), cancel),
            cancel
        );

    private static async Task<IReadOnlyList<string>> Read(
        NpgsqlConnection connection,
        ListState state,
        long since,
        long upTo,
        CancellationToken cancel
    )
    {
        if (since == upTo)
            return [];
        if (since > upTo)
            return [CacheKey.All];
        List<ItemChange> changes;
        await using (
            var results = await connection.QueryMultipleAsync(
                new CommandDefinition(
                    ChangesSql,
                    new
                    {
                        since,
                        upTo,
                        most = MostRows + 1,
                    },
                    cancellationToken: cancel
                )
            )
        )
        {
            if (await results.ReadSingleAsync<long>() < upTo)
                throw new TimeoutException("The server does not have the changes yet.");
            changes = (await results.ReadAsync<ItemChange>()).AsList();
        }
        if (changes.Count > MostRows || TooMany(changes.Where(change => change.ItemId > 0).Select(change => change.ItemId)))
            return [CacheKey.All];

        var on = Dependencies.On(changes);
        var showing = Under(state, MostItems, ("expert", on.Experts), ("type", on.Types));
        var onTopics = Under(state, MostOnTopics, ("topic", on.TopicsAbove));
        if (showing is null || onTopics is null)
            return [CacheKey.All];
        IReadOnlyList<DependentRow> showings = on.AreNone
            ? []
            :
            [
                .. await connection.QueryAsync<DependentRow>(
                    new CommandDefinition(
                        DependentsSql,
                        new
                        {
                            showing,
                            onTopics,
                            topics = on.Topics,
                            topicsAbove = on.TopicsAbove,
                            experts = on.Experts,
                            types = on.Types,
                            pages = on.Pages,
                            articles = on.Articles,
                            targets = on.Targets,
                            most = MostItems + 1,
                        },
                        cancellationToken: cancel
                    )
                ),
            ];
        int[] dependents = [.. showings.Select(row => row.ItemId).Distinct()];
        if (TooMany(dependents))
            return [CacheKey.All];

        var subjects = new Dictionary<int, Subject>();
        ILookup<int, int> under;
        await using (
            var results = await connection.QueryMultipleAsync(
                new CommandDefinition(
                    SubjectsSql,
                    new
                    {
                        since,
                        upTo,
                        dependents,
                    },
                    cancellationToken: cancel
                )
            )
        )
        {
            foreach (var row in await results.ReadAsync<SubjectRow>())
                subjects[row.Key] = row.Subject;
            var listed = (await results.ReadAsync<SubjectRow>()).AsList();
            foreach (var row in listed)
                subjects[row.Key] = row.Subject;
            under = listed.ToLookup(row => row.ListedId, row => row.Key);
        }
        int[] ids =
        [
            .. changes
                .SelectMany(change => change.Parents.Append(change.ItemId))
                .Concat(dependents)
                .Concat(subjects.Values.Where(subject => subject.HasLists).Select(subject => subject.ItemId))
                .Where(id => id > 0)
                .Distinct(),
        ];
        var names = await connection.QueryAsync<NameRow>(
            new CommandDefinition(NamesSql, new { ids, most = ItemName.MostPrevious }, cancellationToken: cancel)
        );
        return StaleKeys.Of(
            changes,
            [
                .. showings
                    .GroupBy(row => row.ItemId)
                    .Select(rows => new Dependent(rows.Key, [.. under[rows.Key]], rows.Any(row => row.CardChanged))),
            ],
            subjects,
            names.ToDictionary(row => row.ItemId, row => row.Name)
        );
    }

    // The articles and events with any of the keys; null when they are more than the limit.
    private static int[]? Under(ListState state, int most, params (string Kind, int[] Items)[] named)
    {
        var keys = named.SelectMany(one => one.Items.Select(item => state.Keys.Of(one.Kind, item)?.Key)).OfType<int>().ToList();
        var sets = keys.SelectMany(key => new[] { state.Articles.Items.Of(key), state.Events.Items.Of(key) }).ToList();
        if (sets.Exists(set => set.Count > most))
            return null;
        int[] items = [.. sets.SelectMany(set => set.ToArray()).Distinct()];
        return items.Length > most ? null : items;
    }

    private static bool TooMany(IEnumerable<int> items) => items.Distinct().Take(MostItems + 1).Count() > MostItems;

    private sealed record DependentRow
    {
        public int ItemId { get; init; }
        public bool CardChanged { get; init; }
    }

    private sealed record SubjectRow
    {
        public int ListedId { get; init; }
        public int Key { get; init; }
        public string Kind { get; init; } = "";
        public int ItemId { get; init; }
        public string Label { get; init; } = "";

        public Subject Subject => new(Kind, Kind == "source" ? 0 : ItemId, Label);
    }

    private sealed record NameRow
    {
        public int ItemId { get; init; }
        public string Resource { get; init; } = "";
        public Guid Id { get; init; }
        public string Slug { get; init; } = "";
        public string[] Previous { get; init; } = [];

        public ItemName Name => new(Resource, Id, [Slug, .. Previous]);
    }
}

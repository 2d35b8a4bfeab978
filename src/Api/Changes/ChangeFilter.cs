using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Live;
using Api.Reading;

namespace Api.Changes;

/// <summary>The filter of a list of changes, and its query parameters.</summary>
internal sealed record ChangeFilter
{
    public static readonly Parameter Since = Parameter.Text(
        "since",
        "Where to go on: `page.next` of the last answer, or the token at the end of a snapshot; `0` is the beginning.",
        maxLength: 60
    ) with
    {
        Default = "0",
        Example = "0",
        Prefilled = true,
    };

    private static readonly string[] Known = [.. ItemReader.Resources.Order(StringComparer.Ordinal), "redirect"];

    private static readonly string[] Scoped = ["article", "event"];

    /// <summary>The parameters that choose the changes.</summary>
    public static IReadOnlyList<Parameter> ScopeParameters => [Resource, Topic, Expert];

    private static readonly Parameter Resource = Parameter.Choices(
        "resource",
        "Only changes of these; by default all, or with `topic` or `expert` articles and events.",
        Known,
        "article,event"
    );
    private static readonly Parameter Topic = Parameter.Slugs(
        "topic",
        "Only articles and events on any of these topics or a topic below them: slugs, or `id`s, which stay what they are when a slug passes to another topic. What leaves them comes as `delete` with the reason `leftScope`.",
        "china"
    );
    private static readonly Parameter Expert = Parameter.Slugs(
        "expert",
        "Only articles and events with any of these experts: slugs, or `id`s, which stay what they are when a slug passes to another expert. What leaves them comes as `delete` with the reason `leftScope`.",
        "ada-moreau"
    );
    private static readonly Parameter Include = Parameter.Choices("include", "`item` adds each item as it is now.", ["item"], "item") with
    {
        View = true,
        Prefilled = true,
    };

    /// <summary>All filter parameters.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } = [Since, Resource, Topic, Expert, Include];

    /// <summary>The position up to which the client knows the changes.</summary>
    public required ChangeToken From { get; init; }

    /// <summary>Which changes.</summary>
    public required EventScope Scope { get; init; }

    /// <summary>Whether the response includes the items.</summary>
    public required bool WithItems { get; init; }

    /// <summary>The most changes of a page.</summary>
    public required int Limit { get; init; }

    /// <summary>The sequence that the client knows already; null when the token is invalid.</summary>
    public static long? KnownTo(Query query) => ChangeToken.Read(query.Text(Since) ?? "0")?.Sequence;

    /// <summary>
    /// Reads the filter from a query and resolves its values. An invalid value becomes the problem of <paramref name="query"/>.
    /// </summary>
    public static async Task<ChangeFilter> Read(Query query, FilterKeyReader keys, CancellationToken cancel)
    {
        var token = ChangeToken.Read(query.Text(Since) ?? "0");
        if (token is null)
            query.Fail(
                QueryProblems.InvalidParameter(Since, query.Text(Since) ?? "", "0, or a token as an earlier answer gave it in page.next")
            );
        return new ChangeFilter
        {
            From = token ?? ChangeToken.Start,
            Scope = await ReadScope(query, keys, cancel),
            WithItems = query.Includes("item"),
            Limit = query.Number(ListParameters.Limit) ?? 20,
        };
    }

    /// <summary>Reads <see cref="ScopeParameters"/>, as <see cref="Read"/> does.</summary>
    public static async Task<EventScope> ReadScope(Query query, FilterKeyReader keys, CancellationToken cancel)
    {
        var values = new FilterValues();
        values.AnyOf(query, Topic, "topic");
        values.AnyOf(query, Expert, "expert");
        values = await keys.Named(query, values, cancel);
        var isScoped = !values.IsEmpty;
        var resources = query.Choices(Resource);
        if (isScoped && resources.Except(Scoped).FirstOrDefault() is { } other)
            query.Fail(
                QueryProblems.ConflictingParameters(
                    "resource",
                    query.Has(Topic) ? "topic" : "expert",
                    $"Only articles and events are on topics and have experts; follow {other} in requests of its own."
                )
            );
        var found = await keys.Read(query, values, "article", null, cancel);
        // Items already filed under the successor have no change that would report them.
        if (found.Followed.Count > 0 && await keys.FindMerged(found.Followed, cancel) is { } merged)
            query.Fail(QueryProblems.MergedValue(merged.Value.Parameter, merged.Value.Slug, merged.Successor));
        return new EventScope(
            resources.Count > 0 ? [.. resources]
                : isScoped ? Scoped
                : null,
            KeysOf(Topic),
            KeysOf(Expert)
        );

        int[]? KeysOf(Parameter parameter) =>
            query.Problem is null && query.Has(parameter) ? [.. found.Of(values, parameter).Select(key => key.Id)] : null;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Api.Http.Parameters;

namespace Api.Http.Pages;

/// <summary>A value of a filter.</summary>
/// <param name="Value">The value in a query.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Count">The number of items that have it; null when it is not known.</param>
internal sealed record FilterChoice(string Value, string Label, int? Count);

/// <summary>The values that filters have in the content, as the API itself answers them.</summary>
internal static class FilterChoices
{
    /// <summary>The most values that a filter shows. Further values can be typed.</summary>
    public const int Most = 60;

    /// <summary>The values of filters by their names, the most frequent first; filters whose values are not known are left out.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<FilterChoice>>> Of(HttpContext http, TriedList list)
    {
        var choices = new Dictionary<string, IReadOnlyList<FilterChoice>>(StringComparer.Ordinal);
        switch (list.Name)
        {
            case "articles":
                await AddFacets(http, list, choices);
                var index = await OwnAnswers.Get(http, "/v1", "");
                choices["language"] =
                [
                    .. Items(index?["data"]?["site"]?["languages"]).Select(tag => new FilterChoice(Text(tag), Text(tag), null)),
                ];
                break;
            case "experts":
                var experts = await All(http, "/v1/experts", "kind,program.slug,program.name");
                choices["kind"] = Counted(experts.Select(expert => (Text(expert?["kind"]), Text(expert?["kind"]))));
                choices["program"] = Counted(
                    experts.Select(expert => (Text(expert?["program"]?["slug"]), Text(expert?["program"]?["name"])))
                );
                choices["topic"] = Named(await All(http, "/v1/topics", "name,articleCount"), "articleCount", withCounts: false);
                break;
            case "topics":
                var topics = await All(http, "/v1/topics", "kind,parent.slug,parent.name");
                choices["kind"] = Counted(topics.Select(topic => (Text(topic?["kind"]), Text(topic?["kind"]))));
                choices["parent"] = Counted(topics.Select(topic => (Text(topic?["parent"]?["slug"]), Text(topic?["parent"]?["name"]))));
                break;
            case "events":
                choices["topic"] = Named(await All(http, "/v1/topics", "name,eventCount"), "eventCount", withCounts: true);
                choices["expert"] = Named(await All(http, "/v1/experts", "name"), null, withCounts: false);
                break;
        }
        return choices.Where(filter => filter.Value.Count > 0).ToDictionary();
    }

    private static async Task AddFacets(HttpContext http, TriedList list, Dictionary<string, IReadOnlyList<FilterChoice>> choices)
    {
        if (list.Parameters.FirstOrDefault(parameter => parameter.Name == ListParameters.Facets.Name) is not { } facets)
            return;
        var counted = await OwnAnswers.Get(http, list.Path, $"?limit=0&facets={string.Join(',', facets.Allowed)}");
        foreach (var (name, values) in counted?["facets"] as JsonObject ?? [])
        {
            choices[name] =
            [
                .. Items(values)
                    .Select(value => new FilterChoice(Text(value?["value"]), Text(value?["label"]), value?["count"]?.GetValue<int>())),
            ];
        }
    }

    // All items of a list; none when it is longer than a page.
    private static async Task<IReadOnlyList<JsonNode?>> All(HttpContext http, string path, string fields)
    {
        var answer = await OwnAnswers.Get(http, path, $"?limit={ListParameters.Limit.Max}&fields={fields}");
        return answer?["page"]?["next"] is null ? Items(answer?["data"]) : [];
    }

    private static IReadOnlyList<FilterChoice> Counted(IEnumerable<(string Value, string Label)> values) =>
        [
            .. values
                .Where(value => value.Value.Length > 0)
                .GroupBy(value => value)
                .Select(same => new FilterChoice(same.Key.Value, same.Key.Label, same.Count()))
                .OrderByDescending(choice => choice.Count)
                .ThenBy(choice => choice.Value, StringComparer.Ordinal),
        ];

    // Items without any of what is counted would find nothing.
    private static IReadOnlyList<FilterChoice> Named(IReadOnlyList<JsonNode?> items, string? count, bool withCounts) =>
        [
            .. items
                .Select(item => (Item: item, Count: count is null ? 1 : item?[count]?.GetValue<int>() ?? 0))
                .Where(one => one.Count > 0)
                .OrderByDescending(one => one.Count)
                .Select(one => new FilterChoice(Text(one.Item?["slug"]), Text(one.Item?["name"]), withCounts ? one.Count : null)),
        ];

    private static IReadOnlyList<JsonNode?> Items(JsonNode? array) => [.. array as JsonArray ?? []];

    private static string Text(JsonNode? value) =>
        value is null ? "" : Convert.ToString(value.AsValue(), CultureInfo.InvariantCulture) ?? "";
}

using Api.Contracts;
using Api.Contracts.Cards;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Reading.Named;

namespace Api.Topics;

/// <summary>Whether the response is a list of topics or their tree.</summary>
internal static class TopicView
{
    private static readonly Parameter View = Parameter.Choice(
        "view",
        "`tree` answers all topics at once, each with those below it, by name; filters, other orders, paging and `fields` do not go together with it.",
        ["list", "tree"],
        "list"
    );

    private static readonly Parameter Fields = ListParameters.Fields<Topic, ListIncluded>("name,parent.name");

    // Filters, sorting and paging have no meaning for the whole tree.
    private static readonly IReadOnlyList<Parameter> OfLists =
    [
        .. TopicFilter.Parameters,
        NamedList.Sort,
        .. ListParameters.Paging,
        ListParameters.IncludeMenus,
        Fields,
    ];

    /// <summary>All parameters of the list.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } = [View, .. OfLists];

    /// <summary>
    /// True for the tree. A list parameter beside it becomes the problem of <paramref name="query"/>, unless it has its default value.
    /// </summary>
    public static bool IsTree(Query query)
    {
        if (query.Choice(View) != "tree")
            return false;
        if (OfLists.FirstOrDefault(parameter => query.Has(parameter) && !IsDefault(query, parameter)) is { } other)
            query.Fail(
                QueryProblems.ConflictingParameters(other.Name, "view", $"view=tree answers the whole tree: leave {other.Name} out.")
            );
        return true;
    }

    private static bool IsDefault(Query query, Parameter parameter) =>
        parameter.Kind switch
        {
            _ when parameter == ListParameters.Page => query.Number(parameter) == 1,
            ParameterKind.Number => query.Number(parameter)?.ToString(System.Globalization.CultureInfo.InvariantCulture)
                == parameter.Default,
            ParameterKind.Choice => query.Choice(parameter) == parameter.Default,
            _ => false,
        };
}

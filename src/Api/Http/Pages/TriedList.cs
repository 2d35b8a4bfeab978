using Api.Http.Parameters;
using Api.Http.Requests;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Pages;

/// <summary>A list that the home page builds requests for, as its endpoint declares it.</summary>
/// <param name="Name">Name in addresses, such as <c>articles</c>.</param>
/// <param name="Parameters">The query parameters, filters first.</param>
/// <param name="Formats">Each format, JSON first, and the names of the parameters that it lacks.</param>
internal sealed record TriedList(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<(Format Format, string[] Without)> Formats)
{
    /// <summary>Name of the control for the format: its value is the suffix of the address.</summary>
    public const string Suffix = "suffix";

    /// <summary>The lists, in the order of the page.</summary>
    public static readonly IReadOnlyList<string> Names = ["articles", "experts", "topics", "events", "search"];

    /// <summary>Its address without a suffix.</summary>
    public string Path => PathOf(Name);

    /// <summary>One of <see cref="Names"/> by its name; null for any other.</summary>
    public static TriedList? Find(EndpointDataSource endpoints, string name)
    {
        if (!Names.Contains(name) || endpoints.Find(PathOf(name), Format.Json) is not { } endpoint)
            return null;
        var parameters = ParametersOf(endpoint);
        var others =
            from other in endpoint.Metadata.GetMetadata<FormatSet>()?.Formats ?? []
            let taken = endpoints.Find(PathOf(name), other.Format) is { } found ? ParametersOf(found) : []
            select (
                other.Format,
                parameters.Select(parameter => parameter.Name).Except(taken.Select(parameter => parameter.Name)).ToArray()
            );
        return new TriedList(name, [.. parameters.OrderBy(parameter => !IsFilter(parameter))], [(Format.Json, []), .. others]);
    }

    /// <summary>Whether the parameter selects items, and not how they are shown.</summary>
    public static bool IsFilter(Parameter parameter) => !parameter.View && !parameter.IsSort;

    /// <summary>The values in a form that belong to a parameter, in order, without empty ones.</summary>
    public static IEnumerable<string> Given(IQueryCollection form, Parameter parameter) =>
        form[parameter.Name].OfType<string>().Select(value => value.Trim()).Where(value => value.Length > 0);

    /// <summary>
    /// The path and query that a form asks for. Values of one name are joined by commas; empty ones and those that the format lacks are
    /// left out. The script of the page makes the same address.
    /// </summary>
    public string AddressOf(IQueryCollection form)
    {
        var suffix = form[Suffix].ToString();
        var (format, without) = Formats.FirstOrDefault(offered => offered.Format.Suffix == suffix, Formats[0]);
        var query =
            from parameter in Parameters
            where !without.Contains(parameter.Name)
            let text = string.Join(',', Given(form, parameter))
            where text.Length > 0
            select $"{parameter.Name}={Encode(text)}";
        return Path + format.Suffix + string.Concat(query.Select((pair, n) => (n == 0 ? "?" : "&") + pair));
    }

    /// <summary>A form with the values that Swagger UI fills in as well, and those that are required.</summary>
    public IQueryCollection Usual() =>
        new QueryCollection(
            Parameters
                .Where(parameter => parameter is { Prefilled: true } or { Required: true } && parameter.Example is not null)
                .ToDictionary(parameter => parameter.Name, parameter => new StringValues(parameter.Example))
        );

    private static string PathOf(string name) => $"/v1/{name}";

    private static Parameter[] ParametersOf(RouteEndpoint endpoint) =>
        [.. (endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters ?? []).Where(parameter => !parameter.Once && !parameter.NeedsKey)];

    // A comma and a colon stay, to be read.
    private static string Encode(string text) =>
        Uri.EscapeDataString(text).Replace("%2C", ",", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal);
}

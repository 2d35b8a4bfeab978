using System.Globalization;
using System.Text.Json.Nodes;
using Api.Contracts.Text;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Requests;
using Microsoft.OpenApi;

namespace Api.Http.OpenApi;

/// <summary>Describes declared parameters in the OpenAPI document.</summary>
internal static class ParameterSchemas
{
    /// <summary>A query parameter.</summary>
    public static OpenApiParameter Describe(Parameter parameter)
    {
        var schema = Schema(parameter);
        var example = Example(parameter);
        // Swagger UI fills in the example of a parameter but not the example of its schema. All filters filled in together would match
        // nothing.
        var filledIn = parameter.Prefilled || parameter.Required;
        if (example is not null && !filledIn)
            schema.Examples = [example];
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = Text(parameter),
            Required = parameter.Required,
            Style = ParameterStyle.Form,
            Explode = !parameter.IsList,
            Schema = schema,
            Example = filledIn ? example : null,
        };
    }

    /// <summary>The slug in a path.</summary>
    public static OpenApiParameter DescribeSlug(string name, SlugParameter? declared) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Description = declared?.Description ?? "The `slug` of the item, as lists show it. One that it had before answers 301.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = Slug.MaxBytes,
            },
            Example = declared?.Example is { } example ? JsonValue.Create(example) : null,
        };

    private static string Text(Parameter parameter)
    {
        var invariant = CultureInfo.InvariantCulture;
        var form = parameter.Kind switch
        {
            ParameterKind.Slugs => string.Create(invariant, $"Slugs, separated by commas, at most {parameter.MaxItems}."),
            ParameterKind.Choice => $"One of {Quoted(parameter.Allowed)}.",
            ParameterKind.Choices => $"Any of {Quoted(parameter.Allowed)}, separated by commas.",
            ParameterKind.Number => parameter.Max == int.MaxValue
                ? string.Create(invariant, $"From {parameter.Min}.")
                : string.Create(invariant, $"From {parameter.Min} to {parameter.Max}."),
            ParameterKind.Date =>
                "A day such as `2024-02-29`, in the site's time zone and included, or an instant such as `2024-02-29T13:00:00Z`.",
            ParameterKind.Year => "Four digits.",
            ParameterKind.Language => "A language tag (BCP 47).",
            ParameterKind.Search => string.Create(invariant, $"At most {SearchText.MaxLength} characters and {SearchText.MaxTerms} words."),
            ParameterKind.Fields => $"Names separated by commas. At the top: {Quoted(FieldSelection.NamesOf(parameter.Contract!))}.",
            _ => "",
        };
        var allOf = parameter.AllOf is null ? "" : $" For all of them use `{parameter.AllOf}`.";
        var fallback = parameter.Default is null ? "" : $" Default: `{parameter.Default}`.";
        var example = parameter.Example is null ? "" : $" Example: `{parameter.Example}`.";
        return $"{parameter.Description} {form}{allOf}{fallback}{example}".Trim();
    }

    private static OpenApiSchema Schema(Parameter parameter)
    {
        if (!parameter.IsList)
            return One(parameter);
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            MinItems = 1,
            MaxItems = parameter.MaxItems,
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                // Redundant beside an enum, and some generators then write code that does not compile.
                MinLength = parameter.Allowed.Count == 0 ? 1 : null,
                MaxLength = parameter.Allowed.Count == 0 ? parameter.MaxLength : null,
                Enum = parameter.Kind == ParameterKind.Choices ? Nodes(parameter.Allowed) : null,
            },
        };
    }

    private static OpenApiSchema One(Parameter parameter) =>
        parameter.Kind switch
        {
            ParameterKind.Number or ParameterKind.Year => new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Minimum = parameter.Min.ToString(CultureInfo.InvariantCulture),
                Maximum = parameter.Max == int.MaxValue ? null : parameter.Max.ToString(CultureInfo.InvariantCulture),
                Default = parameter.Default is null ? null : JsonNode.Parse(parameter.Default),
            },
            ParameterKind.Flag => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            ParameterKind.Choice => new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = Nodes(parameter.Allowed),
                Default = parameter.Default is null ? null : JsonValue.Create(parameter.Default),
            },
            ParameterKind.Language => new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Pattern = "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$",
                MaxLength = parameter.MaxLength,
            },
            ParameterKind.Search => new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = SearchText.MaxLength,
            },
            _ => new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = parameter.MaxLength,
            },
        };

    private static JsonNode? Example(Parameter parameter) =>
        parameter switch
        {
            { Example: null } => null,
            { IsList: true } => new JsonArray([.. parameter.Example.Split(',').Select(value => JsonValue.Create(value))]),
            { Kind: ParameterKind.Number or ParameterKind.Year or ParameterKind.Flag } => JsonNode.Parse(parameter.Example),
            _ => JsonValue.Create(parameter.Example),
        };

    private static List<JsonNode> Nodes(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    private static string Quoted(IEnumerable<string> values) => string.Join(", ", values.Select(value => $"`{value}`"));
}

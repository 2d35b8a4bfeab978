using System.Text.Json.Nodes;
using Api.Http.Parameters;
using Api.Http.Requests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Http.OpenApi;

/// <summary>Describes an operation from the declarations of its endpoint: parameters, answers, problems.</summary>
internal sealed class Operations : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        AnswerShape[] shapes = [.. metadata.OfType<AnswerShape>()];
        if (shapes.Length == 0)
            return;
        Name(operation, shapes[0], context);
        var parameters = metadata.OfType<ParameterSet>().LastOrDefault()?.Parameters ?? [];
        var slugs = PathParameters(context.ApiDescription.RelativePath ?? "").ToList();
        operation.Parameters =
        [
            .. slugs.Select(name => ParameterSchemas.DescribeSlug(name, metadata.OfType<SlugParameter>().LastOrDefault())),
            .. parameters.Select(ParameterSchemas.Describe),
        ];
        operation.Responses = new OpenApiResponses { ["200"] = Answer(operation, shapes, parameters, context) };
        if (slugs.Count > 0)
            operation.Responses["301"] = Moved();
        operation.Responses["400"] = ProblemResponses.Reference(400, context.Document);
        if (slugs.Count > 0 || metadata.OfType<FindsNothing>().Any())
            operation.Responses["404"] = ProblemResponses.Reference(404, context.Document);
        if (slugs.Count > 0 || parameters.Any(parameter => parameter.Kind is ParameterKind.Slug or ParameterKind.Slugs))
            operation.Responses["410"] = ProblemResponses.Reference(410, context.Document);
        if (metadata.OfType<FileAnswer>().Any())
        {
            operation.Responses["206"] = new OpenApiResponse
            {
                Description = "The part that `Range` asks for (RFC 9110 §14).",
                Content = operation.Responses["200"].Content,
            };
            foreach (var status in new[] { 412, 416 })
                operation.Responses[$"{status}"] = ProblemResponses.Reference(status, context.Document);
        }
        if (parameters.Contains(ListParameters.Preview))
            operation.Responses["403"] = ProblemResponses.Reference(403, context.Document);
        foreach (var status in new[] { 401, 406, 414, 429, 431, 500, 503 })
            operation.Responses[$"{status}"] = ProblemResponses.Reference(status, context.Document);
    }

    // The XML docs of the handler describe the JSON; the description of another format refers to the JSON address.
    private static void Name(OpenApiOperation operation, AnswerShape shape, OperationFilterContext context)
    {
        operation.Summary = operation.Summary?.TrimEnd('.');
        var format = FormatOf(context);
        if (format == Format.Cards)
        {
            operation.Summary += ", as cards";
            operation.Description =
                $"The list at `/{context.ApiDescription.RelativePath![..^format.Suffix.Length]}` with the members that a teaser needs, at about a quarter of the size. Its parameters mean the same; there is no `fields`.";
            return;
        }
        if (Definition.Of(context.ApiDescription.ActionDescriptor.EndpointMetadata) != Definition.Formats)
            return;
        operation.Summary += $", as {format.Label}";
        var path = "/" + context.ApiDescription.RelativePath![..^format.Suffix.Length];
        var body = format.CarriesBody ? " Items have their whole text." : "";
        operation.Description = shape.IsPage
            ? $"The list at `{path}` as {format.Label} (`{format.MediaType}`). Its parameters mean the same.{body}"
            : $"The item at `{path}` as {format.Label} (`{format.MediaType}`).";
    }

    private static OpenApiResponse Answer(
        OpenApiOperation operation,
        AnswerShape[] shapes,
        IReadOnlyList<Parameter> parameters,
        OperationFilterContext context
    )
    {
        var format = FormatOf(context);
        return new OpenApiResponse
        {
            Description =
                shapes[0].IsPage ? "One page of the list."
                : shapes[0].IsItem ? "The item."
                : "The answer.",
            Headers = Headers(shapes[0], parameters),
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [format.MediaType] = format.HasIncluded
                    ? new OpenApiMediaType { Schema = SchemaOf(shapes, context), Example = RecordedExamples.Find(operation.OperationId) }
                    : new OpenApiMediaType
                    {
                        Schema = new OpenApiSchema { Type = IsObject(format) ? JsonSchemaType.Object : JsonSchemaType.String },
                    },
            },
        };
    }

    private static IOpenApiSchema SchemaOf(AnswerShape[] shapes, OperationFilterContext context)
    {
        var schemas = shapes.Select(shape => context.SchemaGenerator.GenerateSchema(shape.Body, context.SchemaRepository)).ToList();
        return schemas.Count == 1 ? schemas[0] : new OpenApiSchema { AnyOf = schemas };
    }

    private static Format FormatOf(OperationFilterContext context) =>
        context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<OtherFormat>().LastOrDefault()?.Format ?? Format.Json;

    private static bool IsObject(Format format) => format == Format.JsonFeed || format == Format.JsonLd;

    private static Dictionary<string, IOpenApiHeader>? Headers(AnswerShape shape, IReadOnlyList<Parameter> parameters)
    {
        var headers = shape.IsPage ? PageHeaders() : [];
        if (SearchQuery.NamesIn(parameters) is { Count: > 0 } names)
            headers["X-Robots-Tag"] = Header(
                $"`noindex` when the request has {string.Join(" or ", names.Select(name => $"`{name}`"))}, also on other statuses.",
                JsonSchemaType.String,
                required: false
            );
        return headers.Count > 0 ? headers : null;
    }

    private static Dictionary<string, IOpenApiHeader> PageHeaders() =>
        new()
        {
            ["Link"] = Header(
                "The links of the page (RFC 8288): `next`, `prev`, `first`, `last`, `self`, as far as they exist and fit into 900 bytes, in this order; `links` has them all.",
                JsonSchemaType.String,
                required: false
            ),
            ["X-Total-Count"] = Header(
                "How many items match; only when `page.totalKind` is `exact`.",
                JsonSchemaType.Integer,
                required: false
            ),
        };

    private static OpenApiResponse Moved() =>
        new()
        {
            Description = "The item has another slug now, or was merged into another item.",
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Location"] = Header(
                    "Its address today, absolute URL, with the query of the request.",
                    JsonSchemaType.String,
                    required: true
                ),
            },
        };

    private static OpenApiHeader Header(string description, JsonSchemaType type, bool required) =>
        new()
        {
            Description = description,
            Required = required,
            Schema = new OpenApiSchema { Type = type },
        };

    private static IEnumerable<string> PathParameters(string path) =>
        path.Split('/')
            .Where(segment => segment.StartsWith('{'))
            .Select(segment => segment[1..segment.IndexOf('}', StringComparison.Ordinal)].Split(':')[0]);
}

/// <summary>Recorded answers of the demo content, one file per operation.</summary>
internal static class RecordedExamples
{
    /// <summary>The example of an operation; null when none is recorded.</summary>
    public static JsonNode? Find(string? operationId)
    {
        using var stream = typeof(RecordedExamples).Assembly.GetManifestResourceStream($"openapi/{operationId}.json");
        return stream is null ? null : JsonNode.Parse(stream);
    }
}

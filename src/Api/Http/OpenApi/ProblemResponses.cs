using System.Text.Json;
using Api.Contracts;
using Api.Http.Errors;
using Api.Http.Json;
using Microsoft.OpenApi;

namespace Api.Http.OpenApi;

/// <summary>The problem responses of the OpenAPI document: one for each status, with an example for every code.</summary>
internal static class ProblemResponses
{
    private const string ExampleBase = "https://api.example.org";
    private const string ExampleTrace = "0af7651916cd43dd8448eb211c80319c";

    /// <summary>A reference to the response for a status.</summary>
    public static OpenApiResponseReference Reference(int status, OpenApiDocument document) => new(Name(status), document);

    /// <summary>Adds the responses that operations refer to.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.Components!.Responses ??= new Dictionary<string, IOpenApiResponse>();
        var used = document
            .Paths.Values.SelectMany(path => path.Operations!.Values)
            .SelectMany(operation => operation.Responses!.Keys)
            .ToHashSet();
        foreach (var status in ProblemKind.All.GroupBy(kind => kind.Status).Where(status => used.Contains($"{status.Key}")))
            document.Components.Responses[Name(status.Key)] = Describe(status.Key, [.. status], document);
    }

    private static OpenApiResponse Describe(int status, IReadOnlyList<ProblemKind> kinds, OpenApiDocument document) =>
        new()
        {
            Description = string.Join(' ', kinds.Select(kind => $"`{kind.Code}`: {kind.Title.ToLowerInvariant()}.")),
            Headers = status is not (429 or 503)
                ? null
                : new Dictionary<string, IOpenApiHeader>
                {
                    ["Retry-After"] = new OpenApiHeader
                    {
                        Description = "Seconds after which it is worth trying again.",
                        Required = true,
                        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
                    },
                },
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [Problem.MediaType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference("Problem", document),
                    Examples = kinds.ToDictionary(kind => kind.Code, kind => (IOpenApiExample)Example(kind)),
                },
            },
        };

    private static OpenApiExample Example(ProblemKind kind) =>
        new()
        {
            Summary = kind.Title,
            Value = JsonSerializer.SerializeToNode(
                ProblemExamples.Of(kind).Describe(ExampleBase, Instance(kind), ExampleTrace),
                ApiJson.TypeInfo<ProblemDocument>()
            ),
        };

    // Some addresses fail because they are long.
    private static string Instance(ProblemKind kind) =>
        ProblemTrial.Of(kind).Fails is { Length: <= 100 } address ? address : "/v1/articles";

    private static string Name(int status) =>
        status switch
        {
            400 => "BadRequest",
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "NotFound",
            406 => "NotAcceptable",
            410 => "Gone",
            412 => "PreconditionFailed",
            414 => "UriTooLong",
            416 => "RangeNotSatisfiable",
            429 => "RateLimited",
            431 => "HeadersTooLarge",
            500 => "InternalError",
            503 => "ServiceUnavailable",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "The status has no response in the document."),
        };
}

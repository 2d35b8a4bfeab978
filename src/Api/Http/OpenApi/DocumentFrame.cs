using System.Text.RegularExpressions;
using Api.Http.Requests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Http.OpenApi;

/// <summary>
/// Adds the parts that belong to no single operation: tags with descriptions, and access with a key or without. Texts from XML docs lose
/// the line breaks of the source.
/// </summary>
internal sealed partial class DocumentFrame : IDocumentFilter
{
    private const string Key = "key";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var used = swaggerDoc
            .Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? [])
            .SelectMany(operation => operation.Tags?.AsEnumerable() ?? [])
            .Select(tag => tag.Name!)
            .Distinct()
            .ToList();
        var descriptions = context
            .ApiDescriptions.SelectMany(endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<TagDescription>())
            .DistinctBy(tag => tag.Name)
            .ToDictionary(tag => tag.Name, tag => tag.Description, StringComparer.Ordinal);
        swaggerDoc.Tags = used.Select(name => new OpenApiTag { Name = name, Description = descriptions.GetValueOrDefault(name) })
            .ToHashSet();
        swaggerDoc.Components ??= new OpenApiComponents();
        swaggerDoc.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key of the operator, for previews and early access. From servers only, and never in an address.",
            },
        };
        // An empty requirement: anonymous (OpenAPI 3.1 §4.8.30).
        swaggerDoc.Security =
        [
            new OpenApiSecurityRequirement(),
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, swaggerDoc)] = [] },
        ];
        foreach (var operation in swaggerDoc.Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? []))
            operation.Description = JoinLines(operation.Description);
        foreach (var schema in swaggerDoc.Components?.Schemas?.Values.AsEnumerable() ?? [])
        {
            schema.Description = JoinLines(schema.Description);
            foreach (var member in schema.Properties?.Values.AsEnumerable() ?? [])
                member.Description = JoinLines(member.Description);
        }
    }

    private static string? JoinLines(string? text) => text is null ? null : LineBreak().Replace(text, " ");

    // Not an empty line, which separates paragraphs.
    [GeneratedRegex(@"(?<!\n)[ \t]*\r?\n[ \t]*(?!\r?\n)")]
    private static partial Regex LineBreak();
}

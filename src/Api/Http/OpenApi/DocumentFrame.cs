using Api.Http.Requests;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Http.OpenApi;

/// <summary>Adds the parts that belong to no single operation: tags with descriptions, and anonymous access.</summary>
internal sealed class DocumentFrame : IDocumentFilter
{
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
        // An empty requirement: anonymous (OpenAPI 3.1 §4.8.30).
        swaggerDoc.Security = [new OpenApiSecurityRequirement()];
    }
}

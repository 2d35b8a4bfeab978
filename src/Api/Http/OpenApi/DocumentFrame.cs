using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Http.OpenApi;

/// <summary>Adds the parts that belong to no single operation: tags with descriptions, and anonymous access.</summary>
internal sealed class DocumentFrame : IDocumentFilter
{
    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["Articles"] = "Op-eds, media appearances, briefs, explainers and reports.",
        ["Experts"] = "The people who write and speak.",
        ["Topics"] = "Regions, countries, issues and programs, in a hierarchy.",
        ["Events"] = "What is held, past and future.",
        ["Search"] = "Words in articles, experts, topics and events together.",
        ["Site"] = "The index of the API, menus, pages, and where old addresses lead.",
        ["Syndication"] = "What a copy of the content follows: changes, and a snapshot to begin with.",
    };

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var used = swaggerDoc
            .Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? [])
            .SelectMany(operation => operation.Tags?.AsEnumerable() ?? [])
            .Select(tag => tag.Name!)
            .Distinct()
            .ToList();
        swaggerDoc.Tags = used.Select(name => new OpenApiTag { Name = name, Description = Sentences.GetValueOrDefault(name) }).ToHashSet();
        // An empty requirement: anonymous (OpenAPI 3.1 §4.8.30).
        swaggerDoc.Security = [new OpenApiSecurityRequirement()];
    }
}

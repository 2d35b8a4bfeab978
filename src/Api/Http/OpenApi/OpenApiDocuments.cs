using Api.Contracts;
using Api.Http.Json;
using Api.Http.Requests;
using Api.Http.Site;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Http.OpenApi;

/// <summary>
/// The OpenAPI documents at <c>/openapi/v1.json</c> and <c>/openapi/v1.formats.json</c>, and Swagger UI with both at <c>/swagger</c>.
/// </summary>
internal static class OpenApiDocuments
{
    public static void AddOpenApiDocuments(this IServiceCollection services, SiteSettings site)
    {
        services.AddEndpointsApiExplorer();
        services.AddSingleton<ISerializerDataContractResolver>(new ContractResolver());
        services.AddSwaggerGen(options =>
        {
            foreach (var definition in Definition.All)
                options.SwaggerDoc(definition.Name, Info(definition, site));
            options.DocInclusionPredicate(
                (name, description) =>
                    description.ActionDescriptor.EndpointMetadata.OfType<AnswerShape>().Any()
                    && Definition.Of(description.ActionDescriptor.EndpointMetadata).Name == name
            );
            options.CustomSchemaIds(SchemaNames.Of);
            options.SupportNonNullableReferenceTypes();
            options.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, "Api.xml"));
            options.OperationFilter<Operations>();
            options.DocumentFilter<ContractSchemas>();
            options.DocumentFilter<DocumentFrame>();
        });
        services.ConfigureSwagger(options => options.SetCustomDocumentSerializer<DocumentSerializer>());
    }

    public static void MapOpenApiDocuments(this IEndpointRouteBuilder routes) =>
        routes.MapSwagger(
            "/openapi/{documentName}.json",
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.PreSerializeFilters.Add((document, request) => document.Servers = Servers(Links.Of(request.HttpContext)));
            }
        );

    public static void UseSwaggerPage(this IApplicationBuilder app) =>
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.DocumentTitle = "Content API";
            foreach (var definition in Definition.All)
                options.SwaggerEndpoint($"..{definition.Path}", definition.Label);
            options.EnableTryItOutByDefault();
            options.DisplayRequestDuration();
            options.EnableDeepLinking();
            options.DefaultModelsExpandDepth(0);
        });

    // Generated clients use the first server. It must be absolute, as they do not know the document's address to resolve a relative URL.
    private static List<OpenApiServer> Servers(Links links) =>
        [
            new() { Url = links.Base, Description = "The public address." },
            new() { Url = links.BasePath is { Length: > 0 } path ? path : "/", Description = "The server this document came from." },
        ];

    // Describes what is serialized already like the contract it is.
    private sealed class ContractResolver : ISerializerDataContractResolver
    {
        private readonly JsonSerializerDataContractResolver contracts = new(ApiJson.Settings);

        public DataContract GetDataContractForType(Type type) => contracts.GetDataContractForType(IReady.ContractOf(type));
    }

    private static OpenApiInfo Info(Definition definition, SiteSettings site) =>
        new()
        {
            Title = $"{site.Name} content API{(definition == Definition.Content ? "" : $": {definition.Label.ToLowerInvariant()}")}",
            Version = "1.0.0",
            Summary = definition.Summary,
            Description = definition.Description,
            Contact = new OpenApiContact { Name = site.Name, Url = new Uri(site.Url) },
            License = new OpenApiLicense { Name = site.License.Id, Url = new Uri(site.License.Url) },
        };
}

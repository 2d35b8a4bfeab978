using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Http.OpenApi;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and Swagger UI at <c>/swagger</c>.</summary>
internal static class OpenApiDocuments
{
    public static void AddOpenApiDocuments(this IServiceCollection services, SiteSettings site)
    {
        services.AddEndpointsApiExplorer();
        services.AddSingleton<ISerializerDataContractResolver>(new JsonSerializerDataContractResolver(ApiJson.Settings));
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", Info(site));
            options.DocInclusionPredicate((_, description) => description.ActionDescriptor.EndpointMetadata.OfType<AnswerShape>().Any());
            options.CustomSchemaIds(SchemaNames.Of);
            options.SupportNonNullableReferenceTypes();
            options.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, "Api.xml"));
            options.OperationFilter<Operations>();
            options.DocumentFilter<ContractSchemas>();
            options.DocumentFilter<DocumentFrame>();
        });
    }

    public static void MapOpenApiDocuments(this IEndpointRouteBuilder routes) =>
        routes.MapSwagger("/openapi/{documentName}.json", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.PreSerializeFilters.Add((document, request) =>
                document.Servers = [new OpenApiServer { Url = Links.Of(request.HttpContext).BasePath + "/", Description = "The server this document came from." }]);
        });

    public static void UseSwaggerPage(this IApplicationBuilder app) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = "swagger";
        options.DocumentTitle = "Content API";
        options.SwaggerEndpoint("../openapi/v1.json", "v1");
        options.EnableTryItOutByDefault();
        options.DisplayRequestDuration();
        options.EnableDeepLinking();
        options.DefaultModelsExpandDepth(0);
    });

    private static OpenApiInfo Info(SiteSettings site) => new()
    {
        Title = $"{site.Name} content API",
        Version = "1.0.0",
        Summary = "Articles, experts, topics and events, as paginated JSON.",
        Description = """
            Everything published, for reading: no key, no cookies, open to every origin.

            * Every answer has the same shape: an item is `{"data", "included"}`, a list is `{"data", "page", "links"}`. Nulls are written.
            * Lists are walked by following `links.next`. Filters read like English; a comma means any of.
            * Lists are feeds, tables and calendars too: `.rss`, `.atom`, `.feed.json`, `.ndjson`, `.csv`, `.ics`, with the same filters and paging.
            * Every error is a problem document (RFC 9457) that names the parameter and says what would have worked.
            * Within v1 members, parameters and values are only added.
            """,
        Contact = new OpenApiContact { Name = site.Name, Url = new Uri(site.Url) },
        License = new OpenApiLicense { Name = site.License.Id, Url = new Uri(site.License.Url) },
    };
}

using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Api.Contracts;
using Api.Contracts.Lists;
using Api.Http.Json;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Api.Http.OpenApi;

/// <summary>
/// Makes the schemas say exactly what is written: every member is required, only what may be null is nullable, and a contract with
/// <see cref="BodyMemberAttribute"/> has a second schema for lists, in which those members are optional.
/// </summary>
internal sealed class ContractSchemas : IDocumentFilter
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock Gate = new();
    private static readonly Type[] Pages = [typeof(Page<>), typeof(SearchedPage<>), typeof(FacetedPage<>)];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        context.SchemaGenerator.GenerateSchema(typeof(ProblemDocument), context.SchemaRepository);
        var schemas = context.SchemaRepository.Schemas;
        var contracts = ContractTypes.ByName(schemas.Keys);
        foreach (var (name, type) in contracts)
        {
            if (schemas[name] is OpenApiSchema schema) Complete(schema, ApiJson.Settings.GetTypeInfo(type));
        }
        foreach (var (name, type) in contracts.Where(contract => Bodies(contract.Value).Any()).ToList())
            schemas[name + SchemaNames.SummarySuffix] = Summary((OpenApiSchema)schemas[name], type);
        foreach (var (name, type) in contracts.Where(contract => ListsItems(contract.Value)))
            PointToSummaries((OpenApiSchema)schemas[name], type, swaggerDoc);
        ProblemResponses.AddTo(swaggerDoc);
    }

    private static void Complete(OpenApiSchema schema, JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object || schema.Properties is null) return;
        // Within v1 members are only added, so an unknown one is no error.
        schema.AdditionalPropertiesAllowed = true;
        schema.Required = info.Properties.Select(member => member.Name).ToHashSet();
        foreach (var member in info.Properties)
        {
            if (member.AttributeProvider is not PropertyInfo property || !schema.Properties.TryGetValue(member.Name, out var described)) continue;
            schema.Properties[member.Name] = Describe(described, member.Name, property, info.Type);
        }
    }

    private static IOpenApiSchema Describe(IOpenApiSchema described, string name, PropertyInfo property, Type contract)
    {
        var nullable = IsNullable(property);
        if (described is OpenApiSchemaReference reference)
            return nullable ? OrNull(reference) : reference;
        var schema = (OpenApiSchema)described;
        schema.ReadOnly = false;
        schema.Type = nullable ? schema.Type | JsonSchemaType.Null : schema.Type & ~JsonSchemaType.Null;
        if (property is { Name: "Resource", CanWrite: false }) schema.Const = (string)property.GetValue(Activator.CreateInstance(contract, nonPublic: true))!;
        if (IsUrl(name, contract)) schema.Format = "uri";
        // What exceptions of clients made by Kiota say.
        if (contract == typeof(ProblemDocument) && name == "detail") schema.AddExtension("x-ms-primary-error-message", new JsonNodeExtension(JsonValue.Create(true)));
        return schema;
    }

    private static OpenApiSchema OrNull(OpenApiSchemaReference reference)
    {
        var description = reference.Description;
        reference.Description = null;
        return new OpenApiSchema { Description = description, OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, reference] };
    }

    private static OpenApiSchema Summary(OpenApiSchema whole, Type type)
    {
        var bodies = Bodies(type).ToHashSet();
        var summary = (OpenApiSchema)whole.CreateShallowCopy();
        summary.Description = $"{whole.Description} In lists {string.Join(" and ", bodies.Select(name => $"`{name}`"))} only with `include=body`.".Trim();
        summary.Required = whole.Required?.Except(bodies).ToHashSet();
        return summary;
    }

    private static void PointToSummaries(OpenApiSchema schema, Type type, OpenApiDocument document)
    {
        foreach (var member in ApiJson.Settings.GetTypeInfo(type).Properties)
        {
            if (ElementOf(member.PropertyType) is not { } element || !Bodies(element).Any()) continue;
            if (schema.Properties?[member.Name] is OpenApiSchema list) list.Items = new OpenApiSchemaReference(SchemaNames.Of(element) + SchemaNames.SummarySuffix, document);
        }
    }

    private static bool ListsItems(Type type) =>
        type == typeof(Included) || (type.IsGenericType && Pages.Contains(type.GetGenericTypeDefinition()));

    private static IEnumerable<string> Bodies(Type type) => ApiJson.Settings.GetTypeInfo(type).Properties
        .Where(member => member.AttributeProvider?.IsDefined(typeof(BodyMemberAttribute), true) == true)
        .Select(member => member.Name);

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static bool IsNullable(PropertyInfo property)
    {
        if (property.IsDefined(typeof(BodyMemberAttribute))) return false;
        if (property.PropertyType.IsValueType) return Nullable.GetUnderlyingType(property.PropertyType) is not null;
        // The context caches without locks of its own.
        lock (Gate) return Nullability.Create(property).ReadState == NullabilityState.Nullable;
    }

    private static bool IsUrl(string name, Type contract) =>
        name.EndsWith("Url", StringComparison.Ordinal) || name is "url" or "id" or "successorId" && contract != typeof(License) && contract != typeof(Heading)
        || contract == typeof(PageLinks) || contract == typeof(SelfLink) || contract == typeof(SubjectLinks) || contract == typeof(FeedLinks);
}

/// <summary>Finds the contract a schema was made of.</summary>
internal static class ContractTypes
{
    private static readonly Dictionary<string, Type> Known = Reachable();

    /// <summary>The contracts of the named schemas.</summary>
    public static IReadOnlyDictionary<string, Type> ByName(IEnumerable<string> names) =>
        names.Where(Known.ContainsKey).ToDictionary(name => name, name => Known[name]);

    private static Dictionary<string, Type> Reachable()
    {
        var found = new Dictionary<string, Type>();
        foreach (var attribute in typeof(ContractJson).GetCustomAttributesData().Where(data => data.AttributeType.Name == "JsonSerializableAttribute"))
            Add((Type)attribute.ConstructorArguments[0].Value!);
        return found;

        void Add(Type type)
        {
            var info = ApiJson.Settings.GetTypeInfo(type);
            if (info.ElementType is { } element) Add(element);
            if (info.Kind != JsonTypeInfoKind.Object || !found.TryAdd(SchemaNames.Of(type), type)) return;
            foreach (var member in info.Properties) Add(member.PropertyType);
        }
    }
}

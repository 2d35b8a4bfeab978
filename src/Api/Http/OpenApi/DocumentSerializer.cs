using System.Globalization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Api.Http.OpenApi;

/// <summary>
/// Writes a document as OpenAPI 3.1.1. The library writes 3.1.2, which differs in wording only, but parsers with a fixed list of versions
/// refuse it
/// (@apidevtools/swagger-parser up to 10, in openapi-zod-client and @rtk-query/codegen-openapi).
/// </summary>
internal sealed class DocumentSerializer : ISwaggerDocumentSerializer
{
    private const string Written = "\"openapi\": \"3.1.2\"";
    private const string Wanted = "\"openapi\": \"3.1.1\"";

    public void SerializeDocument(OpenApiDocument document, IOpenApiWriter writer, OpenApiSpecVersion specVersion)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAs(specVersion, new OpenApiJsonWriter(text));
        var json = text.ToString();
        var place = json.IndexOf(Written, StringComparison.Ordinal);
        writer.WriteRaw(place < 0 ? json : string.Concat(json.AsSpan(0, place), Wanted, json.AsSpan(place + Written.Length)));
    }
}

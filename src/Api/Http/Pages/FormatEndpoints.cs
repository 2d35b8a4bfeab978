using Api.Http.Parameters;
using Api.Http.Requests;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Pages;

/// <summary>
/// Adds an endpoint for each format of an endpoint with a <see cref="FormatSet"/>: the same handler at the address with the suffix, with
/// the parameters that the format supports. Slugs have no dot, so a suffix cannot be part of a slug.
/// </summary>
internal sealed class FormatEndpoints(IReadOnlyList<EndpointDataSource> sources) : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> endpoints = new(() =>
        [.. sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(InFormats)]
    );

    public override IReadOnlyList<Endpoint> Endpoints => endpoints.Value;

    /// <summary>Adds the formats of all endpoints mapped so far.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.DataSources.Add(new FormatEndpoints([.. routes.DataSources]));

    public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);

    private static IEnumerable<RouteEndpoint> InFormats(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<FormatSet>()?.Formats ?? []).Select(other => new RouteEndpoint(
            endpoint.RequestDelegate!,
            RoutePatternFactory.Parse(endpoint.RoutePattern.RawText!.TrimEnd('/') + other.Format.Suffix),
            endpoint.Order,
            new EndpointMetadataCollection(Metadata(endpoint, other)),
            $"{endpoint.DisplayName} {other.Format.Suffix}"
        ));

    private static IEnumerable<object> Metadata(RouteEndpoint endpoint, OtherFormat other)
    {
        var name = other.Format.OperationId(endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "");
        // Of several shapes the first is the usual one of the list.
        var shape = endpoint.Metadata.OfType<AnswerShape>().First();
        return
        [
            .. endpoint.Metadata.Where(one => one is not (IEndpointNameMetadata or IRouteNameMetadata or ParameterSet or AnswerShape)),
            other.Item is { } item ? shape.Of(item) : shape,
            new EndpointNameMetadata(name),
            new RouteNameMetadata(name),
            new ParameterSet([
                .. (endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters ?? [])
                    .Select(parameter => ListParameters.In(other.Format, parameter))
                    .OfType<Parameter>(),
            ]),
            other,
        ];
    }
}

using Api.Http.Parameters;
using Api.Http.Requests;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Pages;

/// <summary>
/// For each endpoint with a <see cref="FormatSet"/> one more per format, at the same address with the suffix: same handler, same parameters as far as the format
/// has a place for them. A slug has no dot, so none is mistaken for another.
/// </summary>
internal sealed class FormatEndpoints(IReadOnlyList<EndpointDataSource> sources) : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> endpoints = new(() => [.. sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(InFormats)]);

    public override IReadOnlyList<Endpoint> Endpoints => endpoints.Value;

    /// <summary>Adds the formats of everything that is mapped already.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.DataSources.Add(new FormatEndpoints([.. routes.DataSources]));

    public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);

    private static IEnumerable<RouteEndpoint> InFormats(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<FormatSet>()?.Formats ?? []).Select(other => new RouteEndpoint(
            endpoint.RequestDelegate!,
            RoutePatternFactory.Parse(endpoint.RoutePattern.RawText!.TrimEnd('/') + other.Format.Suffix),
            endpoint.Order,
            new EndpointMetadataCollection(Metadata(endpoint, other)),
            $"{endpoint.DisplayName} {other.Format.Suffix}"));

    private static IEnumerable<object> Metadata(RouteEndpoint endpoint, OtherFormat other)
    {
        var name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName + other.Format.Name;
        return
        [
            // Of several shapes the first is what lists are otherwise.
            .. endpoint.Metadata.Where(one => one is not (IEndpointNameMetadata or IRouteNameMetadata or ParameterSet or AnswerShape)),
            endpoint.Metadata.OfType<AnswerShape>().First(),
            new EndpointNameMetadata(name),
            new RouteNameMetadata(name),
            new ParameterSet([.. (endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters ?? []).Select(parameter => ListParameters.In(other.Format, parameter)).OfType<Parameter>()]),
            other,
        ];
    }
}

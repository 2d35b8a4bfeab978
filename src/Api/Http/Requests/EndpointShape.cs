using Api.Contracts;
using Api.Contracts.Lists;
using Api.Http.Parameters;

namespace Api.Http.Requests;

/// <summary>The query parameters an endpoint takes, in the order of the OpenAPI document. Any other parameter is a problem.</summary>
internal sealed record ParameterSet(IReadOnlyList<Parameter> Parameters);

/// <summary>The slug in an endpoint's path.</summary>
/// <param name="Description">A sentence for developers.</param>
/// <param name="Example">A slug of the demo content.</param>
internal sealed record SlugParameter(string Description, string Example);

/// <summary>What the operations of a tag are about, for the OpenAPI documents.</summary>
/// <param name="Name">The tag.</param>
/// <param name="Description">A sentence for developers.</param>
internal sealed record TagDescription(string Name, string Description);

/// <summary>Marks an endpoint without a slug that can answer 404.</summary>
internal sealed record FindsNothing;

/// <summary>Marks an endpoint that answers with a file: it stays out of the in-memory cache and supports ranges (RFC 9110 §14).</summary>
internal sealed record FileAnswer;

/// <summary>Marks an endpoint that answers with a stream without an end: nothing caches it.</summary>
internal sealed record StreamedAnswer;

/// <summary>Marks an endpoint whose news have a stream.</summary>
/// <param name="Path">The path of the stream.</param>
internal sealed record StreamAt(string Path);

/// <summary>Marks an endpoint that supports long polling.</summary>
/// <param name="Known">The sequence the client already has, from its request; null when the request names none.</param>
internal sealed record WaitsForNews(Func<Query, long?> Known);

/// <summary>The body of a 200 answer. An endpoint that declares several shapes answers with any of them.</summary>
/// <param name="Body">The contract of the whole JSON body.</param>
internal sealed record AnswerShape(Type Body)
{
    private static readonly Type[] Pages = [typeof(Page<>), typeof(SearchedPage<>), typeof(FacetedPage<>)];

    /// <summary>Whether it is a page of a list.</summary>
    public bool IsPage => Pages.Contains(Envelope);

    /// <summary>Whether it is one item.</summary>
    public bool IsItem => Envelope == typeof(Item<,>);

    /// <summary>The same body with items of another contract.</summary>
    public AnswerShape Of(Type item) => new(Body.GetGenericTypeDefinition().MakeGenericType(item));

    private Type? Envelope => Body.IsGenericType ? Body.GetGenericTypeDefinition() : null;
}

/// <summary>What an endpoint declares about itself.</summary>
internal static class EndpointShape
{
    /// <summary>
    /// Declares the query parameters; <see cref="ListParameters.MinSequence"/> is added. Endpoints without others call it without
    /// arguments.
    /// </summary>
    public static T WithParameters<T>(this T endpoint, params IEnumerable<Parameter> parameters)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new ParameterSet([.. parameters, ListParameters.MinSequence]));

    /// <summary>Lets requests with a key ask for previews. Call it after the parameters are declared.</summary>
    public static RouteHandlerBuilder MayPreview(this RouteHandlerBuilder endpoint)
    {
        endpoint.Add(builder =>
        {
            var declared = builder.Metadata.OfType<ParameterSet>().Last().Parameters;
            builder.Metadata.Add(new ParameterSet([.. declared.SkipLast(1), ListParameters.Preview, ListParameters.At, declared[^1]]));
        });
        return endpoint;
    }

    /// <summary>Gives endpoints a tag, and describes it. Other endpoints with the same tag need only its name.</summary>
    public static T WithTag<T>(this T endpoints, string name, string description)
        where T : IEndpointConventionBuilder => endpoints.WithTags(name).WithMetadata(new TagDescription(name, description));

    /// <summary>Describes the slug in the path; <paramref name="example"/> is a slug of the demo content.</summary>
    public static RouteHandlerBuilder WithSlug(this RouteHandlerBuilder endpoint, string description, string example) =>
        endpoint.WithMetadata(new SlugParameter(description, example));

    /// <summary>Declares that the endpoint can answer 404 although it has no slug.</summary>
    public static RouteHandlerBuilder MayFindNothing(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new FindsNothing());

    /// <summary>
    /// Lets requests wait, with <see cref="ListParameters.Wait"/>, until the content is later than the sequence they already have.
    /// </summary>
    public static RouteHandlerBuilder MayWait(this RouteHandlerBuilder endpoint, Func<Query, long?> known) =>
        endpoint.WithMetadata(new WaitsForNews(known));

    /// <summary>Declares the formats the endpoint has beside JSON, each at the address with its suffix.</summary>
    public static RouteHandlerBuilder WithFormats(this RouteHandlerBuilder endpoint, params IReadOnlyList<OtherFormat> formats) =>
        endpoint.WithMetadata(new FormatSet(formats));

    /// <summary>
    /// The paths, in order, of the lists without a slug or a required parameter; with a format, only of the lists that offer it.
    /// </summary>
    public static IEnumerable<string> Collections(this EndpointDataSource endpoints, Format? format = null) =>
        endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<AnswerShape>() is { IsPage: true }
                && endpoint.Metadata.GetMetadata<OtherFormat>() is null
                && endpoint.RoutePattern.Parameters.Count == 0
                && endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters.Any(parameter => parameter.Required) != true
            )
            .Where(endpoint =>
                format is null || endpoint.Metadata.GetMetadata<FormatSet>()?.Formats.Any(other => other.Format == format) == true
            )
            .Select(PathOf)
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>The endpoint with a path, as <see cref="PathOf"/> writes it without a suffix, in a format; null for none.</summary>
    public static RouteEndpoint? Find(this EndpointDataSource endpoints, string path, Format format) =>
        endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .FirstOrDefault(endpoint =>
                endpoint.Metadata.GetMetadata<AnswerShape>() is not null
                && (endpoint.Metadata.GetMetadata<OtherFormat>()?.Format ?? Format.Json) == format
                && PathOf(endpoint) == path + format.Suffix
            );

    /// <summary>Every format beside JSON that an endpoint offers, in the order of <see cref="Format.All"/>.</summary>
    public static IEnumerable<Format> OtherFormats(this EndpointDataSource endpoints)
    {
        var offered = endpoints
            .Endpoints.SelectMany(endpoint => endpoint.Metadata.GetMetadata<FormatSet>()?.Formats ?? [])
            .Select(other => other.Format)
            .ToHashSet();
        return Format.All.Where(offered.Contains);
    }

    /// <summary>The pattern of an endpoint, such as <c>/v1/articles/{slug}</c>.</summary>
    public static string PathOf(this RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');
}

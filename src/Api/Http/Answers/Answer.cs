using System.Reflection;
using Api.Http.Errors;
using Api.Http.Json;
using Api.Http.Requests;
using Microsoft.AspNetCore.Http.Metadata;

namespace Api.Http.Answers;

/// <summary>What an endpoint answers: 200 with a body, a redirect to an item's current address, or a problem.</summary>
/// <typeparam name="T">The contract of the JSON body; also the schema of the endpoint in the OpenAPI document.</typeparam>
internal sealed class Answer<T> : IAnswer, IEndpointMetadataProvider
{
    private readonly IResult? other;

    /// <summary>A 200 with a body.</summary>
    public Answer(AnswerBody body) => Body = body;

    private Answer(IResult other) => this.other = other;

    /// <inheritdoc/>
    public AnswerBody? Body { get; }

    public static implicit operator Answer<T>(Problem problem) => new(problem);

    /// <summary>A 301.</summary>
    /// <param name="address">Where to; an absolute URL.</param>
    public static Answer<T> MovedTo(string address) => new(Results.Redirect(address, permanent: true));

    public Task ExecuteAsync(HttpContext httpContext) => other?.ExecuteAsync(httpContext) ?? Body!.Send(httpContext);

    /// <summary>Declares the body of the endpoint's answers; ASP.NET calls this for the return type of a handler.</summary>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(new AnswerShape(typeof(T)));
}

/// <summary>An answer of any contract.</summary>
internal interface IAnswer : IResult
{
    /// <summary>The body of a 200; null for any other status.</summary>
    AnswerBody? Body { get; }
}

/// <summary>The complete body of a 200, and the headers that go with it.</summary>
/// <param name="ContentType">The <c>Content-Type</c> header.</param>
/// <param name="Bytes">The body.</param>
internal sealed record AnswerBody(string ContentType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The <c>Link</c> header; null for none.</summary>
    public string? Link { get; init; }

    /// <summary>The <c>X-Total-Count</c> header; null for none.</summary>
    public string? TotalCount { get; init; }

    /// <summary>Sends it without caching it.</summary>
    public Task Send(HttpContext http)
    {
        AddHeaders(http.Response.Headers);
        return ReadyBytes.Send(http, ContentType, Bytes);
    }

    /// <summary>Adds <see cref="Link"/> and <see cref="TotalCount"/>.</summary>
    public void AddHeaders(IHeaderDictionary headers)
    {
        if (Link is not null)
            headers.Link = Link;
        if (TotalCount is not null)
            headers["X-Total-Count"] = TotalCount;
    }
}

using System.Globalization;
using System.Reflection;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Tags;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Api.Changes.Snapshots;

/// <summary>Sends a snapshot: a complete one with ranges (RFC 9110 §14), an incomplete one while it is being written.</summary>
internal sealed record SnapshotAnswer(SnapshotLease Lease, long Sequence) : IResult, IEndpointMetadataProvider
{
    private Snapshot Snapshot => Lease.Snapshot;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await using var end = Snapshot.Retired.Register(httpContext.Abort);
            await Send(httpContext);
        }
        finally
        {
            await Lease.DisposeAsync();
        }
    }

    /// <summary>Declares that the endpoint answers a file; ASP.NET calls this for the return type of a handler.</summary>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AnswerShape(typeof(string)));
        builder.Metadata.Add(new FileAnswer());
    }

    private async Task Send(HttpContext http)
    {
        var headers = http.Response.Headers;
        var isCompressed = Codings.TakesGzip(http.Request.Headers.AcceptEncoding);
        var spool = isCompressed ? Snapshot.Gzip : Snapshot.Plain;
        // A client may check for a newer snapshot, but must not get an outdated copy from a proxy.
        headers.CacheControl = "no-cache";
        headers["Content-Sequence"] = Sequence.ToString(CultureInfo.InvariantCulture);
        var keys = http.RequestServices.GetRequiredService<CacheSettings>().KeyHeader;
        headers[keys.Name] = AnswerKeys.OfAnything(keys.Separator);
        if (isCompressed)
            headers.ContentEncoding = "gzip";
        // Ranges count the bytes as sent, so each content coding has its own, strong entity tag.
        var tag = new EntityTagHeaderValue(
            string.Create(CultureInfo.InvariantCulture, $"\"{Sequence}-{Snapshot.Begun:x}{(isCompressed ? "-gzip" : "")}\"")
        );
        if (http.Request.Headers.Range.Count + http.Request.Headers.IfMatch.Count > 0)
            await spool.Completion.WaitAsync(http.RequestAborted);
        if (spool.Completion.IsCompletedSuccessfully && !ApiRequest.Of(http).IsHead)
        {
            await TypedResults
                .Stream(spool.Open(), Format.Ndjson.ContentType, entityTag: tag, enableRangeProcessing: true)
                .ExecuteAsync(http);
            if (Refused(http.Response.StatusCode, spool.Length) is not { } problem)
                return;
            headers.ContentEncoding = default;
            await problem.ExecuteAsync(http);
            return;
        }
        headers.ETag = tag.ToString();
        headers.AcceptRanges = "bytes";
        http.Response.ContentType = Format.Ndjson.ContentType;
        if (spool.Completion.IsCompletedSuccessfully)
            http.Response.ContentLength = spool.Length;
        if (!ApiRequest.Of(http).IsHead)
            await spool.CopyTo(http.Response.Body, http.RequestAborted);
    }

    private static Problem? Refused(int status, long length) =>
        status switch
        {
            StatusCodes.Status412PreconditionFailed => Problems.PreconditionFailed(),
            StatusCodes.Status416RangeNotSatisfiable => Problems.RangeNotSatisfiable(length),
            _ => null,
        };
}

using System.Reflection;
using Api.Data;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Live;
using Microsoft.AspNetCore.Http.Metadata;

namespace Api.Changes.Streaming;

/// <summary>What every stream needs.</summary>
internal sealed record StreamServices(ChangeEvents Events, TimeProvider Clock, IHostApplicationLifetime Lifetime);

/// <summary>
/// A stream of change events (WHATWG HTML §9.2), until the client disconnects, an hour is over or the process stops. It keeps a position
/// and no events of its own.
/// </summary>
internal sealed record StreamAnswer(StreamServices Services, StreamFilter Filter, IDisposable? Listener, Problem? Problem)
    : IResult,
        IEndpointMetadataProvider
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (Listener)
        {
            if (Problem is { } problem)
            {
                await problem.ExecuteAsync(httpContext);
                return;
            }
            var headers = httpContext.Response.Headers;
            headers.CacheControl = "no-store, no-transform";
            // nginx would hold events back until its buffer is full.
            headers["X-Accel-Buffering"] = "no";
            httpContext.Response.ContentType = Format.EventStream.ContentType;
            if (!ApiRequest.Of(httpContext).IsHead)
                await Run(httpContext);
        }
    }

    /// <summary>Declares that the endpoint answers a stream; ASP.NET calls this for the return type of a handler.</summary>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AnswerShape(typeof(string)));
        builder.Metadata.Add(new StreamedAnswer());
    }

    private async Task Run(HttpContext http)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, Services.Lifetime.ApplicationStopping);
        // Spread out, or all readers that a restart has disconnected would come back at the same time every hour.
        end.CancelAfter(Lifetime * (0.9 + (0.2 * Random.Shared.NextDouble())));
        using var watch = Services.Events.Watch();
        await using var ended = end.Token.UnsafeRegister(static watch => ((ChangeEvents.Watching)watch!).Wake(), watch);
        var writer = new EventWriter(http, Services.Clock, end.Token);
        try
        {
            await writer.Retry();
            await Follow(writer, watch, await Begin(writer, end.Token), end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client connects again.
        }
        catch (TimeoutException)
        {
            // The client reads nothing.
            http.Abort();
        }
    }

    // Writes the first event; returns the position. While the database is away, the client keeps the connection: it would not come back
    // after an error.
    private async Task<ChangeToken> Begin(EventWriter writer, CancellationToken cancel)
    {
        while (true)
        {
            if (await Try(Filter.Begin(Services.Events, cancel)) is { } begun)
            {
                await writer.Ready(begun.Token);
                if (begun.IsResync)
                    await writer.Resync(begun.Token);
                return begun.Token;
            }
            await Task.Delay(RetryInterval, Services.Clock, cancel);
            await writer.KeepOpen(null);
        }
    }

    // Keeps nothing of an event while it waits: references from thousands of old objects to a new one take the garbage collector long. So
    // Tell, which has the event, is a method of its own.
    private async Task Follow(EventWriter writer, ChangeEvents.Watching watch, ChangeToken position, CancellationToken cancel)
    {
        // The position that the client knows.
        for (var told = position; ; )
        {
            if (await Tell(writer, position, cancel) is { } now)
            {
                position = now.Position;
                told = now.IsTold ? position : told;
                await watch.Wait(writer.CommentDue);
            }
            else
            {
                await Task.Delay(RetryInterval, Services.Clock, cancel);
            }
            cancel.ThrowIfCancellationRequested();
            if (await writer.KeepOpen(position == told ? null : position))
                told = position;
        }
    }

    // Writes the next event, if there is one. Null when that could not be found out.
    private async ValueTask<(ChangeToken Position, bool IsTold)?> Tell(EventWriter writer, ChangeToken position, CancellationToken cancel)
    {
        var found = Services.Events.After(position, Filter.Scope, cancel);
        var step = found.IsCompletedSuccessfully ? found.Result : await Try<EventStep>(found.AsTask()!);
        if (step is { IsResync: true })
            await writer.Resync(step.Token);
        else if (step is { Event: not null })
            await writer.Change(step);
        return step is null ? null : (step.Token, step.IsResync || step.Event is not null);
    }

    // Null when the database failed, or there was too much to do.
    private static async Task<T?> Try<T>(Task<T?> asked)
        where T : class
    {
        try
        {
            return await asked;
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is OverloadedException or ListsNotReadException)
        {
            return null;
        }
    }
}

using Api.Data;
using Api.Http;
using Npgsql;

namespace Api;

/// <summary>Says whether this process can answer; for orchestrators and <c>HEALTHCHECK</c>.</summary>
internal static class Health
{
    public const string Path = "/healthz";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], Get).ExcludeFromDescription();

    private static async Task<IResult> Get(DeliveryDatabase delivery, HttpContext context, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "no-store";
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Patience);
        try
        {
            await delivery.QueryFirst<int>("select 1", null, limited.Token);
            return TypedResults.Text("ok\n");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return Problems.ServiceUnavailable();
        }
    }
}

using Api.Data;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Http.Signing;

namespace Api.Hooks;

/// <summary>
/// Webhooks that other systems call after a change: <c>POST /hooks/wordpress</c>. A call only wakes the follower, which then queries the
/// site.
/// </summary>
internal static class HookEndpoints
{
    private const int MostBytes = 16 * 1024;

    /// <summary>Maps the webhooks. Without a configured secret the address does not exist.</summary>
    public static void MapHooks(this IEndpointRouteBuilder routes, IConfiguration configuration)
    {
        if (HookSecret.From(configuration) is not { } secret)
            return;
        routes
            .Map(
                $"{CommonHeaders.Hooks}/wordpress",
                (HttpContext http, ContentDatabase content, TimeProvider clock) => WordPress(http, secret, content, clock)
            )
            .ExcludeFromDescription();
    }

    private static async Task<IResult> WordPress(HttpContext http, HmacKey secret, ContentDatabase content, TimeProvider clock)
    {
        var request = http.Request;
        if (!HttpMethods.IsPost(request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            return Problems.MethodNotAllowed(request.Method, [HttpMethods.Post]);
        }
        if (request.ContentLength > MostBytes)
            return Problems.ContentTooLarge(MostBytes);
        var (id, timestamp, signatures) = (Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"));
        if (HookSecret.CheckTime(id, timestamp, signatures, clock.GetUtcNow()) is { } wrong)
            return Refuse(wrong);
        var (body, problem) = await Read(request, http.RequestAborted);
        if (problem is not null)
            return problem;
        if (!secret.Verifies(id, timestamp, body, signatures))
            return Refuse("No signature in webhook-signature matches this request and the secret that is set here.");
        // Not cancelled when the caller disconnects: the call is valid.
        await Wakes.Wake(content.DataSource, Wakes.WordPress, CancellationToken.None);
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);

        string Header(string name) => request.Headers[name] is [{ } value] ? value : "";

        Problem Refuse(string detail)
        {
            // RFC 9110 §15.5.2 requires this header with every 401.
            http.Response.Headers.WWWAuthenticate = "Standard-Webhooks";
            return Problems.InvalidSignature(detail);
        }
    }

    // Reads at most one byte more than allowed.
    private static async Task<(byte[] Body, Problem? Problem)> Read(HttpRequest request, CancellationToken cancel)
    {
        var buffer = new byte[MostBytes + 1];
        try
        {
            var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
            return length > MostBytes ? ([], Problems.ContentTooLarge(MostBytes)) : (buffer[..length], null);
        }
        catch (BadHttpRequestException e)
        {
            // Also thrown when the caller has disconnected, even if the whole body has arrived.
            return (
                [],
                e.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? Problems.ContentTooLarge(MostBytes)
                    : Problems.BadRequest("The body could not be read to its end.")
            );
        }
    }
}

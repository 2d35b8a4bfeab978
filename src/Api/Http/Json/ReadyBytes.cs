namespace Api.Http.Json;

/// <summary>Sends a complete body, so that its length is known and a failure cannot leave a partial answer.</summary>
internal static class ReadyBytes
{
    /// <summary>Sends <paramref name="body"/>. For HEAD only the headers are sent.</summary>
    public static async Task Send(HttpContext http, string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}

namespace Api.Http.Json;

/// <summary>A body that is whole before the first byte goes out, so that its length is known and a failure leaves no half answer.</summary>
internal static class ReadyBytes
{
    /// <summary>Sends <paramref name="body"/>, or for HEAD only its headers; where an answer is to be kept, hands it over instead.</summary>
    public static async Task Send(HttpContext http, string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = contentType;
        if (http.Response.StatusCode == StatusCodes.Status200OK && http.Features.Get<AnswerSlot>() is { } slot)
        {
            slot.Body = body;
            return;
        }
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}

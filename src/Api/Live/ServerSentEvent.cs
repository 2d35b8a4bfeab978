using System.Text;

namespace Api.Live;

/// <summary>The text of server-sent events (WHATWG HTML §9.2).</summary>
internal static class ServerSentEvent
{
    /// <summary>An event. Pure.</summary>
    /// <param name="name">Its name; null for one that EventSource passes to <c>onmessage</c>.</param>
    /// <param name="token">Its id.</param>
    /// <param name="json">Its data, on one line.</param>
    public static byte[] Write(string? name, ChangeToken token, byte[] json) =>
        [.. Encoding.ASCII.GetBytes($"{(name is null ? "" : $"event: {name}\n")}id: {token}\ndata: "), .. json, .. "\n\n"u8];
}

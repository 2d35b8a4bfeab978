using System.Text.RegularExpressions;

namespace Api.Tests.Support;

/// <summary>Whole answers, to be compared.</summary>
internal static partial class Answers
{
    // What says when and by whom it was answered, and what follows from the body.
    private static readonly string[] Aside =
    [
        "Date",
        "Content-Sequence",
        "Last-Modified",
        "Age",
        "RateLimit",
        "Cache-Status",
        "Server-Timing",
        "ETag",
        "Server",
        "Content-Length",
        "Transfer-Encoding",
    ];

    /// <summary>Status, headers and body of what a path answers, but what is different each time.</summary>
    public static async Task<(string Text, int Status)> Answer(this ApiFixture api, string path, string? key = null)
    {
        using var request = SomeKey.Request(path, key);
        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = answer
            .Headers.Concat(answer.Content.Headers)
            .Where(header => !Aside.Contains(header.Key))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
            .Order(StringComparer.Ordinal);
        return ($"{path} {(int)answer.StatusCode}\n{string.Join('\n', headers)}\n{Passing().Replace(body, "")}", (int)answer.StatusCode);
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"|\"sequence\":[0-9]+")]
    private static partial Regex Passing();
}

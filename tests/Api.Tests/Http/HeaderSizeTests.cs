using System.Globalization;
using System.Text.RegularExpressions;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Api.Tests.Http;

/// <summary>No answer has more headers than a proxy with its usual buffers takes (nginx: 4,096 bytes), whatever is asked.</summary>
public partial class HeaderSizeTests(HeaderSizeTests.Content api) : IClassFixture<HeaderSizeTests.Content>
{
    private const int MostBytes = 3_500;
    private const int MostKeyBytes = 1_700;
    private const int MostLinkBytes = 900;

    // The longest that a request may name: links begin with it.
    private static readonly string Host = $"{new string('h', 249)}:65535";

    private readonly List<string> tooLarge = [];
    private int largest;

    [Fact]
    public async Task No_answer_has_more_than_3500_bytes_of_headers_whatever_is_asked_for()
    {
        var requests = await LargestRequests.Find(api.Services, async target => await Ask(target));
        foreach (var mistake in LargestRequests.Mistakes(api.Services))
            await Ask(mistake);
        // From memory, without a body, and as problems.
        foreach (var request in requests)
        {
            await Ask(request);
            await Ask(request, "HEAD");
            await Ask(request, "POST");
            await Ask(request, "OPTIONS");
            await Ask(request, "GET", "Accept: image/png\r\nAccept-Encoding: br");
            await Ask(request, "GET", "If-None-Match: *");
        }
        Assert.True(tooLarge.Count == 0, string.Join('\n', tooLarge.Distinct().Take(20)));
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{requests.Count} largest requests; at most {largest} bytes of headers")
        );
        // Otherwise it would say nothing.
        Assert.True(largest > MostKeyBytes + MostLinkBytes, $"only {largest} bytes");

        var walked = LargestRequests
            .Operations(api.Services)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'))
            .ToHashSet();
        var document = (await api.GetJson("/openapi/v1.json"))["paths"]!.AsObject().Select(path => path.Key);
        // The headers of a stream are always the same.
        Assert.Equal(["/v1/changes/stream"], document.Except(walked));
        foreach (var operation in walked)
        {
            var pattern = new Regex(
                "^"
                    + Regex
                        .Escape(operation)
                        .Replace("\\{slug}", "[^/?.]+", StringComparison.Ordinal)
                        .Replace("\\{name}", "[^/?]+", StringComparison.Ordinal)
                    + @"(\?|$)"
            );
            Assert.True(requests.Any(pattern.IsMatch), $"{operation} has no answer");
        }
    }

    private async Task<(int Status, string? Next)> Ask(string target, string method = "GET", string? headers = null)
    {
        var answer = await RawRequest.Head(
            api.Client.BaseAddress!,
            $"{method} {target} HTTP/1.1\r\nHost: {Host}\r\n{(headers is null ? "" : headers + "\r\n")}Connection: close\r\n\r\n",
            TestContext.Current.CancellationToken
        );
        var lines = answer.Split("\r\n");
        largest = Math.Max(largest, answer.Length);
        if (answer.Length > MostBytes)
            tooLarge.Add(
                $"{answer.Length} bytes: {method} {target}\n{string.Join('\n', lines.OrderByDescending(line => line.Length).Take(3))}"
            );
        if (ValueOf("Surrogate-Key")?.Length > MostKeyBytes)
            tooLarge.Add($"keys of {target}: {ValueOf("Surrogate-Key")}");
        if (ValueOf("Link")?.Length > MostLinkBytes)
            tooLarge.Add($"links of {target}: {ValueOf("Link")}");
        var next = Next().Match(ValueOf("Link") ?? "").Groups[1].Value;
        return (
            int.Parse(answer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture),
            next.Length == 0 ? null : new Uri(next).PathAndQuery
        );

        string? ValueOf(string name) =>
            lines.FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
    }

    [GeneratedRegex("<([^>]*)>; rel=\"next\"")]
    private static partial Regex Next();

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        // One more header, and the longest that it may be.
        protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Cache:SharedMaxAgeSeconds"] = "31536000";

        protected override async Task Seed()
        {
            await Import([.. LargestRequests.Content()]);
            await Import([.. LargestRequests.Withdrawals()]);
        }
    }
}

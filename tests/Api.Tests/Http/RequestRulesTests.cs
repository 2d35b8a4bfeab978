using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Api.Http.Errors;
using Api.Tests.Support;

namespace Api.Tests.Http;

public class RequestRulesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Members =
    [
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "code",
        "parameter",
        "allowed",
        "reason",
        "traceId",
    ];

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/articles")]
    [InlineData("/v1/articles?limit=0")]
    [InlineData("/v1/articles/no-such-article")]
    [InlineData("/nothing/here")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_is_open_to_every_origin(string path)
    {
        using var answer = await Send(HttpMethod.Get, path);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("X-Total-Count", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Equal("Accept-Encoding", Header(answer, "Vary"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
    }

    [Theory]
    [InlineData("/v1/topics/preflight-old", 301)]
    [InlineData("/v1/topics/preflight-gone", 410)]
    public async Task What_is_elsewhere_or_gone_is_open_to_every_origin_too(string path, int status)
    {
        await api.Import(
            Some.Topic(new { slug = "preflight-new", previousSlugs = new[] { "preflight-old" } }),
            Some.Topic(
                new
                {
                    slug = "preflight-gone",
                    publicationStatus = "retracted",
                    withdrawnAt = "2026-01-02T03:04:05Z",
                }
            )
        );
        using var answer = await Send(HttpMethod.Get, path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.StartsWith(
            "HTTP/1.1 204",
            await SendRaw($"OPTIONS {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/articles")]
    [InlineData("/v1/articles.rss")]
    [InlineData("/v1/articles?topics=china")]
    [InlineData("/v1/articles?topic=%FF")]
    [InlineData("/v1/articles/no-such-article")]
    [InlineData("/v1/changes")]
    [InlineData("/v1/snapshot")]
    [InlineData("/nothing/here")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/openapi/v1.formats.json")]
    [InlineData("/swagger/index.html")]
    [InlineData("/healthz")]
    public async Task A_preflight_allows_every_header_everywhere(string path)
    {
        foreach (var asked in new[] { "x-anything,content-type", "authorization", null })
        {
            var headers =
                $"Host: localhost\r\nOrigin: https://site.example\r\nAccess-Control-Request-Method: GET\r\n{(asked is null ? "" : $"Access-Control-Request-Headers: {asked}\r\n")}";
            var lines = (await SendRaw($"OPTIONS {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")).Split("\r\n");
            Assert.Equal("HTTP/1.1 204 No Content", lines[0]);
            // The same for everybody: an echo would need Vary.
            Assert.Equal(
                ["Access-Control-Allow-Headers: *"],
                lines.Where(line => line.StartsWith("Access-Control-Allow-Headers:", StringComparison.OrdinalIgnoreCase))
            );
            Assert.Contains("Access-Control-Allow-Origin: *", lines);
            Assert.Contains("Access-Control-Allow-Methods: GET, HEAD, OPTIONS", lines);
            Assert.Contains("Access-Control-Max-Age: 86400", lines);
            Assert.Contains("Vary: Accept-Encoding", lines);
        }
    }

    [Theory]
    [InlineData("/", null)]
    [InlineData("/v1/articles", null)]
    [InlineData("/v1/articles", "br")]
    [InlineData("/v1/articles?limit=0", null)]
    [InlineData("/nothing/here", null)]
    [InlineData("/openapi/v1.json", "gzip")]
    public async Task Head_has_the_headers_of_get_and_no_body(string path, string? coding)
    {
        // The first answer is made, the next ones come from memory, with an age; so what is compared is a HEAD between two equal GETs.
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var before = await Send(HttpMethod.Get, path, coding);
            using var head = await Send(HttpMethod.Head, path, coding);
            using var after = await Send(HttpMethod.Get, path, coding);
            Assert.Equal(before.StatusCode, head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            if (!Headers(before).SequenceEqual(Headers(after)))
                continue;
            Assert.Equal(before.StatusCode, after.StatusCode);
            Assert.Equal(Headers(before), Headers(head));
            return;
        }
        Assert.Fail("No two GETs in a row had the same headers.");
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Answers_are_compressed_for_whoever_asks(string coding)
    {
        using var answer = await Send(HttpMethod.Get, "/openapi/v1.json", coding);
        Assert.Equal([coding], answer.Content.Headers.ContentEncoding);
        using var plain = await Send(HttpMethod.Get, "/openapi/v1.json");
        Assert.Empty(plain.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("GET", "/nothing/here", 404, "unknown-route")]
    [InlineData("GET", "/v1/articles/no-such-article", 404, "not-found")]
    [InlineData("GET", "/v1/articles/no.such", 404, "not-found")]
    [InlineData("GET", "/v1/articles/%27%3B%20drop%20table%20content.articles%3B--", 404, "not-found")]
    [InlineData("GET", "/v1/articles/%ff", 404, "not-found")]
    [InlineData("GET", "/v1/articles/a%0Ab", 404, "unknown-route")]
    [InlineData("GET", "/v1/articles/a%EF%BF%BE", 404, "unknown-route")]
    [InlineData("POST", "/v1/articles", 405, "method-not-allowed")]
    [InlineData("DELETE", "/", 405, "method-not-allowed")]
    [InlineData("GET", "/v1/articles?topics=china", 400, "unknown-parameter")]
    public async Task Every_error_is_a_problem_document(string method, string path, int status, string code)
    {
        using var answer = await Send(new HttpMethod(method), path);
        var problem = await ReadProblem(answer, status, code);
        Assert.StartsWith(api.Client.BaseAddress + "problems/", problem["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(32, problem["traceId"]!.GetValue<string>().Length);
        if (status == 405)
            Assert.Equal(["GET", "HEAD", "OPTIONS"], answer.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task An_overlong_slug_is_not_found()
    {
        using var answer = await Send(HttpMethod.Get, "/v1/articles/" + new string('a', 3_000));
        await ReadProblem(answer, 404, "not-found");
    }

    [Fact]
    public async Task An_overlong_address_is_a_problem()
    {
        using var answer = await Send(HttpMethod.Get, "/v1/articles?topic=" + new string('a', 9_000));
        await ReadProblem(answer, 414, "uri-too-long");
    }

    [Fact]
    public async Task Overlarge_headers_are_a_problem()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/articles", UriKind.Relative));
        request.Headers.Add("X-Much", new string('a', 40_000));
        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        await ReadProblem(answer, 431, "headers-too-large");
    }

    [Fact]
    public async Task Who_excludes_json_is_told_where_it_is()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/articles?limit=3", UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/rss+xml"));
        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = await ReadProblem(answer, 406, "not-acceptable");
        var allowed = problem["allowed"]!.AsArray().Select(url => url!.GetValue<string>()).ToList();
        Assert.Equal(api.Client.BaseAddress + "v1/articles.json?limit=3", allowed[0]);
        Assert.Contains(api.Client.BaseAddress + "v1/articles.csv?limit=3", allowed);
    }

    [Theory]
    [InlineData("/v1/articles.json")]
    [InlineData("/v1/articles/")]
    [InlineData("/V1/Articles")]
    public async Task Other_spellings_of_an_address_answer_with_links_of_the_one(string path)
    {
        var page = await api.GetJson(path);
        Assert.Equal(api.Client.BaseAddress + "v1/articles", page["links"]!["self"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_body_on_get_is_ignored()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/articles", UriKind.Relative))
        {
            Content = new StringContent("{\"limit\":0}"),
        };
        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\"b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET /v1/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /v1/articles?topic=\u00e9 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task What_is_not_http_is_a_bad_request(string raw) =>
        Assert.StartsWith("HTTP/1.1 400", await SendRaw(raw), StringComparison.Ordinal);

    [Theory]
    [InlineData("evil.example,good.example")]
    [InlineData("user@evil.example")]
    public async Task A_host_that_is_none_gets_no_links(string host)
    {
        var answer = await SendRaw($"GET /v1/articles HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forwarded_headers_of_strangers_are_ignored()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/articles", UriKind.Relative));
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(
            "evil.example",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Every_code_has_its_page()
    {
        foreach (var kind in ProblemKind.All)
        {
            using var answer = await Send(HttpMethod.Get, $"/problems/{kind.Code}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Contains(
                WebUtility.HtmlEncode(kind.Title),
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Every_link_of_the_home_page_answers()
    {
        using var home = await Send(HttpMethod.Get, "/");
        var html = await home.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var links = html.Split("<a href=\"")
            .Skip(1)
            .Select(part => WebUtility.HtmlDecode(part[..part.IndexOf('"', StringComparison.Ordinal)]))
            .Where(link => link.StartsWith('/'))
            .ToList();
        Assert.Contains("/v1/articles", links);
        foreach (var link in links)
        {
            using var answer = await Send(HttpMethod.Get, link);
            Assert.True((int)answer.StatusCode < 400, $"{link} answered {(int)answer.StatusCode}");
        }
    }

    private static async Task<JsonNode> ReadProblem(HttpResponseMessage answer, int status, string code)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(code, problem["code"]!.GetValue<string>());
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.Equal(Members, problem.AsObject().Select(member => member.Key));
        return problem;
    }

    private Task<HttpResponseMessage> Send(HttpMethod method, string path, string? coding = null)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (coding is not null)
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(coding));
        return api.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<string> SendRaw(string raw)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(api.Client.BaseAddress!.Host, api.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(raw), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    // Transfer-Encoding belongs to the body, and HEAD has none (RFC 9112 §6.1).
    private static string[] Headers(HttpResponseMessage answer) =>
        [
            .. answer
                .Headers.Concat(answer.Content.Headers)
                .Where(header => header.Key is not ("Date" or "Transfer-Encoding"))
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
                .Order(),
        ];
}

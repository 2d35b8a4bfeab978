using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Api.Data;
using Api.Http.Signing;
using Api.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.Builder;

namespace Api.Tests.Hooks;

public class HookTests(HookTests.Fixture api) : IClassFixture<HookTests.Fixture>
{
    // Of Standard Webhooks' own description.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Body = """{"test": 2432232314}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_signature_is_that_of_the_standard() =>
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            HmacKey.Parse(Secret)!.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", Encoding.UTF8.GetBytes(Body))
        );

    [Fact]
    public async Task A_signed_call_wakes_and_is_accepted_without_a_body()
    {
        await Forget();
        using var answer = await Send(Signed());
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.NotNull(await Wakes.Last(api.Database, Wakes.WordPress, Cancel));
    }

    [Fact]
    public async Task A_replay_wakes_once_more_after_two_seconds_however_often_it_comes()
    {
        await Forget();
        for (var i = 0; i < 20; i++)
        {
            using var request = Signed();
            using var answer = await Send(request);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        Assert.InRange(
            await connection.ExecuteScalarAsync<double>("select extract(epoch from at - clock_timestamp()) from content.wakes"),
            -30,
            2
        );
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from content.wakes"));
    }

    [Fact]
    public async Task One_of_several_signatures_is_enough()
    {
        using var answer = await Send(Signed(change: signature => $"v1a,AAAA v1,AAAA {signature}"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Theory]
    [InlineData(-301)]
    // A call on its way for a second is one second less ahead.
    [InlineData(310)]
    public async Task A_call_more_than_five_minutes_off_is_refused(int seconds) => await Refuses(Signed(seconds: seconds));

    [Theory]
    [InlineData(-290)]
    [InlineData(290)]
    public async Task A_clock_may_be_some_minutes_off(int seconds)
    {
        using var answer = await Send(Signed(seconds: seconds));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task Another_secret_body_or_id_and_a_missing_header_are_refused()
    {
        await Refuses(Signed(secret: HmacKey.New().Secret));
        await Refuses(Signed(change: signature => $"{signature[..3]}{(signature[3] == 'A' ? 'B' : 'A')}{signature[4..]}"));
        await Refuses(Signed(change: _ => "v1,"));
        await Refuses(Signed(change: _ => new string('v', 2_000)));
        var body = Signed();
        body.Content = new StringContent("other");
        await Refuses(body);
        foreach (var header in new[] { "webhook-id", "webhook-timestamp", "webhook-signature" })
        {
            var without = Signed();
            without.Headers.Remove(header);
            await Refuses(without);
            var twice = Signed();
            twice.Headers.Add(header, "1");
            await Refuses(twice);
        }
        var other = Signed();
        other.Headers.Remove("webhook-id");
        other.Headers.Add("webhook-id", "another");
        await Refuses(other);
    }

    [Fact]
    public async Task A_body_of_16_KB_is_read_and_a_longer_one_is_not()
    {
        using (var answer = await Send(Signed(body: new string('x', 16 * 1024))))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        // Who asks first need not send it.
        var longer = Signed(body: new string('x', 16 * 1024 + 1));
        longer.Headers.ExpectContinue = true;
        using (var answer = await Send(longer))
            await IsProblem(answer, HttpStatusCode.RequestEntityTooLarge, "content-too-large");
    }

    [Theory]
    [InlineData("Content-Length: 1000000000", "xxxx")]
    [InlineData("Transfer-Encoding: chunked", "chunk")]
    public async Task A_body_that_never_ends_is_not_waited_for(string length, string body)
    {
        using var signed = Signed();
        var headers = string.Concat(signed.Headers.Select(header => $"{header.Key}: {header.Value.Single()}\r\n"));
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(api.Client.BaseAddress!.Host, api.Client.BaseAddress.Port, Cancel);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /hooks/wordpress HTTP/1.1\r\nHost: {api.Client.BaseAddress.Authority}\r\n{headers}{length}\r\n\r\n{(body == "chunk" ? $"4001\r\n{new string('x', 0x4001)}\r\n" : body)}"
            ),
            Cancel
        );
        using var reader = new StreamReader(stream);
        Assert.StartsWith(
            "HTTP/1.1 413 ",
            await reader.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancel),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_told_the_one_there_is(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/hooks/wordpress");
        request.Headers.Add("Origin", "https://elsewhere.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await Send(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_documents_do_not_name_it()
    {
        foreach (var document in new[] { "/openapi/v1.json", "/openapi/v1.formats.json" })
            Assert.DoesNotContain(
                "hooks",
                await api.Client.GetStringAsync(new Uri(document, UriKind.Relative), Cancel),
                StringComparison.OrdinalIgnoreCase
            );
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_!")]
    public void What_is_no_secret_is_not_taken_for_one(string text) => Assert.Null(HmacKey.Parse(text));

    private static HttpRequestMessage Signed(
        string body = Body,
        int seconds = 0,
        string secret = Secret,
        Func<string, string>? change = null
    )
    {
        var timestamp = TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HmacKey.Parse(secret)!.Sign("msg_1", timestamp, Encoding.UTF8.GetBytes(body));
        var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/wordpress")
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("webhook-id", "msg_1");
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", change?.Invoke(signature) ?? signature);
        return request;
    }

    private Task<HttpResponseMessage> Send(HttpRequestMessage request) => api.Client.SendAsync(request, Cancel);

    private async Task Refuses(HttpRequestMessage request)
    {
        await Forget();
        using (request)
        using (var answer = await Send(request))
            await IsProblem(answer, HttpStatusCode.Unauthorized, "invalid-signature");
        Assert.Null(await Wakes.Last(api.Database, Wakes.WordPress, Cancel));
    }

    private static async Task IsProblem(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"\"code\":\"{code}\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private Task Forget() => api.Execute("delete from content.wakes");

    public sealed class Fixture(TestServer server) : ApiFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Follow:HookSecret"] = Secret;
    }
}

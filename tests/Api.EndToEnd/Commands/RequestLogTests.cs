using System.Text.Json;
using Api.Tests.Support;

namespace Api.EndToEnd.Commands;

public class RequestLogTests(TestServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_one_line_of_JSON_without_the_values_of_its_query()
    {
        var connections = await server.Clone();
        using (
            var api = ApiProcess.Start(
                ["serve"],
                ("ConnectionStrings__Content", connections.Content),
                ("urls", "http://127.0.0.1:0"),
                ("ASPNETCORE_ENVIRONMENT", "Production"),
                ("DOTNET_ENVIRONMENT", "Production")
            )
        )
        {
            using (var client = new HttpClient { BaseAddress = await api.Listening(Cancel) })
            using (await client.GetAsync(new Uri("/v1/articles?topic=secret-topic&nonsense=secret-value", UriKind.Relative), Cancel))
            using (await client.GetAsync(new Uri("/v1/topics/secret-topic", UriKind.Relative), Cancel)) { }
            api.Terminate();
            Assert.Equal(0, await api.Exit(Cancel));

            Assert.DoesNotContain("secret", api.Output + api.Errors, StringComparison.Ordinal);
            var lines = api
                .Output.Split('\n')
                .Where(line => line.StartsWith('{'))
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Where(line => line.TryGetProperty("Route", out _))
                .ToList();
            Assert.Equal(2, lines.Count);
            var second = lines[1];
            Assert.Equal("GET", second.GetProperty("RequestMethod").GetString());
            Assert.StartsWith("/v1/topics", second.GetProperty("Route").GetString(), StringComparison.Ordinal);
            Assert.Equal(404, second.GetProperty("StatusCode").GetInt32());
            Assert.True(second.GetProperty("Elapsed").GetDouble() > 0);
            Assert.Equal(2, second.GetProperty("RoundTrips").GetInt32());
            Assert.Matches("^[0-9a-f]{32}$", second.GetProperty("TraceId").GetString());
            Assert.Equal(400, lines[0].GetProperty("StatusCode").GetInt32());
            Assert.StartsWith("/v1/articles", lines[0].GetProperty("Route").GetString(), StringComparison.Ordinal);
        }
        await server.Drop(connections);
    }
}

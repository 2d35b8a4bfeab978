using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Http;

public class UnavailableTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_database_that_takes_too_long_is_a_503_that_says_when_to_come_back()
    {
        await using var connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var blocking = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "lock table content.experts in access exclusive mode";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using var answer = await api.Client.GetAsync(new Uri("/v1/experts", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.InRange(int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 60);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("service-unavailable", problem["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_home_page_then_has_its_form_without_values()
    {
        await using var connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var blocking = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "lock table content.experts in access exclusive mode";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using var answer = await api.Client.GetAsync(new Uri("/?list=experts", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<input type=\"text\" name=\"kind\"", html, StringComparison.Ordinal);
        Assert.Contains("</html>", html, StringComparison.Ordinal);
    }
}

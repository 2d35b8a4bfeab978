using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Api.Data;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Api.Tests;

/// <summary>
/// The tour of the README is what the demo content answers; with <c>RECORD=1</c> its answers are written anew.
/// </summary>
/// <remarks>
/// In <c>console</c> blocks a line that begins with <c>$</c> is a command, and the lines up to the next are its answer. Commands are of the form
/// <c>curl -s 'URL'</c>, with <c>| head -c BYTES</c> behind it or <c>-o /dev/null -w '%{http_code} %{redirect_url}\n'</c> before the URL: nothing else of
/// the shell is understood. Of an answer only <c>traceId</c> may differ; cursors do not, as the clock stands still.
/// </remarks>
public sealed partial class ReadmeTests(ReadmeTests.Local api) : IClassFixture<ReadmeTests.Local>
{
    private const string Address = "http://localhost:5080";

    private static readonly string Readme = Path.Combine(Checkout.Find(AppContext.BaseDirectory), "README.md");

    [Fact]
    public async Task The_answers_of_the_tour_are_those_that_are_printed()
    {
        var written = await File.ReadAllTextAsync(Readme, TestContext.Current.CancellationToken);
        var answered = await Ask(written);
        if (Environment.GetEnvironmentVariable("RECORD") == "1")
            await File.WriteAllTextAsync(Readme, answered, TestContext.Current.CancellationToken);
        else
            Assert.Equal(TraceId().Replace(written, "traceId"), TraceId().Replace(answered, "traceId"));
        Assert.InRange(written.Split('\n').Count(line => line.StartsWith("$ curl ", StringComparison.Ordinal)), 10, 20);
    }

    // The text with the answers of now in place of those that are there.
    private async Task<string> Ask(string text)
    {
        var lines = new List<string>();
        var inside = false;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = line == "```console";
            else if (inside && !line.StartsWith("$ ", StringComparison.Ordinal))
                continue;
            lines.Add(line);
            if (inside && line.StartsWith("$ ", StringComparison.Ordinal))
                lines.Add((await Run(line[2..])).TrimEnd('\n'));
        }
        return string.Join('\n', lines);
    }

    private async Task<string> Run(string command)
    {
        var parts = Command().Match(command);
        Assert.True(parts.Success, $"The test does not understand: {command}");
        using var answer = await api.Client.GetAsync(new Uri(parts.Groups["path"].Value, UriKind.Relative), TestContext.Current.CancellationToken);
        if (parts.Groups["status"].Success)
            return $"{(int)answer.StatusCode} {answer.Headers.Location?.OriginalString}";
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var shown = parts.Groups["bytes"].Success ? Math.Min(body.Length, int.Parse(parts.Groups["bytes"].Value, CultureInfo.InvariantCulture)) : body.Length;
        return Encoding.UTF8.GetString(body, 0, shown);
    }

    [GeneratedRegex(@"^curl -s(?<status> -o /dev/null -w '%\{http_code\} %\{redirect_url\}\\n')? 'http://localhost:5080(?<path>/[^']*)'( \| head -c (?<bytes>\d+))?$")]
    private static partial Regex Command();

    [GeneratedRegex("\"traceId\":\"[0-9a-f]{32}\"")]
    private static partial Regex TraceId();

    /// <summary>The demo content where <c>dotnet run</c> serves it.</summary>
    public sealed class Local(TestServer server) : DemoFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Configuration["Api:PublicUrl"] = Address;
        }
    }
}

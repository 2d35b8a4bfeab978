using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Data;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Api.Tests;

/// <summary>
/// The answers in README.md and docs/tour.md are those of the demo content; with <c>RECORD=1</c> they are written anew.
/// </summary>
/// <remarks>
/// In <c>console</c> blocks a line that begins with <c>$</c> is a command, and the lines up to the next are its answer. Commands are of the
/// form <c>curl -s 'URL'</c>, with <c>-o /dev/null -w '%{http_code} %{redirect_url}\n'</c> before the URL, or with <c>| jq .</c>, <c>| jq
/// .a.b</c> and <c>| head -n LINES</c> behind it: nothing else of the shell is understood. Of an answer only <c>traceId</c> may differ.
/// </remarks>
public sealed partial class ReadmeTests(ReadmeTests.Local api) : IClassFixture<ReadmeTests.Local>
{
    private const string Address = "http://localhost:5080";

    private static readonly string Root = Checkout.Find(AppContext.BaseDirectory);
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Theory]
    [InlineData("README.md", 1, 3)]
    [InlineData("docs/tour.md", 15, 30)]
    public async Task The_answers_are_those_that_are_printed(string file, int least, int most)
    {
        var path = Path.Combine(Root, file);
        var written = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var answered = await Ask(written);
        if (Recorded.Recording)
            await File.WriteAllTextAsync(path, answered, TestContext.Current.CancellationToken);
        else
            Assert.Equal(TraceId().Replace(written, "traceId"), TraceId().Replace(answered, "traceId"));
        Assert.InRange(written.Split('\n').Count(line => line.StartsWith("$ curl ", StringComparison.Ordinal)), least, most);
    }

    [Fact]
    public async Task Each_request_of_the_readme_has_an_answer_of_the_status_it_says()
    {
        var requests = Request()
            .Matches(await File.ReadAllTextAsync(Path.Combine(Root, "README.md"), TestContext.Current.CancellationToken));
        Assert.InRange(requests.Count, 10, 25);
        foreach (Match request in requests)
        {
            var address = request.Groups["address"].Value;
            using var answer = await Get(address);
            Assert.True(
                request.Groups["status"].Value == ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture),
                $"{address} answers {(int)answer.StatusCode}"
            );
            if (answer.StatusCode != HttpStatusCode.OK)
                continue;
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(body.Length > 0, $"{address} answers nothing");
            if (
                answer.Content.Headers.ContentType!.MediaType != "application/json"
                || address.Contains("limit=0", StringComparison.Ordinal)
            )
                continue;
            Assert.True(JsonNode.Parse(body)!["data"] is JsonObject or JsonArray { Count: > 0 }, $"{address} shows nothing");
        }
    }

    [Fact]
    public async Task Links_between_the_documents_lead_to_files_and_headings()
    {
        var files = new[] { "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/Api.Benchmarks/README.md" }
            .Select(file => Path.Combine(Root, file))
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories));
        var broken = new List<string>();
        foreach (var file in files)
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            foreach (Match link in Link().Matches(Code().Replace(text, "")))
            {
                var target = link.Groups["path"].Value is { Length: > 0 } path
                    ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path))
                    : file;
                var leads = File.Exists(target)
                    ? link.Groups["heading"].Value is not { Length: > 0 } heading || Headings(target).Contains(heading)
                    : Directory.Exists(target);
                if (!leads)
                    broken.Add($"{Path.GetRelativePath(Root, file)}: {link.Value}");
            }
        }
        Assert.Empty(broken);
    }

    // The anchors that GitHub gives to headings.
    private static HashSet<string> Headings(string file) =>
        [
            .. File.ReadLines(file)
                .Where(line => line.StartsWith('#'))
                .Select(line => NoAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')),
        ];

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
        using var answer = await Get(parts.Groups["path"].Value);
        if (parts.Groups["status"].Success)
            return $"{(int)answer.StatusCode} {answer.Headers.Location?.OriginalString}";
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (parts.Groups["filter"].Success)
            body = Select(body, parts.Groups["filter"].Value);
        return parts.Groups["lines"].Success
            ? string.Join('\n', body.Split('\n').Take(int.Parse(parts.Groups["lines"].Value, CultureInfo.InvariantCulture)))
            : body;
    }

    // What jq prints of a filter such as . or .data.links
    private static string Select(string json, string filter) =>
        filter
            .Split('.', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(JsonNode.Parse(json), (node, name) => node?[name])
            ?.ToJsonString(Readable)
        ?? throw new InvalidOperationException($"There is no {filter} in {json}");

    private Task<HttpResponseMessage> Get(string path) =>
        api.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    [GeneratedRegex(
        @"^curl -s(?<status> -o /dev/null -w '%\{http_code\} %\{redirect_url\}\\n')? 'http://localhost:5080(?<path>/[^']*)'( \| jq (?<filter>\.[a-zA-Z.]*))?( \| head -n (?<lines>\d+))?$"
    )]
    private static partial Regex Command();

    // A row of the table of requests.
    [GeneratedRegex(@"^\| `(?<address>/[^`]*)` \| (?<status>\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Request();

    // In Markdown, and in the picture of ARCHITECTURE.md.
    [GeneratedRegex("""(\]\(|<a href=")(?!https?:)(?<path>[^)#"\s]*)(#(?<heading>[^)"]*))?[)"]""")]
    private static partial Regex Link();

    // Its links are examples.
    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("\"traceId\": ?\"[0-9a-f]{32}\"")]
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

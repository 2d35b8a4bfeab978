using System.Net;
using System.Text.Json.Nodes;
using Api.Collation;
using Api.Http.Json;
using Api.Http.Keys;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Tests.Support;
using CsCheck;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Http;

/// <summary>Every parameter of every endpoint, as the running API declares them: a new endpoint is tested by being there.</summary>
public class BadInputTests(BadInputTests.Keyed api) : IClassFixture<BadInputTests.Keyed>
{
    private static readonly string[] Fragments =
    [
        "'",
        "';drop table content.articles;--",
        "\" or 1=1",
        "a') union select 1--",
        "\\",
        "%",
        "_",
        "*",
        "$1",
        "{0}",
        "<script>",
        "../../etc/passwd",
        "a\u202eb",
        "\ufeff",
        "😀",
    ];

    [Fact]
    public async Task A_value_of_the_wrong_form_is_a_problem_that_names_the_parameter()
    {
        foreach (var (start, parameter) in Declared())
        {
            foreach (var value in Wrong(parameter))
                await Refused($"{start}{parameter.Name}={value}", parameter);
        }
    }

    [Fact]
    public async Task A_repeated_parameter_is_a_problem_that_names_it()
    {
        foreach (var (start, parameter) in Declared())
            await Refused(
                $"{start}{parameter.Name}={Right(parameter)}&{parameter.Name}={Right(parameter)}",
                parameter,
                "repeated-parameter"
            );
    }

    [Fact]
    public async Task A_list_in_brackets_is_told_the_comma_everywhere()
    {
        foreach (var (start, parameter) in Declared().Where(declared => declared.Parameter.IsList))
        {
            foreach (
                var name in new[] { $"{parameter.Name}[]", $"{parameter.Name}[0]", $"{parameter.Name}%5B%5D", $"filter[{parameter.Name}]" }
            )
            {
                var problem = await Problem($"{start}{name}={Right(parameter)}");
                Assert.Equal(
                    ("unknown-parameter", Uri.UnescapeDataString(name)),
                    (problem["code"]!.GetValue<string>(), problem["parameter"]!.GetValue<string>())
                );
                Assert.Contains($"{parameter.Name}=a,b", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task An_unknown_parameter_is_a_problem_everywhere()
    {
        foreach (var endpoint in Endpoints())
        {
            var problem = await Problem($"{Path(endpoint)}?no-such-thing=1");
            Assert.Equal("unknown-parameter", problem["code"]!.GetValue<string>());
            Assert.Equal(
                Parameters(endpoint).Select(parameter => parameter.Name),
                problem["allowed"]!.AsArray().Select(name => name!.GetValue<string>())
            );
        }
    }

    [Fact]
    public async Task A_key_in_an_address_is_told_and_repeated_nowhere()
    {
        var key = ApiKey.New().Text;
        var encoded = key.Replace("_", "%5F", StringComparison.Ordinal);
        foreach (var (start, parameter) in Declared())
        {
            foreach (var pair in new[] { $"{parameter.Name}={key}", $"{parameter.Name}=a,{encoded}", $"key={key}", $"{key}=1" })
                await Told($"{start}{pair}");
        }
        // Parameters that trackers append are ignored otherwise.
        foreach (var pair in new[] { $"utm_source={key}", $"gclid={encoded}", $"utm_{key}=1" })
            await Told($"/v1/articles?{pair}");
        foreach (var endpoint in Endpoints().Where(endpoint => endpoint.RoutePattern.Parameters.Count > 0))
            await Hidden(Path(endpoint, key));
        foreach (var path in new[] { $"/{key}", $"/v1/articles/{encoded}", $"/v1/articles?{key}", $"/problems/{key}" })
            await Hidden(path);
        using var page = new HttpRequestMessage(HttpMethod.Get, $"/v1/articles/{key}");
        page.Headers.Accept.ParseAdd("text/html");
        await Hidden(page);

        async Task Told(string path)
        {
            var problem = JsonNode.Parse(await Hidden(path))!;
            Assert.Equal("unknown-parameter", problem["code"]!.GetValue<string>());
            Assert.Contains("Authorization", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        async Task<string> Hidden(object asked)
        {
            using var request = asked as HttpRequestMessage ?? new HttpRequestMessage(HttpMethod.Get, (string)asked);
            using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.InRange((int)answer.StatusCode, 400, 499);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            foreach (var shown in new[] { text, answer.Headers.ToString(), answer.Content.Headers.ToString() })
            {
                Assert.DoesNotContain(key[13..], shown, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(encoded[15..], shown, StringComparison.OrdinalIgnoreCase);
            }
            return text;
        }
    }

    [Fact]
    public async Task A_missing_parameter_is_a_problem_that_names_it()
    {
        foreach (var endpoint in Endpoints())
        {
            foreach (var parameter in Parameters(endpoint).Where(parameter => parameter.Required))
                await Refused(Path(endpoint), parameter, "missing-parameter");
        }
    }

    [Fact]
    public async Task What_looks_like_code_is_a_value_like_any_other()
    {
        foreach (var (start, parameter) in Declared())
        {
            foreach (var fragment in Fragments)
                await NoFailure($"{start}{parameter.Name}={Uri.EscapeDataString(fragment)}");
        }
        foreach (var endpoint in Endpoints().Where(endpoint => endpoint.RoutePattern.Parameters.Count > 0))
        {
            foreach (var fragment in Fragments)
                await NoFailure(Path(endpoint, fragment));
        }
    }

    [Fact]
    public async Task A_forged_cursor_never_fails()
    {
        long[] numbers = [long.MinValue, -1, 0, 1, int.MaxValue, long.MaxValue];
        string?[] texts = [null, "", "a", "\uffff", new string('z', 900)];
        foreach (var endpoint in Endpoints().Where(endpoint => Parameters(endpoint).Contains(ListParameters.Cursor)))
        {
            var path = Path(endpoint);
            var sort = Parameters(endpoint).FirstOrDefault(parameter => parameter.Name == "sort");
            foreach (var order in sort?.Allowed ?? [""])
            {
                var filters = Parameters(endpoint)
                    .Where(parameter => parameter.Required)
                    .Select(parameter => $"\n{parameter.Name}={Right(parameter)}");
                var binding = Cursor.Bind(path + string.Concat(filters), order, api.Services.GetRequiredService<TitleOrder>().Mark);
                foreach (var number in numbers)
                {
                    foreach (var text in texts)
                    {
                        foreach (var backward in new[] { false, true })
                        {
                            var cursor = new Cursor(new Position(number, text, Guid.Empty), backward, DateTime.MaxValue).Write(binding);
                            await NoFailure(
                                $"{Start(endpoint, ListParameters.Cursor)}{(sort is null ? "" : $"sort={order}&")}cursor={cursor}"
                            );
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        foreach (var endpoint in Endpoints().Where(endpoint => Parameters(endpoint).Contains(ListParameters.Cursor)))
        {
            var cursor = new Cursor(default, false, DateTime.UnixEpoch).Write(Cursor.Bind("/v1/elsewhere", "", ""));
            await Refused($"{Start(endpoint, ListParameters.Cursor)}cursor={cursor}", ListParameters.Cursor, "foreign-cursor");
        }
    }

    [Fact]
    public async Task Any_text_at_all_gets_an_answer_or_a_problem()
    {
        var declared = Declared().ToList();
        await Gen.Select(Gen.Int[0, declared.Count - 1], Gen.String[0, 60])
            .SampleAsync(
                async (at, text) =>
                {
                    // Half a surrogate pair cannot be sent by this client.
                    if (text.Any(char.IsSurrogate))
                        return;
                    await NoFailure($"{declared[at].Start}{declared[at].Parameter.Name}={Uri.EscapeDataString(text)}");
                },
                iter: 500,
                threads: 2
            );
    }

    /// <summary>Values, encoded, that the parameter can never take.</summary>
    private static IEnumerable<string> Wrong(Parameter parameter)
    {
        string[] always =
        [
            "",
            "%20",
            "%00",
            "a%00b",
            "%FF",
            "%C3",
            "%ED%A0%80",
            "%EF%BF%BE",
            "a%EF%BF%BF",
            "%",
            "%zz",
            "a%0D%0Ab",
            "%7F",
            new string('a', 4_001),
        ];
        string[] own = parameter.Kind switch
        {
            ParameterKind.Number =>
            [
                "abc",
                "1.5",
                "1e3",
                "+1",
                "0x10",
                "-1",
                $"{parameter.Min - 1}",
                "99999999999999999999",
                "-99999999999999999999",
                "%D9%A1",
            ],
            ParameterKind.Year => ["0", "999", "10000", "-2024", "MMXX", "2024-01"],
            ParameterKind.Flag => ["yes", "1", "TRUE", "null"],
            ParameterKind.Date =>
            [
                "2024-02-30",
                "2024-00-10",
                "0000-01-01",
                "99999-01-01",
                "2024",
                "2024-01-01T10:00",
                "2024-01-01T10:00:00",
                "2024-01-01T10:00:00+02:00",
                "2024-01-01T24:01:00Z",
                "-1",
                "infinity",
                "today",
            ],
            ParameterKind.Instant => ["2024-02-29", "2024-02-30T10:00:00Z", "2024-01-01T10:00:00", "2024-01-01T10:00:00+02:00", "now", "0"],
            ParameterKind.Language => ["e_n", "-", "en-", "abcdefghi", "*", "en,fr"],
            ParameterKind.Choice or ParameterKind.Choices => ["nothing-like-this", parameter.Allowed[0].ToUpperInvariant() + "x"],
            ParameterKind.Search => ["-only", "a%20OR%20-b", string.Join("+", Enumerable.Repeat("a", 17))],
            ParameterKind.Fields => ["nothing", "slug.x", ".", "a..b"],
            ParameterKind.Cursor => ["abc", "AAAA", "..", "AQAA%3D", "%C3%A9"],
            _ => [],
        };
        var lists = parameter.IsList ? new[] { ",", "a,,b", ",a" } : [];
        return [.. always, .. own, .. lists];
    }

    private static string Right(Parameter parameter) =>
        parameter.Kind switch
        {
            ParameterKind.Number => $"{parameter.Min}",
            ParameterKind.Year => "2024",
            ParameterKind.Date => "2024-02-29",
            ParameterKind.Instant => "2024-02-29T13:00:00Z",
            ParameterKind.Fields => FieldSelection.NamesOf(parameter.Contract!).First(),
            ParameterKind.Language => "en",
            _ => parameter.Allowed.Count > 0 ? parameter.Allowed[0] : "a",
        };

    private async Task Refused(string address, Parameter parameter, string? code = null)
    {
        var problem = await Problem(address);
        Assert.True(problem["parameter"]?.GetValue<string>() == parameter.Name, $"{address}: {problem}");
        if (code is not null)
            Assert.Equal(code, problem["code"]!.GetValue<string>());
        if (parameter.Allowed.Count > 0)
            Assert.NotEmpty(problem["allowed"]!.AsArray());
    }

    private async Task<JsonNode> Problem(string address)
    {
        var (status, body) = await Ask(address);
        Assert.True(status == HttpStatusCode.BadRequest, $"{address} answered {(int)status}: {body}");
        return JsonNode.Parse(body)!;
    }

    private async Task NoFailure(string address)
    {
        var (status, body) = await Ask(address);
        Assert.True((int)status < 500, $"{address} answered {(int)status}: {body}");
        if ((int)status >= 400)
            Assert.NotNull(JsonNode.Parse(body)!["code"]);
    }

    private async Task<(HttpStatusCode Status, string Body)> Ask(string address)
    {
        // As it is: a Uri otherwise mends a lone percent sign.
        var uri = new Uri(
            $"{api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}{address}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        // What needs one has it: every second one of the scope that sees less.
        if (KeyFor(address) is { } key)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var answer = await api.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        // A stream has no end.
        return answer.Content.Headers.ContentType?.MediaType == Format.EventStream.MediaType
            ? (answer.StatusCode, "")
            : (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private string? KeyFor(string address) =>
        !address.Contains("preview=", StringComparison.Ordinal) && !address.Contains("at=", StringComparison.Ordinal) ? null
        : address.Length % 2 == 0 ? api.Early
        : api.Preview;

    private IEnumerable<(string Start, Parameter Parameter)> Declared() =>
        Endpoints().SelectMany(endpoint => Parameters(endpoint).Select(parameter => (Start(endpoint, parameter), parameter)));

    // The address with what is required beside a parameter, up to where that is to follow.
    private static string Start(RouteEndpoint endpoint, Parameter beside) =>
        $"{Path(endpoint)}?"
        + string.Concat(
            Parameters(endpoint)
                .Where(parameter => parameter.Required && parameter != beside)
                .Select(parameter => $"{parameter.Name}={Right(parameter)}&")
        );

    private List<RouteEndpoint> Endpoints()
    {
        var endpoints = api
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<AnswerShape>() is not null)
            .ToList();
        Assert.NotEmpty(endpoints);
        return endpoints;
    }

    private static IReadOnlyList<Parameter> Parameters(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ParameterSet>()?.Parameters ?? [];

    private static string Path(RouteEndpoint endpoint, string slug = "no-such-slug") =>
        "/"
        + string.Join(
            '/',
            endpoint.RoutePattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal
                            ? literal.Content
                            : Uri.EscapeDataString(slug)
                    )
                )
            )
        );

    /// <summary>An API with a key of each scope.</summary>
    public class Keyed(TestServer server) : ApiFixture(server)
    {
        public string Preview { get; private set; } = "";

        public string Early { get; private set; } = "";

        protected override async Task Seed()
        {
            await Import(Some.Topic(new { slug = "quiet" }));
            (Preview, Early) = (await SomeKey.Preview(ContentDatabase), await SomeKey.Early(ContentDatabase, "quiet"));
        }
    }
}

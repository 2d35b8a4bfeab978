using Api.Http.Parameters;
using Api.Http.Site;
using static Api.Http.Pages.HtmlPage;

namespace Api.Http.Pages;

/// <summary>The form for requests to a list, with the address that it makes, as a link and as code.</summary>
internal static class RequestBuilder
{
    // {address} is replaced, here and by the script. An address has neither quotes nor backslashes, as these are percent-encoded.
    private const string Curl = "curl '{address}'";

    private static readonly (string Name, string OfJson, string OfText)[] Languages =
    [
        ("curl", Curl, Curl),
        (
            "JavaScript",
            """
            const response = await fetch("{address}");
            const answer = await response.json();
            console.log(answer.data);
            """,
            """
            const response = await fetch("{address}");
            console.log(await response.text());
            """
        ),
        (
            "C#",
            """
            using System.Net.Http.Json;
            using System.Text.Json;

            using var http = new HttpClient();
            var answer = await http.GetFromJsonAsync<JsonElement>("{address}");
            Console.WriteLine(answer.GetProperty("data"));
            """,
            """
            using var http = new HttpClient();
            Console.WriteLine(await http.GetStringAsync("{address}"));
            """
        ),
    ];

    /// <summary>HTML of the place where the script shows answers.</summary>
    public const string Answer = """
        <section id="answer" aria-labelledby="answered" tabindex="-1" hidden>
        <h2 id="answered">Answer</h2>
        <p id="facts" role="status"></p>
        <p id="pages"></p>
        <div class="answer"><div id="cards"></div><div id="body"></div></div>
        </section>
        """;

    /// <summary>HTML of the form.</summary>
    public static string Html(
        HttpContext http,
        TriedList list,
        IReadOnlyDictionary<string, IReadOnlyList<FilterChoice>> choices,
        IQueryCollection form
    )
    {
        var links = Links.Of(http);
        var path = list.AddressOf(form);
        var filters = list.Parameters.Where(TriedList.IsFilter).Select(parameter => parameter.Name);
        var facets = list.Parameters.FirstOrDefault(parameter => parameter.Name == ListParameters.Facets.Name)?.Allowed ?? [];
        var isJson =
            list.Formats.First(offered => path.Split('?')[0] == list.Path + offered.Format.Suffix).Format.MediaType == "application/json";
        return $"""
            <form class="builder" action="{Text(links.BasePath)}/try/{list.Name}" data-base="{Text(links.Base)}" data-root="{Text(
                links.BasePath
            )}" data-path="{list.Path}" data-order="{string.Join(' ', list.Parameters.Select(parameter => parameter.Name))}" data-filters="{string.Join(' ', filters)}" data-facets="{string.Join(' ', facets)}" data-most="{ListParameters.MostFacetValues}">
            {new RequestForm(list, choices, form).Html()}
            <p id="hint">Several values of a filter mean any of them. Several filters all apply.</p>
            <p class="address"><b>GET</b> <a id="address" href="{Text(links.BasePath + path)}">{Text(links.Base + path)}</a> <button type="button" data-copy="address" hidden>Copy</button> <button class="send">Send</button></p>
            </form>
            <div class="code">
            {string.Join('\n', Languages.Select((language, n) => Code(language, links.Base + path, isJson, isOpen: n == 0)))}
            </div>
            """;
    }

    private static string Code((string Name, string OfJson, string OfText) language, string address, bool isJson, bool isOpen)
    {
        var id = $"code-{language.Name.Replace("#", "sharp", StringComparison.Ordinal).ToLowerInvariant()}";
        var code = (isJson ? language.OfJson : language.OfText).Replace("{address}", address, StringComparison.Ordinal);
        return $"""
            <details name="code"{(isOpen ? " open" : "")}><summary>{language.Name}</summary><button type="button" data-copy="{id}" hidden>Copy</button><pre><code id="{id}" data-json="{Text(
                language.OfJson
            )}" data-text="{Text(language.OfText)}">{Text(code)}</code></pre></details>
            """;
    }
}

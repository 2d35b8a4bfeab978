using System.Globalization;
using System.Text.Json.Nodes;
using static Api.Http.Pages.HtmlPage;

namespace Api.Http.Pages;

/// <summary>The newest articles and the next events, as the API answers them.</summary>
internal static class NewestContent
{
    private const string Upcoming = "?limit=2&when=upcoming&fields=title,startsOn,location,mode,links.self";
    private const string Latest = "?limit=2&fields=title,startsOn,location,mode,links.self";

    /// <summary>HTML of the section; empty when there is nothing to show, or the content cannot be read now.</summary>
    public static async Task<string> Html(HttpContext http)
    {
        var articles = Data(
            await OwnAnswers.Get(http, "/v1/articles", "?limit=3&fields=title,summary,language,type.label,publishedDate,links.self")
        );
        var (heading, events) = ("Next events", Data(await OwnAnswers.Get(http, "/v1/events", Upcoming)));
        if (events.Count == 0)
            (heading, events) = ("Latest events", Data(await OwnAnswers.Get(http, "/v1/events", Latest)));
        var lists = List("Newest articles", articles.Select(Article)) + List(heading, events.Select(Event));
        return lists.Length == 0 ? "" : $"<section class=\"newest\" aria-label=\"Newest content\">{lists}\n</section>";
    }

    private static string List(string heading, IEnumerable<string> cards) =>
        string.Join('\n', cards) is { Length: > 0 } items ? $"\n<h2>{heading}</h2>\n<ul class=\"cards\">\n{items}\n</ul>" : "";

    private static string Article(JsonNode? article) =>
        Card(
            article,
            [Of(article?["type"], "label"), Day(Of(article, "publishedDate"))],
            $"""<p class="summary">{Text(Of(article, "summary"))}</p>"""
        );

    private static string Event(JsonNode? one) =>
        Card(one, [Day(Of(one, "startsOn")), Of(one, "mode") == "virtual" ? "online" : Of(one, "location")], "");

    private static string Card(JsonNode? item, IEnumerable<string> facts, string rest) =>
        $"""<li lang="{Text(Of(item, "language"))}" dir="auto"><h3><a href="{Text(Of(item?["links"], "self"))}">{Text(Of(item, "title"))}</a></h3>{rest}<p class="facts" lang="en" dir="ltr">{Text(string.Join(" · ", facts.Where(fact => fact.Length > 0)))}</p></li>""".Replace(
            " lang=\"\"",
            "",
            StringComparison.Ordinal
        );

    private static JsonArray Data(JsonNode? answer) => answer?["data"] as JsonArray ?? [];

    private static string Of(JsonNode? item, string member) => item?[member]?.GetValue<string>() ?? "";

    private static string Day(string date) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)
            : "";
}

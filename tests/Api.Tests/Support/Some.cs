using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Api.Tests.Support;

/// <summary>
/// Lines of the import format with a slug of their own and the members a test does not care about. What it cares about it says:
/// <c>Some.Article(new { topics = new[] { "china" }, publicationStatus = "draft" })</c>.
/// </summary>
internal static class Some
{
    private static int count;

    /// <summary>A slug nobody else has, such as <c>article-17</c>.</summary>
    public static string Slug(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref count)}");

    public static string ArticleType(object? members = null) =>
        Line("articleType", members, slug => new JsonObject { ["label"] = $"Label of {slug}", ["pluralLabel"] = $"Labels of {slug}" });

    public static string Topic(object? members = null) =>
        Line("topic", members, slug => new JsonObject { ["name"] = $"Topic {slug}", ["kind"] = "issue" });

    public static string Expert(object? members = null) =>
        Line(
            "expert",
            members,
            slug => new JsonObject
            {
                ["name"] = $"Expert {slug}",
                ["givenName"] = "Expert",
                ["familyName"] = slug,
                ["title"] = "Fellow",
                ["organization"] = "Institute of Examples",
                ["kind"] = "staff",
            }
        );

    /// <summary>A published article of type <c>brief</c>, which must exist: see <see cref="ArticleType"/>.</summary>
    public static string Article(object? members = null) =>
        Line(
            "article",
            members,
            slug => new JsonObject
            {
                ["type"] = "brief",
                ["title"] = $"Article {slug}",
                ["summary"] = $"What {slug} is about.",
                ["publishedAt"] = "2024-05-06T14:30:00Z",
                ["bodyHtml"] = $"<p>The text of {slug}.</p>",
            }
        );

    public static string Event(object? members = null) =>
        Line(
            "event",
            members,
            slug => new JsonObject
            {
                ["title"] = $"Event {slug}",
                ["summary"] = $"What {slug} is about.",
                ["startsAt"] = "2024-06-07T16:00:00Z",
                ["endsAt"] = "2024-06-07T17:30:00Z",
                ["timeZone"] = "America/New_York",
                ["mode"] = "virtual",
            }
        );

    public static string Page(object? members = null) =>
        Line("page", members, slug => new JsonObject { ["title"] = $"Page {slug}", ["bodyHtml"] = $"<p>The text of {slug}.</p>" });

    public static string Menu(object? members = null) =>
        Line("menu", members, slug => new JsonObject { ["label"] = $"Menu {slug}", ["items"] = new JsonArray() });

    public static string Redirect(string from, string to) =>
        new JsonObject
        {
            ["resource"] = "redirect",
            ["from"] = from,
            ["to"] = to,
        }.ToJsonString();

    // A member given as null is written as null, not left out; a JsonObject may be given as well as an anonymous object.
    private static string Line(string resource, object? members, Func<string, JsonObject> usual)
    {
        var own = members is null ? [] : JsonSerializer.SerializeToNode(members, JsonSerializerOptions.Web)!.AsObject();
        var slug = own["slug"]?.GetValue<string>() ?? Slug(resource);
        var line = new JsonObject { ["resource"] = resource, ["slug"] = slug };
        foreach (var (name, value) in usual(slug).Concat(own).ToList())
            line[name] = value?.DeepClone();
        return line.ToJsonString();
    }
}

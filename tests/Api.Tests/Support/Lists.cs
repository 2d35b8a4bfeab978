using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Support;

/// <summary>Reads lists the way clients do.</summary>
internal static class Lists
{
    /// <summary>The slugs of a page, in order.</summary>
    public static IReadOnlyList<string> Slugs(this JsonNode page) => page.Texts("slug");

    /// <summary>A member of each item of a page, in order.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode page, string member) =>
        [.. page["data"]!.AsArray().Select(item => item![member]!.GetValue<string>())];

    /// <summary>The slugs at an address.</summary>
    public static async Task<IReadOnlyList<string>> Slugs(this ApiFixture api, string path) => (await api.GetJson(path)).Slugs();

    /// <summary>
    /// Follows <c>links.next</c> to the end and <c>links.previous</c> back to the start: what a member was on the way, both times in the
    /// order of the list.
    /// </summary>
    public static async Task<(IReadOnlyList<string> There, IReadOnlyList<string> Back)> Walk(
        this ApiFixture api,
        string path,
        string member = "slug"
    )
    {
        var page = await api.GetJson(path);
        var there = page.Texts(member).ToList();
        while (page["links"]!["next"] is { } next)
        {
            page = await api.GetJson(Relative(next));
            there.AddRange(page.Texts(member));
        }
        var back = page.Texts(member).ToList();
        while (page["links"]!["previous"] is { } previous)
        {
            page = await api.GetJson(Relative(previous));
            back.InsertRange(0, page.Texts(member));
        }
        return (there, back);
    }

    /// <summary>The problem at an address, which must have a status, a code and the parameter it names (null for none).</summary>
    public static async Task<JsonNode> GetProblem(this ApiFixture api, string path, HttpStatusCode status, string code, string? parameter)
    {
        var problem = await api.GetJson(path, status);
        Assert.Equal((code, parameter), (problem["code"]!.GetValue<string>(), problem["parameter"]?.GetValue<string>()));
        return problem;
    }

    /// <summary>Path and query of an absolute link.</summary>
    public static string Relative(JsonNode link) => new Uri(link.GetValue<string>()).PathAndQuery;
}

namespace Clients;

/// <summary>
/// What every generated client has to be able to do. The folders beside this file say how each does it, in the types it was generated with.
/// </summary>
internal abstract class Story
{
    private static readonly string[] Topics = ["china", "climate-and-energy"];

    /// <summary>
    /// An article of a list; with <c>fields</c> the members that it names, <c>id</c> and <c>slug</c> are there, others null.
    /// </summary>
    protected sealed record Listed(string? Id, string? Slug, string? Title, string? Summary);

    /// <summary>A page of articles.</summary>
    protected sealed record Page(IReadOnlyList<Listed> Data, int? Total, string? Next);

    /// <summary>The list of articles.</summary>
    /// <exception cref="Refused">It is a problem.</exception>
    protected abstract Task<Page> List(string[] topic, string[]? fields = null, int? limit = null, string? cursor = null);

    /// <summary>Slug and text of one article.</summary>
    /// <exception cref="Refused">It is a problem.</exception>
    protected abstract Task<(string? Slug, string? BodyHtml)> Article(string slug);

    /// <summary>Runs the story; throws an exception that says what went wrong.</summary>
    public async Task Tell()
    {
        var both = await List(Topics, limit: 100);
        Check(both.Data.Count > 1 && both.Data.Count == both.Total, $"{both.Data.Count} articles of {both.Total}");

        var few = await List(Topics, ["title", "publishedAt"], 2);
        Check(
            few.Data.Count == 2 && few.Data.All(one => one is { Id: not null, Slug: not null, Title: not null, Summary: null }),
            "not the members that were asked for"
        );

        var seen = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await List(Topics, ["title"], 5, cursor);
            seen.AddRange(page.Data.Select(one => one.Id));
            cursor = page.Next;
        } while (cursor is not null);
        Check(seen.SequenceEqual(both.Data.Select(one => one.Id)), "the walk does not show each article once, in order");

        var unknown = await Refusal(() => List(["chnia"]));
        Check(
            unknown is { Status: 400, Code: "unknown-value", Parameter: "topic" } && unknown.Allowed.Contains("china"),
            $"the problem does not help: {unknown}"
        );

        var gone = await Refusal(() => Article("tariff-tables-for-fifty-ports"));
        Check(gone is { Status: 410, Code: "gone", Reason: "retracted" }, $"not gone: {gone}");

        // 301 to where it is today.
        var (slug, bodyHtml) = await Article("the-long-view-on-china");
        Check(slug == "a-longer-view" && bodyHtml?.StartsWith('<') == true, "the old address does not lead to the article");
    }

    protected static async Task<Refused> Refusal(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Refused refused)
        {
            return refused;
        }
        throw new InvalidOperationException("answered instead of refused");
    }

    protected static void Check(bool fact, string otherwise)
    {
        if (!fact)
            throw new InvalidOperationException(otherwise);
    }
}

/// <summary>A problem, as the types of the client have it.</summary>
internal sealed class Refused(int status, string? code, string? parameter, IEnumerable<string>? allowed, string? reason, Exception cause)
    : Exception(cause.Message, cause)
{
    public int Status => status;

    public string? Code => code;

    public string? Parameter => parameter;

    public IEnumerable<string> Allowed => allowed ?? [];

    public string? Reason => reason;
}

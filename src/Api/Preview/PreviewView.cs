using System.Globalization;
using Dapper;

namespace Api.Preview;

/// <summary>What a preview shows. Two requests with equal views see the same.</summary>
/// <param name="Shows"><c>drafts</c>, <c>at</c> or <c>early</c>, as in <c>db/code/8-preview</c>.</param>
/// <param name="At">The moment (UTC); null for the present.</param>
/// <param name="Topics">The numbers of the topics of a key of scope <c>early</c>, as an array of PostgreSQL.</param>
internal sealed record PreviewView(string Shows, DateTime? At, string Topics)
{
    /// <summary>Everything that a preview can show now.</summary>
    public static readonly PreviewView Drafts = new("drafts", null, "{}");

    /// <summary>
    /// Sets <see cref="Drafts"/> until the end of the transaction, without parameters. Topics and items are of early access only.
    /// </summary>
    public const string DraftsSql = "select set_config('preview.shows', 'drafts', true), set_config('preview.at', 'now', true)";

    private const string SetSql =
        "select set_config('preview.shows', @previewShows, true), set_config('preview.at', @previewAt, true), set_config('preview.topics', @previewTopics, true), set_config('preview.items', '{}', true)";

    private const string SetItemsSql =
        "select set_config('preview.items', (select coalesce(array_agg(e.item_id), '{}')::text from preview.early_items e), true)";

    /// <summary>
    /// The statements that set the view until the end of the transaction: <see cref="Statements"/>, each of which returns a row. Their
    /// parameters are those of <see cref="With"/>.
    /// </summary>
    public string Sql =>
        this == Drafts ? DraftsSql
        : Statements == 1 ? SetSql
        : $"{SetSql}; {SetItemsSql}";

    /// <summary>How many statements set the view.</summary>
    public int Statements => Shows == "early" ? 2 : 1;

    /// <summary>The parameters of a statement together with those of <see cref="Sql"/>.</summary>
    public object? With(object? parameters)
    {
        if (this == Drafts)
            return parameters;
        var all = new DynamicParameters(parameters);
        all.Add("previewShows", Shows);
        all.Add("previewAt", At is { } at ? (at - DateTime.UnixEpoch).TotalSeconds.ToString("F6", CultureInfo.InvariantCulture) : "now");
        all.Add("previewTopics", Topics);
        return all;
    }

    /// <summary>Whether it shows the same kind of items as another view, perhaps at another moment.</summary>
    public bool IsLike(PreviewView other) => Shows == other.Shows && Topics == other.Topics;
}

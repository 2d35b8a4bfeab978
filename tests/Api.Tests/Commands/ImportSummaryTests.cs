using Api.Commands;
using Api.Import;

namespace Api.Tests.Commands;

public class ImportSummaryTests
{
    private static readonly ImportReport Nothing = new(0, 0, 0, 0, [], false);

    [Fact]
    public void The_worst_comes_first_with_its_number_and_a_link()
    {
        string[] notes =
        [
            "The file holds 3 posts.",
            "line 3, item 1: its featured image, attachment 9, is not in the file, or not public",
            "line 9, item 4: this talk is left out: no start can be read from its custom field 'x'",
            "line 12, item 5: this talk is left out: no start can be read from its custom field 'x'",
            "12 × item of type 'product' left out: a mapping file can say what they are",
            "line 4, item 2: it has no slug: it gets 'a'",
        ];
        var summary = ImportSummary.Of(Nothing with { Rejected = [new(1, "event", "a", "startsAt: is required")] }, notes);
        Assert.Equal([1L, 12, 2, 1], summary.Select(line => line.Count));
        Assert.Equal("events without a start that can be read", summary[2].What);
        Assert.All(summary, line => Assert.StartsWith("docs/moving-from-wordpress.md#", line.Link, StringComparison.Ordinal));
    }

    [Fact]
    public void What_events_lose_is_counted_by_kind()
    {
        var summary = ImportSummary.Of(
            Nothing,
            [
                "line 9, item 4: its price, '25', is left out",
                "line 19, item 5: its price, '30', is left out",
                "line 9, item 4: its organiser, 'Port Authority', is left out: no author and no profile is called so",
                "line 9, item 4: it recurs: only the dates that are in its own fields are kept",
                "2 × item of type 'event-recurring' left out: it is the pattern of a series, whose dates are events of their own",
                "line 3, item 2: its venue is not public: it has no place",
            ]
        );
        Assert.Equal([1L, 2, 1, 1, 2], summary.Select(line => line.Count));
        Assert.Equal("events that recur, of which only one date came", summary[0].What);
        Assert.All(summary, line => Assert.EndsWith("#events", line.Link, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_leads_to_a_heading_of_the_guide()
    {
        var guide = File.ReadAllLines(Path.Combine(Root(), "docs", "moving-from-wordpress.md"))
            .Where(line => line.StartsWith('#'))
            .Select(line =>
                string.Concat(line.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-'))
                    .Replace(' ', '-')
            )
            .ToHashSet();
        Assert.All(ImportSummary.Anchors, anchor => Assert.Contains(anchor, guide));
    }

    [Fact]
    public void When_all_came_there_is_no_summary() =>
        Assert.Empty(ImportSummary.Describe(ImportSummary.Of(Nothing, ["The file holds 3 posts."])));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Api.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}

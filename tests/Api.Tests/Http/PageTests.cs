using Api.Contracts.Lists;
using Api.Http.Answers;
using Api.Http.Errors;
using Api.Http.Parameters;
using CsCheck;

namespace Api.Tests.Http;

public class PageTests
{
    private const string Address = "https://api.example.org/v1/articles";
    private static readonly Parameter Topic = Parameter.Slugs("topic", "");
    private static readonly Parameter Sort = ListParameters.Sort("-publishedAt", "title");
    private static readonly Parameter[] Declared = [Topic, Sort, .. ListParameters.Paging];

    [Fact]
    public void The_first_page_has_a_number_and_goes_on_by_cursor()
    {
        var page = Ask("topic=china&limit=3", rows: 10);
        Assert.Equal(["1", "2", "3"], page.Data);
        Assert.Equal((1, 10, "exact", 4), (page.PageInfo.Number, page.PageInfo.Total, page.PageInfo.TotalKind, page.PageInfo.TotalPages));
        Assert.Equal($"{Address}?topic=china&limit=3&cursor={page.PageInfo.Next}", page.Links.Next);
        Assert.Equal($"{Address}?topic=china&limit=3&page=4", page.Links.Last);
        Assert.Equal($"{Address}?topic=china&limit=3", page.Links.First);
        Assert.Null(page.Links.Previous);
        Assert.Null(page.PageInfo.Previous);
    }

    [Fact]
    public void A_numbered_page_goes_on_by_number()
    {
        var page = Ask("limit=3&page=2", rows: 10);
        Assert.Equal(["4", "5", "6"], page.Data);
        Assert.Equal($"{Address}?limit=3&page=3", page.Links.Next);
        Assert.Equal($"{Address}?limit=3&page=1", page.Links.Previous);
        Assert.Equal($"{Address}?limit=3&page=1", page.Links.First);
        Assert.NotNull(page.PageInfo.Next);
    }

    [Fact]
    public void A_cursor_page_has_no_number_and_no_last()
    {
        var page = Ask($"limit=3&cursor={Ask("limit=3", rows: 10).PageInfo.Next}", rows: 10);
        Assert.Equal(["4", "5", "6"], page.Data);
        Assert.Equal((null, null, null, 10), (page.PageInfo.Number, page.PageInfo.TotalPages, page.Links.Last, page.PageInfo.Total));
        Assert.NotNull(page.Links.Previous);
    }

    [Fact]
    public void A_page_beyond_the_end_is_empty_but_keeps_the_total()
    {
        var page = Ask("limit=3&page=9", rows: 10);
        Assert.Empty(page.Data);
        Assert.Equal((10, 9), (page.PageInfo.Total, page.PageInfo.Number));
        Assert.Null(page.Links.Next);
        Assert.Equal($"{Address}?limit=3&page=4", page.Links.Previous);
    }

    [Fact]
    public void The_deepest_page_goes_on_by_cursor()
    {
        var page = Ask("limit=100&page=100", rows: 10_500);
        Assert.Contains("cursor=", page.Links.Next, StringComparison.Ordinal);
        Assert.Equal($"{Address}?limit=100&page=99", page.Links.Previous);
        Assert.Null(page.Links.Last);
        var problem = Problem("limit=100&page=101");
        Assert.Equal(("page-too-deep", "page"), (problem?.Kind.Code, problem?.Parameter));
        Assert.Equal(["1..100"], problem?.Allowed);
    }

    [Theory]
    [InlineData("page=2147483647&limit=100", "page-too-deep")]
    [InlineData("page=1&cursor=x", "conflicting-parameters")]
    [InlineData("cursor=x", "invalid-cursor")]
    [InlineData("cursor=AAAA", "invalid-cursor")]
    public void A_bad_place_is_a_problem(string text, string code) => Assert.Equal(code, Problem(text)?.Kind.Code);

    [Theory]
    [InlineData("topic=china&limit=3&cursor=")]
    [InlineData("sort=title&limit=3&cursor=")]
    public void A_cursor_of_another_list_is_refused(string text) =>
        Assert.Equal("foreign-cursor", Problem(text + Ask("limit=3", rows: 10).PageInfo.Next)?.Kind.Code);

    [Fact]
    public void The_start_of_a_walk_is_frozen()
    {
        var query = QueryTests.Read("limit=3", Declared);
        var window = PageWindow.From(query, Sort) with { Now = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc) };
        var page = PageMaker.Make(Rows(window, 10), window, query, Address);
        Assert.Equal(window.Now, PageWindow.From(QueryTests.Read($"cursor={page.PageInfo.Next}", Declared), Sort).Now);
    }

    [Fact]
    public void Without_a_count_there_is_no_total_and_no_last()
    {
        var query = QueryTests.Read("limit=3&count=none", Declared);
        var window = PageWindow.From(query, Sort);
        var page = PageMaker.Make(Rows(window, 10) with { Total = Total.None }, window, query, Address);
        Assert.Equal((null, "none", null, null), (page.PageInfo.Total, page.PageInfo.TotalKind, page.PageInfo.TotalPages, page.Links.Last));
        Assert.Equal(CountKind.None, window.Count);
    }

    [Fact]
    public void Walking_there_and_back_sees_every_row_once() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 7])
            .Sample(
                (rows, limit) =>
                {
                    var there = new List<string>();
                    var page = Ask($"limit={limit}", rows);
                    there.AddRange(page.Data);
                    while (page.PageInfo.Next is { } next)
                    {
                        page = Ask($"limit={limit}&cursor={next}", rows);
                        there.AddRange(page.Data);
                    }
                    var back = new List<string>(page.Data.Reverse());
                    while (page.PageInfo.Previous is { } previous)
                    {
                        page = Ask($"limit={limit}&cursor={previous}", rows);
                        back.AddRange(page.Data.Reverse());
                    }
                    back.Reverse();
                    Assert.Equal(Enumerable.Range(1, rows).Select(row => $"{row}"), there);
                    Assert.Equal(there, back);
                }
            );

    private static Page<string> Ask(string text, int rows)
    {
        var query = QueryTests.Read(text, Declared);
        var window = PageWindow.From(query, Sort);
        Assert.Null(query.Problem);
        return PageMaker.Make(Rows(window, rows), window, query, Address);
    }

    private static Problem? Problem(string text)
    {
        var query = QueryTests.Read(text, Declared);
        PageWindow.From(query, Sort);
        return query.Problem;
    }

    // Rows 1 … n as a database would give them.
    private static Found<string> Rows(PageWindow window, int count)
    {
        var all = Enumerable.Range(1, count);
        var asked = window switch
        {
            { At: null } => all.Skip((int)window.Offset),
            { Backward: true, At: { } at } => all.Reverse().SkipWhile(row => row >= at.Number),
            { At: { } at } => all.SkipWhile(row => row <= at.Number),
        };
        return Found<string>.From(
            [.. asked.Take(window.Take)],
            window,
            row => new Position(row, null, Guid.Empty),
            row => $"{row}",
            Total.Exact(count)
        );
    }
}

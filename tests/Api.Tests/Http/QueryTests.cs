using Api.Contracts;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Tests.Http;

public class QueryTests
{
    private static readonly Parameter Topic = Parameter.Slugs("topic", "", allOf: "topicAll");
    private static readonly Parameter TopicAll = Parameter.Slugs("topicAll", "");
    private static readonly Parameter Slugs = Parameter.Slugs("slug", "") with { Ordered = true };
    private static readonly Parameter From = Parameter.Date("publishedFrom", "");
    private static readonly Parameter To = Parameter.Date("publishedTo", "");
    private static readonly Parameter Year = Parameter.Year("year", "");
    private static readonly Parameter Featured = Parameter.Flag("featured", "");
    private static readonly Parameter Language = Parameter.Language("language", "");
    private static readonly Parameter Mode = Parameter.Choices("mode", "", ["virtual", "hybrid"]);
    private static readonly Parameter Text = Parameter.Text("q", "", maxLength: 20);
    private static readonly Parameter Sort = ListParameters.Sort("-publishedAt", "title");
    private static readonly Parameter Fields = ListParameters.Fields<Article>();
    private static readonly Parameter[] Declared =
    [
        Topic,
        TopicAll,
        Slugs,
        From,
        To,
        Year,
        Featured,
        Language,
        Mode,
        Text,
        Sort,
        Fields,
        ListParameters.IncludeBody,
        .. ListParameters.Paging,
    ];

    [Fact]
    public void A_comma_list_is_normalised_and_has_no_repetitions() =>
        Assert.Equal(["china", "caf\u00e9"], Read("topic=china,cafe%CC%81,china,caf%C3%A9").Values(Topic));

    [Fact]
    public void Values_come_as_their_types()
    {
        var query = Read(
            "?featured=true&year=2024&publishedFrom=2024-02-01&publishedTo=2024-02-01&language=pt-BR&mode=virtual&q=sea+lanes%20%26&limit=7"
        );
        Assert.Null(query.Problem);
        Assert.True(query.Flag(Featured));
        Assert.Equal(new DateTime(2024, 1, 1, 5, 0, 0, DateTimeKind.Utc), query.Year(Year)!.Value.From);
        Assert.Equal(new DateTime(2024, 2, 1, 5, 0, 0, DateTimeKind.Utc), query.From(From));
        Assert.Equal(new DateTime(2024, 2, 2, 5, 0, 0, DateTimeKind.Utc), query.Before(To));
        Assert.Equal("pt-BR", query.Text(Language));
        Assert.Equal(["virtual"], query.Choices(Mode));
        Assert.Equal("sea lanes &", query.Text(Text));
        Assert.Equal(7, query.Number(ListParameters.Limit));
    }

    [Fact]
    public void What_is_left_out_is_absent_or_its_default()
    {
        var query = Read("");
        Assert.Null(query.Flag(Featured));
        Assert.Null(query.From(From));
        Assert.Empty(query.Values(Topic));
        Assert.Equal("-publishedAt", query.Choice(Sort));
        Assert.Equal(20, query.Number(ListParameters.Limit));
        Assert.False(query.Has(ListParameters.Limit));
    }

    [Theory]
    [InlineData("topics=china", "unknown-parameter", "topics")]
    [InlineData("Topic=china", "unknown-parameter", "Topic")]
    [InlineData("=china", "unknown-parameter", "")]
    [InlineData("topic%5B%5D=china", "unknown-parameter", "topic[]")]
    [InlineData("topic=china&topic=asia", "repeated-parameter", "topic")]
    [InlineData("topic=", "empty-parameter", "topic")]
    [InlineData("topic", "empty-parameter", "topic")]
    [InlineData("topic=%20", "empty-parameter", "topic")]
    [InlineData("topic=china,,asia", "empty-parameter", "topic")]
    [InlineData("topic=china,", "empty-parameter", "topic")]
    [InlineData("topic=%00", "malformed-query", "topic")]
    [InlineData("topic=%FF", "malformed-query", "topic")]
    [InlineData("topic=%ED%A0%80", "malformed-query", "topic")]
    [InlineData("topic=%zz", "malformed-query", "topic")]
    [InlineData("topic=%", "malformed-query", "topic")]
    [InlineData("topic=a%0Ab", "malformed-query", "topic")]
    [InlineData("limit=0", "out-of-range", "limit")]
    [InlineData("limit=101", "out-of-range", "limit")]
    [InlineData("limit=-1", "out-of-range", "limit")]
    [InlineData("limit=99999999999999999999", "out-of-range", "limit")]
    [InlineData("limit=1e2", "invalid-parameter", "limit")]
    [InlineData("limit=ten", "invalid-parameter", "limit")]
    [InlineData("page=0", "out-of-range", "page")]
    [InlineData("year=24", "out-of-range", "year")]
    [InlineData("featured=yes", "invalid-parameter", "featured")]
    [InlineData("featured=True", "invalid-parameter", "featured")]
    [InlineData("publishedFrom=2024-02-30", "invalid-parameter", "publishedFrom")]
    [InlineData("language=en_US", "invalid-parameter", "language")]
    [InlineData("mode=virtal", "unknown-value", "mode")]
    [InlineData("sort=newest", "unknown-value", "sort")]
    [InlineData("q=123456789012345678901", "too-long", "q")]
    [InlineData("fields=titel", "unknown-value", "fields")]
    [InlineData("fields=title.x", "unknown-value", "fields")]
    [InlineData("fields=title&include=body", "conflicting-parameters", "fields")]
    public void What_is_wrong_is_named(string text, string code, string parameter)
    {
        var problem = Read(text).Problem;
        Assert.Equal((code, parameter), (problem?.Kind.Code, problem?.Parameter));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() => Assert.Equal("malformed-query", Read("topic=" + '\ud800').Problem?.Kind.Code);

    [Fact]
    public void A_repeated_list_is_told_both_ways() =>
        Assert.Contains(
            "topic=a,b for any of them, or topicAll=a,b for all",
            Read("topic=a&topic=b").Problem!.Detail,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("topic[]=a", "Write topic=a,b for any of them, or topicAll=a,b for all of them.")]
    [InlineData("topic[]=a&topic[]=b", "Write topic=a,b for any of them")]
    [InlineData("topic[0]=a", "Write topic=a,b for any of them")]
    [InlineData("topic%5B%5D=a", "Write topic=a,b for any of them")]
    [InlineData("topic%5B0%5D=a", "Write topic=a,b for any of them")]
    [InlineData("topic[in]=a", "Write topic=a,b for any of them")]
    [InlineData("topic[slug]=a", "Write topic=a,b for any of them")]
    [InlineData("filter[topic]=a", "Write topic=a,b for any of them")]
    [InlineData("filter%5Btopic%5D%5B%5D=a", "Write topic=a,b for any of them")]
    [InlineData("filters[topic][slug][$eq]=a", "Write topic=a,b for any of them")]
    [InlineData("fields[articles]=title", "Write its values with a comma: fields=a,b.")]
    [InlineData("sort[]=title", "'sort' takes one value")]
    [InlineData("page[limit]=3", "'limit' takes one value: limit=5.")]
    [InlineData("page[number]=3", "'page' takes one value")]
    public void A_name_with_brackets_says_how_it_is_written_here(string query, string detail)
    {
        var problem = Read(query).Problem!;
        Assert.Equal("unknown-parameter", problem.Kind.Code);
        Assert.Contains("names have no brackets. " + detail, problem.Detail, StringComparison.Ordinal);
        Assert.Contains("topic", problem.Allowed);
    }

    [Theory]
    [InlineData("nothing[]=a")]
    [InlineData("[]=a")]
    [InlineData("]topic=a")]
    public void Brackets_around_no_name_are_any_unknown_parameter(string query) =>
        Assert.DoesNotContain("brackets", Read(query).Problem!.Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("mode=virtual|hybrid")]
    [InlineData("mode=virtual%20hybrid")]
    [InlineData("mode=virtual;hybrid")]
    public void Values_that_are_not_split_by_commas_say_how_it_is_written_here(string query) =>
        Assert.Contains("Write its values with a comma: mode=a,b.", Read(query).Problem!.Detail, StringComparison.Ordinal);

    [Fact]
    public void A_plus_that_became_a_space_is_told_how_to_be_written() =>
        Assert.Contains("%2B", Read("publishedFrom=2024-01-01T10:00:00+02:00").Problem!.Detail, StringComparison.Ordinal);

    [Fact]
    public void A_misspelt_name_gets_the_nearest_and_all_that_are_allowed()
    {
        var problem = Read("topik=china").Problem!;
        Assert.Contains("did you mean 'topic'?", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(Declared.Select(parameter => parameter.Name), problem.Allowed);
    }

    [Fact]
    public void Too_many_values_are_refused() =>
        Assert.Equal("too-many-values", Read("topic=" + string.Join(',', Enumerable.Range(0, 51))).Problem?.Kind.Code);

    [Fact]
    public void What_trackers_add_is_dropped_from_values_and_links()
    {
        var query = Read("utm_source=%FF&topic=china&fbclid=1&gclid=2&utm_x=3");
        Assert.Null(query.Problem);
        Assert.Equal("?topic=china", query.QueryString);
    }

    [Fact]
    public void The_first_problem_wins_and_leaves_nothing_to_work_with()
    {
        var query = Read("topic=china&limit=0&sort=nothing");
        Assert.Equal("limit", query.Problem?.Parameter);
        Assert.Empty(query.Values(Topic));
        Assert.Equal("-publishedAt", query.Choice(Sort));
    }

    [Fact]
    public void Links_keep_every_filter_and_replace_the_paging()
    {
        var query = Read("topic=china,caf%C3%A9&page=3&limit=7&q=a%26b");
        Assert.Equal("?topic=caf%C3%A9,china&q=a%26b&limit=7&page=4", query.With(("page", "4")));
        Assert.Equal("?topic=caf%C3%A9,china&q=a%26b&limit=7&page=3", query.QueryString);
    }

    [Theory]
    [InlineData("topic=a,b&featured=true", "featured=true&topic=b,a&limit=3&fields=title&count=none&sort=title", true)]
    [InlineData("topic=a,b", "topicAll=a,b", false)]
    [InlineData("topic=a", "topic=b", false)]
    [InlineData("slug=a,b", "slug=b,a", false)]
    public void A_cursor_is_bound_to_the_filters_and_nothing_else(string one, string other, bool same) =>
        Assert.Equal(same, Read(one).Canonical == Read(other).Canonical);

    [Theory]
    [InlineData("include=body", true)]
    [InlineData("fields=title,bodyText", true)]
    [InlineData("fields=title", false)]
    [InlineData("", false)]
    public void Texts_are_loaded_only_when_asked_for(string text, bool expected) => Assert.Equal(expected, Read(text).WantsBody);

    internal static Query Read(string text, params Parameter[] declared) =>
        Query.Parse(
            text,
            "/v1/articles",
            declared.Length == 0 ? Declared : declared,
            new SiteCalendar(TimeZones.Find("America/New_York")!),
            new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)
        );
}

using System.Globalization;
using System.Text.RegularExpressions;
using Api.Contracts;
using Api.Contracts.Text;
using Api.Http.Parameters;
using Api.Reading.Search;
using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Data;

/// <summary>Numbers and characters that the database repeats, because neither a table nor a function can read those of C#.</summary>
public class RepeatedConstantTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string ConstraintsSql =
        "select string_agg(pg_get_constraintdef(oid), ' ') from pg_constraint where conrelid = to_regclass(@name) and contype = 'c'";

    private const string FunctionSql = "select prosrc from pg_proc where oid = to_regproc(@name)";

    private const string CodeSql = """
        select prosrc from pg_proc where pronamespace in ('content'::regnamespace, 'delivery'::regnamespace)
        union all
        select pg_get_viewdef(oid) from pg_class where relkind = 'v' and relnamespace in ('content'::regnamespace, 'delivery'::regnamespace)
        """;

    private const string DroppedSql =
        "select n from generate_series(x'600'::integer, x'6ff'::integer) n where delivery.merge_similar_letters(chr(n)) = ''";

    [Fact]
    public async Task A_slug_is_as_long_in_the_database() =>
        Assert.Equal([Slug.MaxBytes], Numbers(await Get(ConstraintsSql, "content.items"), @"octet_length\(slug\) <= (\d+)"));

    [Fact]
    public async Task A_path_of_the_old_site_is_as_long_in_the_database() =>
        Assert.Equal(
            [WebAddress.MaxOldPathBytes],
            Numbers(await Get(ConstraintsSql, "content.redirects"), @"octet_length\(path\) <= (\d+)")
        );

    [Fact]
    public async Task A_tree_has_as_many_levels_in_the_database()
    {
        await using var connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var levels = (await connection.QueryAsync<string>(CodeSql)).SelectMany(code => Numbers(code, @"depth < (\d+)")).ToList();
        Assert.InRange(levels.Count, 5, int.MaxValue);
        Assert.All(levels, level => Assert.Equal(Catalogue.TreeLevels, level));
    }

    [Fact]
    public async Task The_sample_of_articles_is_that_of_its_index() =>
        Assert.Equal(
            [TextSearch.SampleStep],
            Numbers(await Get("select pg_get_indexdef(to_regclass(@name))", "content.article_texts_sample"), @"item_id % (\d+)\) = 0")
        );

    [Fact]
    public async Task Parts_of_a_body_share_the_words_of_the_longest_search() =>
        Assert.Equal(
            [2 * SearchText.MaxLength],
            Numbers(await Get(FunctionSql, "content.body_vector"), @"shared_words constant integer := (\d+)")
        );

    [Fact]
    public async Task A_character_that_is_a_word_is_one_in_texts_and_in_searches() =>
        Assert.Contains($"'([{SearchTerm.OwnWords}])'", await Get(FunctionSql, "delivery.fold"), StringComparison.Ordinal);

    [Fact]
    public async Task A_mark_that_texts_leave_out_is_left_out_of_searches()
    {
        await using var connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            await connection.QueryAsync<int>(DroppedSql),
            Enumerable.Range(0x600, 0x100).Where(n => SearchTerm.Of($"\u0628{(char)n}\u0628", false, false)!.Words is ["\u0628\u0628"])
        );
    }

    private static IEnumerable<int> Numbers(string code, string pattern) =>
        Regex.Matches(code, pattern).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    private async Task<string> Get(string sql, string name)
    {
        await using var connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.QuerySingleAsync<string?>(sql, new { name }) ?? "";
    }
}

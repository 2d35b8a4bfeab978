using System.Globalization;
using System.Text.RegularExpressions;
using Api.Contracts;
using Api.Contracts.Text;
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

    private static IEnumerable<int> Numbers(string code, string pattern) =>
        Regex.Matches(code, pattern).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    private async Task<string> Get(string sql, string name)
    {
        await using var connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await connection.QuerySingleAsync<string?>(sql, new { name }) ?? "";
    }
}

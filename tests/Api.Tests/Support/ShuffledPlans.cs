using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Api.Data;
using Dapper;
using Npgsql;

namespace Api.Tests.Support;

/// <summary>
/// With <c>CONTENT_PLAN_SEED</c> set to a number, each test database has query plans of its own: joins, scans, sorts and parallel workers
/// that the planner would not choose, so that rows come in another order wherever no <c>order by</c> gives one. The same number makes the
/// same plans for the same test class. Classes with <see cref="UsualPlansAttribute"/> keep the plans of the planner.
/// </summary>
internal static class ShuffledPlans
{
    private static readonly string? Seed = Environment.GetEnvironmentVariable("CONTENT_PLAN_SEED");

    private static readonly ConcurrentDictionary<string, int> Databases = new();

    private static readonly string[] Switches =
    [
        "enable_hashjoin",
        "enable_mergejoin",
        "enable_nestloop",
        "enable_sort",
        "enable_incremental_sort",
        "enable_hashagg",
        "enable_indexscan",
        "enable_indexonlyscan",
        "enable_bitmapscan",
        "enable_seqscan",
        "enable_material",
        "enable_memoize",
        "enable_gathermerge",
        "enable_parallel_hash",
        "enable_parallel_append",
    ];

    private static readonly string[] Joins = ["enable_hashjoin", "enable_mergejoin"];
    private static readonly string[] Lookups = ["enable_indexscan", "enable_bitmapscan"];

    // Functions that ask for plans of their own do not get them in every other database.
    private const string ResetFunctionsSql = """
        do $$
        declare
            f record;
        begin
            for f in select p.oid::regprocedure as name from pg_proc p where p.pronamespace in ('content'::regnamespace, 'delivery'::regnamespace) and p.proconfig is not null loop
                execute format('alter function %s reset all', f.name);
            end loop;
        end $$
        """;

    /// <summary>Gives a database its plans, or does nothing where no seed is set. To be called before anything connects to it.</summary>
    /// <param name="superuser">Connection string of its server's superuser.</param>
    /// <param name="database">Its name.</param>
    public static async Task Give(string superuser, string database)
    {
        var user = TestContext.Current.TestClass?.TestClassName ?? "";
        if (
            string.IsNullOrEmpty(Seed)
            || typeof(ShuffledPlans).Assembly.GetType(user)?.IsDefined(typeof(UsualPlansAttribute), false) == true
        )
            return;
        var number = Databases.AddOrUpdate(user, 1, (_, before) => before + 1);
        var random = new Random(
            BitConverter.ToInt32(
                SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Seed} {user} {number}")))
            )
        );
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(superuser) { Database = database, Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        foreach (var (name, value) in Settings(random))
            await connection.ExecuteAsync($"alter database {database} set {name} = {value}");
        foreach (var (name, value) in Workers(random, connection.PostgreSqlVersion.Major))
            await connection.ExecuteAsync($"alter role {DeliveryLogin.Role} in database {database} set {name} = {value}");
        if (random.Next(2) == 0)
            await connection.ExecuteAsync(ResetFunctionsSql);
    }

    private static IEnumerable<(string Name, string Value)> Settings(Random random)
    {
        // Of the joins, and of the ways to use an index, one always stays: else every join compares all rows with all rows, and a test of some
        // thousand items takes hours.
        string[] kept = [Joins[random.Next(Joins.Length)], Lookups[random.Next(Lookups.Length)]];
        foreach (var name in Switches)
        {
            if (random.Next(3) == 0 && !kept.Contains(name))
                yield return (name, "off");
        }
        // A statement that takes longer fails with its text, instead of holding up all tests.
        yield return ("statement_timeout", "'3min'");
        yield return ("plan_cache_mode", new[] { "auto", "force_custom_plan", "force_generic_plan" }[random.Next(3)]);
        // Joins in the order in which they are written, or in one found at random.
        if (random.Next(3) == 0)
            yield return ("join_collapse_limit", "1");
        if (random.Next(3) == 0)
            yield return ("geqo_threshold", "2");
        yield return ("geqo_seed", random.NextDouble().ToString("0.000", CultureInfo.InvariantCulture));
        if (random.Next(3) == 0)
            yield return ("work_mem", "'64kB'");
    }

    // Only for the login that answers. While content is written, the triggers make thousands of small queries, and each would start processes.
    private static IEnumerable<(string Name, string Value)> Workers(Random random, int version)
    {
        if (random.Next(2) == 0)
            yield break;
        foreach (
            var name in new[]
            {
                "min_parallel_table_scan_size",
                "min_parallel_index_scan_size",
                "parallel_setup_cost",
                "parallel_tuple_cost",
            }
        )
            yield return (name, "0");
        if (random.Next(3) == 0)
            yield return ("parallel_leader_participation", "off");
        if (random.Next(3) == 0)
            yield return (version < 16 ? "force_parallel_mode" : "debug_parallel_query", "on");
    }
}

/// <summary>Marks a test class with so much content that plans at random would take hours.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class UsualPlansAttribute : Attribute;

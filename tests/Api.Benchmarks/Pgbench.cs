using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Api.Benchmarks;

/// <summary>Sends statements of the API with PostgreSQL's own load generator, as the login of the API.</summary>
internal static partial class Pgbench
{
    private const string Missing = "It comes with PostgreSQL: Debian has it in the package postgresql-contrib.";

    /// <summary>Transactions a second. A parameter that is missing would be sent as null, and a limit of null is none.</summary>
    public static async Task<double> Drive(string connection, string script, IReadOnlyDictionary<string, int> parameters, int seconds)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Parameter().Replace(script, match => ":" + match.Groups[1].Value));
            var settings = new NpgsqlConnectionStringBuilder(connection);
            string[] variables = [.. parameters.SelectMany(one => new[] { "-D", string.Create(CultureInfo.InvariantCulture, $"{one.Key}={one.Value}") })];
            var output = await Shell.Run(
                "pgbench", ["-n", "-M", "prepared", "-c", $"{Wrk.Connections}", "-j", "1", "-T", $"{seconds}", "-D", "warm=0", .. variables, "-f", file], Missing,
                ("PGHOST", settings.Host!), ("PGPORT", $"{settings.Port}"), ("PGUSER", settings.Username!), ("PGPASSWORD", settings.Password ?? ""), ("PGDATABASE", settings.Database!));
            return double.Parse(PerSecond().Match(output).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Statements in one round trip, as the API sends them.</summary>
    // Up to PostgreSQL 15, pgbench can prepare statements only outside of a pipeline, and does so for the whole file at the first statement.
    public static string Together(params string[] statements) =>
        $"\\if :warm = 0\nselect 1;\n\\set warm 1\n\\endif\n\\startpipeline\n{string.Join(";\n", statements)};\n\\endpipeline\n";

    [GeneratedRegex(@"(?<![\w@])@([A-Za-z]\w*)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex PerSecond();
}

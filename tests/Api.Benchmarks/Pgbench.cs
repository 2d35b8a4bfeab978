using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Api.Benchmarks;

/// <summary>Sends statements of the API with PostgreSQL's own load generator, as the login of the API.</summary>
internal static partial class Pgbench
{
    private const string Missing = "It comes with PostgreSQL: Debian has it in the package postgresql-contrib.";

    /// <summary>Transactions a second.</summary>
    public static async Task<double> Drive(string connection, string script, int seconds)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Parameter().Replace(script, match => ":" + match.Groups[1].Value));
            var settings = new NpgsqlConnectionStringBuilder(connection);
            var output = await Shell.Run(
                "pgbench",
                ["-n", "-M", "prepared", "-c", $"{Wrk.Connections}", "-j", "1", "-T", $"{seconds}", "-f", file],
                Missing,
                ("PGHOST", settings.Host!),
                ("PGPORT", $"{settings.Port}"),
                ("PGUSER", settings.Username!),
                ("PGPASSWORD", settings.Password ?? ""),
                ("PGDATABASE", settings.Database!)
            );
            return double.Parse(PerSecond().Match(output).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"(?<![\w@])@([A-Za-z]\w*)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex PerSecond();
}

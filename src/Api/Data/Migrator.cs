using System.Reflection;
using System.Text.RegularExpressions;
using DbUp;
using DbUp.Engine;
using DbUp.Postgresql;
using Npgsql;

namespace Api.Data;

/// <summary>Brings a database up to date with the scripts <c>db/migrations/NNNN_*.sql</c>, which are embedded in the assembly; each runs once, in a transaction.</summary>
internal sealed partial class Migrator(ContentDatabase content, Connections connections)
{
    private const string JournalSchema = "public";
    private const string JournalTable = "schema_migrations";

    // "content" in ASCII; keeps two migrations of the same database apart.
    private const long LockKey = 0x63_6f_6e_74_65_6e_74;

    /// <summary>Names of the scripts that have not run on this database, in order.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task<IReadOnlyList<string>> Pending(CancellationToken cancel)
    {
        const string journalExists = $"select to_regclass('{JournalSchema}.{JournalTable}') is not null";
        const string done = $"select scriptname from {JournalSchema}.{JournalTable}";
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        var ran = new HashSet<string>();
        await using var exists = new NpgsqlCommand(journalExists, connection);
        if ((bool)(await exists.ExecuteScalarAsync(cancel))!)
        {
            await using var command = new NpgsqlCommand(done, connection);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
                ran.Add(reader.GetString(0));
        }
        return [.. Scripts().Where(name => !ran.Contains(name))];
    }

    /// <summary>Whether the delivery login is there with all its settings; says nothing about its password.</summary>
    public Task<bool> LoginIsReady(CancellationToken cancel) => DeliveryRole.IsComplete(content, cancel);

    /// <summary>Makes the delivery login and runs what is pending.</summary>
    /// <returns>Names of the scripts that ran now.</returns>
    /// <exception cref="SetupException">A script failed; it and those after it left nothing behind.</exception>
    public async Task<IReadOnlyList<string>> Migrate(CancellationToken cancel)
    {
        await using var alone = await DatabaseLock.Take(content.DataSource, LockKey, cancel);
        await DeliveryRole.Ensure(content, connections, cancel);
        var pending = await Pending(cancel);
        if (pending.Count > 0)
        {
            await Task.Run(Upgrade, cancel);
            await DeliveryRole.Admit(content, cancel);
        }
        return pending;
    }

    private void Upgrade()
    {
        var result = DeployChanges.To
            .PostgresqlDatabase(new WholeScripts(content.DataSource))
            .WithScripts(Scripts().Select(name => SqlScript.FromStream(name, Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!)))
            .JournalToPostgresqlTable(JournalSchema, JournalTable)
            .WithTransactionPerScript()
            .WithExecutionTimeout(TimeSpan.FromHours(1))
            // $name$ is PostgreSQL's quote, not a variable.
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw new SetupException($"Migration {result.ErrorScript?.Name ?? "of the journal"} failed: {result.Error.Message.ReplaceLineEndings(" ")}", result.Error);
    }

    private static IEnumerable<string> Scripts() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => ScriptName().IsMatch(name)).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^\d{4}_.*\.sql$")]
    private static partial Regex ScriptName();

    // Npgsql splits scripts itself and knows every way PostgreSQL quotes.
    private sealed class WholeScripts(NpgsqlDataSource source) : PostgresqlConnectionManager(source)
    {
        public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) => [scriptContents];
    }
}

using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using DbUp;
using DbUp.Engine;
using DbUp.Postgresql;
using DbUp.Support;
using Npgsql;

namespace Api.Data;

/// <summary>
/// Brings a database up to date in one transaction: runs the scripts in <c>db/migrations</c>, each once, and recreates all functions,
/// triggers and views in <c>db/code</c> when one of them has changed. Both are embedded in the assembly.
/// </summary>
/// <param name="content">The database.</param>
/// <param name="connections">Its logins.</param>
/// <param name="more">Names and texts of scripts to run after those in <c>db/migrations</c>.</param>
internal sealed class Migrator(ContentDatabase content, Connections connections, IReadOnlyList<(string Name, string Sql)>? more = null)
{
    /// <summary>The advisory lock of imports, held until the end of the transaction.</summary>
    public const string ImportLock = "7301189";

    private const string Migrations = "migrations/";
    private const string Code = "code/";

    private const string JournalSchema = "public";
    private const string JournalTable = "schema_migrations";
    private const string Journal = $"{JournalSchema}.{JournalTable}";

    // A script from before the first release, whose content is in other scripts now.
    private const string BeforeRelease = "0003_delivery.sql";

    // "content" in ASCII; prevents concurrent migrations of a database.
    private const long LockKey = 0x63_6f_6e_74_65_6e_74;

    // Drops the latest object first, as it may depend on earlier ones. No table depends on a function, so no stored data is dropped. It
    // takes the lock of imports first, because an import takes its locks in another order; the lock timeout keeps readers from waiting long
    // behind this statement.
    private const string DropCodeSql = $"""
        do $$
        declare
            schemas  constant regnamespace[] := array[to_regnamespace('content'), to_regnamespace('delivery'), to_regnamespace('preview')];
            command  text;
            commands text[];
            others   text;
        begin
            perform pg_advisory_xact_lock({ImportLock});
            perform set_config('lock_timeout', '2s', true);
            commands := array(
                select format('drop trigger %I on %s', t.tgname, c.oid::regclass)
                from   pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
                where  not t.tgisinternal and c.relnamespace = any (schemas) and p.pronamespace = any (schemas)
                order  by c.relname, t.tgname)
                || array(
                select m.command
                from  (select c.oid, format('drop view %s', c.oid::regclass) as command from pg_class c where c.relkind = 'v' and c.relnamespace = any (schemas)
                       union all
                       select p.oid, format('drop routine %s', p.oid::regprocedure) from pg_proc p where p.pronamespace = any (schemas)) m
                where  not exists (select from pg_depend d where d.objid = m.oid and d.classid in ('pg_proc'::regclass, 'pg_class'::regclass) and d.deptype = 'e')
                order  by m.oid desc);
            foreach command in array commands loop
                begin
                    execute command;
                exception when dependent_objects_still_exist then
                    get stacked diagnostics others = pg_exception_detail;
                    raise exception 'what is not of this program is in the way, drop it first: %', others;
                end;
            end loop;
        end $$;
        """;

    // Items that a migration marks as dirty are refreshed at the end, by the new code.
    private const string RefreshSql = "select content.schedule_refresh();";

    /// <summary>The code in the order of its creation, which is the order of the steps of a commit.</summary>
    private static string AllCode { get; } = string.Join('\n', Named(Code).Select(Text));

    /// <summary>The name of the code in the journal, with a hash of its content.</summary>
    private static string CodeName { get; } =
        "code-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AllCode)).AsSpan(0, 6));

    /// <summary>
    /// Names of what <see cref="Migrate"/> would run, in order: scripts, and the code if the database has different code.
    /// </summary>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task<IReadOnlyList<string>> Pending(CancellationToken cancel)
    {
        var ran = await Ran(cancel);
        return
        [
            .. Once().Select(script => script.Name).Where(name => !ran.Contains(name)),
            .. ran.FindLast(IsCode) == CodeName ? Array.Empty<string>() : [CodeName],
        ];
    }

    /// <summary>
    /// Names of scripts and code that have never run. Empty after a later version has migrated: this version then uses the database as it
    /// is.
    /// </summary>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task<IReadOnlyList<string>> Missing(CancellationToken cancel)
    {
        var ran = await Ran(cancel);
        return [.. Once().Select(script => script.Name).Append(CodeName).Where(name => !ran.Contains(name))];
    }

    /// <summary>Whether the logins for requests exist with all their settings; does not check their passwords.</summary>
    public Task<bool> LoginsAreReady(CancellationToken cancel) => DeliveryRole.AreComplete(content, cancel);

    /// <summary>Creates the logins for requests and runs what is pending.</summary>
    /// <returns>Names of what ran.</returns>
    /// <exception cref="SetupException">A script failed; all scripts were rolled back.</exception>
    public async Task<IReadOnlyList<string>> Migrate(CancellationToken cancel)
    {
        await using var alone = await DatabaseLock.Take(content.DataSource, LockKey, cancel);
        await DeliveryRole.Ensure(content, connections, cancel);
        var pending = await Pending(cancel);
        if (pending.Count > 0)
        {
            if ((await Ran(cancel)).Contains(BeforeRelease) || await HasOldNames(cancel))
                throw new SetupException(
                    "The database was made before the first release and cannot be brought up to date. Write its content out with the program that made it (export ndjson), and import that into an empty database."
                );
            await Task.Run(Upgrade, cancel);
            await DeliveryRole.Admit(content, cancel);
        }
        return pending;
    }

    // Of builds before the first release, whose scripts had the names of today and made tables with other names.
    private async Task<bool> HasOldNames(CancellationToken cancel)
    {
        await using var command = content.DataSource.CreateCommand("select to_regclass('content.touched') is not null");
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    // All entries of the journal in order, including every earlier version of the code.
    private async Task<List<string>> Ran(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await using var exists = new NpgsqlCommand($"select to_regclass('{Journal}') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancel))!)
            return [];
        var ran = new List<string>();
        await using var command = new NpgsqlCommand($"select scriptname from {Journal} order by schemaversionsid", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            ran.Add(reader.GetString(0));
        return ran;
    }

    private static bool IsCode(string name) => name.StartsWith("code-", StringComparison.Ordinal);

    private void Upgrade()
    {
        const int attempts = 60;
        for (var attempt = 1; ; attempt++)
        {
            var result = Scripts().Build().PerformUpgrade();
            if (result.Successful)
                return;
            // Deadlock: a reader can hold a lock on one view and wait for another, while this transaction does the opposite.
            if (
                result.Error
                    is not PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable }
                || attempt == attempts
            )
                throw new SetupException(
                    $"Migration {result.ErrorScript?.Name ?? "of the journal"} failed: {result.Error.Message.ReplaceLineEndings(" ")}",
                    result.Error
                );
            Thread.Sleep(TimeSpan.FromSeconds(1));
        }
    }

    private DbUp.Builder.UpgradeEngineBuilder Scripts() =>
        DeployChanges
            .To.PostgresqlDatabase(new WholeScripts(content.DataSource))
            .WithScripts([
                Always("drop-code", DropCodeSql, 0),
                .. Once()
                    .Select(script => new SqlScript(
                        script.Name,
                        script.Sql,
                        new SqlScriptOptions { ScriptType = ScriptType.RunOnce, RunGroupOrder = 1 }
                    )),
                .. Named(Code).Select(name => Always(name, Text(name), 2)),
                Always("journal-code", $"insert into {Journal} (scriptname, applied) values ('{CodeName}', now()); {RefreshSql}", 3),
            ])
            .JournalToPostgresqlTable(JournalSchema, JournalTable)
            .WithTransaction()
            .WithExecutionTimeout(TimeSpan.FromHours(1))
            // $name$ is a PostgreSQL dollar quote, not a variable.
            .WithVariablesDisabled()
            .LogToNowhere();

    private IEnumerable<(string Name, string Sql)> Once() =>
        Named(Migrations).Select(name => (name[Migrations.Length..], Text(name))).Concat(more ?? []);

    private static SqlScript Always(string name, string sql, int order) =>
        new(name, sql, new SqlScriptOptions { ScriptType = ScriptType.RunAlways, RunGroupOrder = order });

    private static IEnumerable<string> Named(string folder) =>
        Assembly
            .GetExecutingAssembly()
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string Text(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    // Npgsql splits scripts itself and knows PostgreSQL's quoting.
    private sealed class WholeScripts(NpgsqlDataSource source) : PostgresqlConnectionManager(source)
    {
        public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) => [scriptContents];
    }
}

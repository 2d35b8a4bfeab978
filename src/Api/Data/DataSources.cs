using Npgsql;

namespace Api.Data;

/// <summary>Makes the pools of connections.</summary>
internal static class DataSources
{
    /// <summary>A pool of connections to one server; with several in the connection string, to the one that is the primary.</summary>
    /// <remarks>What the connection string says itself about pool size and time-outs stays.</remarks>
    public static NpgsqlDataSource Create(NpgsqlDataSourceBuilder builder, int poolSize)
    {
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName ??= "api";
        // The types of columns here are PostgreSQL's own: nothing to ask each server for.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        if (!settings.ShouldSerialize("Timeout"))
            settings.Timeout = 5;
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = poolSize;
        // What a reset would clear away is left by nobody here, and where sessions are shared it may be somebody else's.
        if (SessionCheck.IsWaived(settings))
            settings.NoResetOnClose = true;
        SessionCheck.AddTo(builder);
        if (settings.Host?.Contains(',', StringComparison.Ordinal) != true)
            return builder.Build();
        // By default a host that was away is not looked at again for ten seconds.
        if (!settings.ShouldSerialize("Host Recheck Seconds"))
            settings.HostRecheckSeconds = 1;
        return builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }

    /// <summary>Settings of connections that prepare no statements by themselves, whatever the connection string says.</summary>
    public static NpgsqlDataSourceBuilder Unprepared(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        if (builder.ConnectionStringBuilder.MaxAutoPrepare > 0)
            builder.ConnectionStringBuilder.Remove("Max Auto Prepare");
        return builder;
    }

    /// <summary>A connection string for each host in this one (<c>Host=a,b:5433</c>), in their order. Pure.</summary>
    public static IReadOnlyList<string> Hosts(string connection)
    {
        var all = new NpgsqlConnectionStringBuilder(connection);
        if (all.Host?.Contains(',', StringComparison.Ordinal) != true)
            return [connection];
        all.Remove("Target Session Attributes");
        all.Remove("Load Balance Hosts");
        // Npgsql takes a port behind a host's name itself.
        return [.. all.Host.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(host => new NpgsqlConnectionStringBuilder(all.ConnectionString) { Host = host }.ConnectionString)];
    }
}

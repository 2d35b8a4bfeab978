using Npgsql;

namespace Api.Data;

/// <summary>Creates connection pools.</summary>
internal static class DataSources
{
    /// <summary>A pool of connections to one server; with several servers in the connection string, to the primary.</summary>
    /// <remarks>Pool size and timeouts in the connection string take precedence.</remarks>
    public static NpgsqlDataSource Create(NpgsqlDataSourceBuilder builder, int poolSize)
    {
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName ??= "api";
        // All columns have built-in types, so the types need not be loaded from the server.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        if (!settings.ShouldSerialize("Timeout"))
            settings.Timeout = 5;
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = poolSize;
        // Nothing here leaves session state that a reset would clear. Where sessions are shared, the state may belong to another client.
        if (SessionCheck.IsWaived(settings))
            settings.NoResetOnClose = true;
        SessionCheck.AddTo(builder);
        if (settings.Host?.Contains(',', StringComparison.Ordinal) != true)
            return builder.Build();
        // By default an unavailable host is not checked again for ten seconds.
        if (!settings.ShouldSerialize("Host Recheck Seconds"))
            settings.HostRecheckSeconds = 1;
        return builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }

    /// <summary>A builder for connections without automatic preparation of statements, even if the connection string sets it.</summary>
    public static NpgsqlDataSourceBuilder Unprepared(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        if (builder.ConnectionStringBuilder.MaxAutoPrepare > 0)
            builder.ConnectionStringBuilder.Remove("Max Auto Prepare");
        return builder;
    }

    /// <summary>A connection string for each host of a connection string (<c>Host=a,b:5433</c>), in order. Pure.</summary>
    public static IReadOnlyList<string> Hosts(string connection)
    {
        var all = new NpgsqlConnectionStringBuilder(connection);
        if (all.Host?.Contains(',', StringComparison.Ordinal) != true)
            return [connection];
        all.Remove("Target Session Attributes");
        all.Remove("Load Balance Hosts");
        // Npgsql accepts a port after the host name.
        return
        [
            .. all
                .Host.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(host => new NpgsqlConnectionStringBuilder(all.ConnectionString) { Host = host }.ConnectionString),
        ];
    }
}

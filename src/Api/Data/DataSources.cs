using Npgsql;

namespace Api.Data;

/// <summary>Makes the pools of connections.</summary>
internal static class DataSources
{
    /// <summary>One pool; with several hosts in the connection string, one per host, from which <paramref name="target"/> chooses.</summary>
    /// <remarks>What the connection string says itself about pool size and time-outs stays.</remarks>
    public static NpgsqlDataSource Create(NpgsqlDataSourceBuilder builder, int poolSize, TargetSessionAttributes target)
    {
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName ??= "api";
        if (!settings.ShouldSerialize("Timeout"))
            settings.Timeout = 5;
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = poolSize;
        if (settings.Host?.Contains(',', StringComparison.Ordinal) != true)
            return builder.Build();
        // By default a host that was away is not looked at again for ten seconds.
        if (!settings.ShouldSerialize("Host Recheck Seconds"))
            settings.HostRecheckSeconds = 1;
        return builder.BuildMultiHost().WithTargetSession(target);
    }
}

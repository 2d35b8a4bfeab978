using Npgsql;

namespace Api.Data;

/// <summary>The database under its owner's login: for migrations, imports and the publisher. Requests never use it.</summary>
internal sealed class ContentDatabase : IAsyncDisposable
{
    private readonly NpgsqlMultiHostDataSource hosts;

    public ContentDatabase(Connections connections)
    {
        var builder = new NpgsqlDataSourceBuilder(connections.Content);
        var settings = builder.ConnectionStringBuilder;
        settings.ApplicationName ??= "api";
        if (!settings.ShouldSerialize("Timeout"))
            settings.Timeout = 5;
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = 4;
        hosts = builder.BuildMultiHost();
        DataSource = hosts.WithTargetSession(TargetSessionAttributes.Primary);
        DapperSettings.Apply();
    }

    /// <summary>Connections to the primary.</summary>
    public NpgsqlDataSource DataSource { get; }

    public async ValueTask DisposeAsync() => await hosts.DisposeAsync();
}

using Npgsql;

namespace Api.Data;

/// <summary>The database with its owner's login, for migrations, imports and the publisher. Requests never use it.</summary>
internal sealed class ContentDatabase : IAsyncDisposable
{
    private const int PoolSize = 4;

    public ContentDatabase(Connections connections)
    {
        DataSource = DataSources.Create(DataSources.Unprepared(connections.Content), PoolSize);
        DapperSettings.Apply();
    }

    /// <summary>Connections to the primary.</summary>
    public NpgsqlDataSource DataSource { get; }

    public async ValueTask DisposeAsync() => await DataSource.DisposeAsync();
}

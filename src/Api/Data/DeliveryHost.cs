using Npgsql;

namespace Api.Data;

/// <summary>A server that holds the content, and what is known of it.</summary>
internal sealed class DeliveryHost(NpgsqlDataSource requests, NpgsqlDataSource feed) : IAsyncDisposable
{
    private volatile HostState? state;
    private volatile bool isThere;

    /// <summary>Connections for requests.</summary>
    public NpgsqlDataSource Requests => requests;

    /// <summary>Connections for following the changes, which requests that wait for theirs do not hold up.</summary>
    public NpgsqlDataSource Feed => feed;

    /// <summary>What it said last; null before it has said anything.</summary>
    public HostState? State => state;

    /// <summary>Whether it was well when somebody asked last.</summary>
    public bool IsThere => isThere;

    /// <summary>It has answered.</summary>
    public void Answered(HostState now) => (state, isThere) = (now, true);

    /// <summary>It does not answer; what it said before is still known.</summary>
    public void Left() => isThere = false;

    /// <summary>Gives up the connections there are; those in use once they are returned.</summary>
    public void Reconnect()
    {
        requests.Clear();
        feed.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await requests.DisposeAsync();
        await feed.DisposeAsync();
    }
}

/// <param name="IsStandby">Whether it replays what the primary writes.</param>
/// <param name="Sequence">The changes up to it are there.</param>
internal sealed record HostState(bool IsStandby, long Sequence);

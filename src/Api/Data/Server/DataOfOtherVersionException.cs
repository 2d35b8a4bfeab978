namespace Api.Data.Server;

/// <summary>The data folder was written by a major version of PostgreSQL that is not available.</summary>
internal sealed class DataOfOtherVersionException(int data, IReadOnlyCollection<int> binaries) : Exception
{
    /// <summary>What the operator can do, in one line.</summary>
    public string Advice(string folder) =>
        $"The data in {folder} is of PostgreSQL {data}, but {(binaries.Count == 0 ? "this machine has none" : $"there is only {string.Join(", ", binaries)}")}: "
        + $"install PostgreSQL {data}{(data == PostgresPackage.Major ? " (or set PostgreSql__Source=auto)" : "")}, or delete that folder to begin again with the demo content.";
}

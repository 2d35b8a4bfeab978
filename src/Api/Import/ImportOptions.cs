using Api.Import.Merging;
using Npgsql;

namespace Api.Import;

/// <summary>How an import runs.</summary>
internal sealed record ImportOptions
{
    /// <summary>Checks everything and counts what would change, but writes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>What becomes of lines that cannot be taken as they are.</summary>
    public Rejections Rejections { get; init; }

    /// <summary>Done in the same transaction when all lines are written; what it throws leaves nothing written. Null for nothing.</summary>
    public Func<NpgsqlConnection, ImportReport, Task>? Finish { get; init; }

    /// <summary>Done in the same transaction when what is visible is visible, on a dry run too; what it throws leaves nothing written. Null for nothing.</summary>
    public Func<NpgsqlConnection, Task>? Check { get; init; }

    /// <summary>Members that are not known are left out: the lines may be of a later version.</summary>
    public bool IgnoresUnknown { get; init; }

    /// <summary>The lines are a copy of another instance, which has checked where its redirects lead.</summary>
    public bool TakesRedirectsAsTheyAre { get; init; }

    /// <summary>Leaves the words of much that is new, for search, to a server that runs on the database.</summary>
    public bool LeavesWords { get; init; }

    /// <summary>Told now and then how far the import is; may be called from any thread.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }
}

/// <summary>How far an import is.</summary>
/// <param name="Step">What is being done, such as <c>reading</c>.</param>
/// <param name="Lines">Lines read so far.</param>
internal sealed record ImportProgress(string Step, long Lines);

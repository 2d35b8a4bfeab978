using Api.Import.Merging;
using Npgsql;

namespace Api.Import;

/// <summary>How an import runs.</summary>
internal sealed record ImportOptions
{
    /// <summary>Checks everything and counts what would change, but writes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>How lines are handled that cannot be imported as they are.</summary>
    public Rejections Rejections { get; init; }

    /// <summary>Runs in the same transaction once all lines are written; if it throws, nothing is written. Null for nothing.</summary>
    public Func<NpgsqlConnection, ImportReport, Task>? Finish { get; init; }

    /// <summary>
    /// Runs in the same transaction once the read model is refreshed, on a dry run too; if it throws, nothing is written. Null for nothing.
    /// </summary>
    public Func<NpgsqlConnection, Task>? Check { get; init; }

    /// <summary>Unknown members are ignored: the lines may be of a later version.</summary>
    public bool IgnoresUnknown { get; init; }

    /// <summary>The lines are a copy of another instance, which has checked its redirects for loops.</summary>
    public bool TakesRedirectsAsTheyAre { get; init; }

    /// <summary>Receives the progress of the import; may be called from any thread.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }
}

/// <summary>How far an import is.</summary>
/// <param name="Step">The current step, such as <c>reading</c>.</param>
/// <param name="Lines">Lines read so far.</param>
internal sealed record ImportProgress(string Step, long Lines);

namespace Api.Import;

/// <summary>How an import runs.</summary>
internal sealed record ImportOptions
{
    /// <summary>Checks everything and counts what would change, but writes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Told now and then how far the import is; may be called from any thread.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }
}

/// <summary>How far an import is.</summary>
/// <param name="Step">What is being done, such as <c>reading</c>.</param>
/// <param name="Lines">Lines read so far.</param>
internal sealed record ImportProgress(string Step, long Lines);

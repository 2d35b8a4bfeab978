using Api.Data;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Looking;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Wxr;

namespace Api.Commands;

/// <summary>
/// <c>import wordpress --check</c> and <c>--propose-mapping</c>: inspects a file or site. Nothing is imported, and no database is used.
/// </summary>
internal static class WordPressLooking
{
    /// <summary>Inspects the source, then prints the check, writes the proposal, or both.</summary>
    /// <param name="source">Path or address, as given.</param>
    /// <param name="site">How to fetch a running site; null for a file.</param>
    /// <param name="mapping">An existing mapping file; null for none.</param>
    /// <param name="check">Whether to print the check.</param>
    /// <param name="proposal">File to write the proposal to; null for none.</param>
    /// <param name="cancel">Stops the inspection.</param>
    /// <returns>Exit code.</returns>
    /// <exception cref="SetupException">The source cannot be read, or the proposal cannot be written.</exception>
    public static async Task<int> Run(
        string source,
        LiveOptions? site,
        string? mapping,
        bool check,
        string? proposal,
        CancellationToken cancel
    )
    {
        var given = mapping is null ? new WordPressMappingFile() : ImportSource.ReadMappingFile(mapping);
        var (look, facts) = await Look(source, site, cancel);
        if (check)
            Console.Write(SiteCheck.Write(look, facts, given, site is not null));
        if (proposal is null)
            return 0;
        try
        {
            await File.WriteAllTextAsync(proposal, new MappingProposal(look, given).Write(source), cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The mapping file cannot be written: {e.Message}", e);
        }
        Console.WriteLine($"{proposal} holds the proposal. Look at it, then: import wordpress {source} --mapping {proposal} --dry-run");
        return 0;
    }

    private static async Task<(SiteLook Look, IReadOnlyList<string> Facts)> Look(string source, LiveOptions? site, CancellationToken cancel)
    {
        try
        {
            if (site is not null)
            {
                var live = await LiveLook.At(site, TimeProvider.System, cancel);
                return (live.Look, live.Facts);
            }
            var look = SiteLook.At(() => ImportSource.Open(source), cancel);
            return (
                look,
                [
                    $"yes  {source} is a whole export.",
                    look.HasPermalinks
                        ? "yes  Permalinks are words: old addresses will lead to the new ones."
                        : "note Permalinks are plain (?p=123): old addresses will lead on, but archives have none.",
                ]
            );
        }
        catch (LiveException e)
        {
            throw new SetupException($"{e.Message.TrimEnd('.')}.", e);
        }
        catch (WordPressFileException e)
        {
            throw new SetupException($"{source}, {e.Message}", e);
        }
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Api.Import.Lines;

namespace Api.Import;

/// <summary>
/// Gives lines numbers that are unique within an import: several files, or several lines made from one position in a file, may be imported
/// together.
/// </summary>
internal sealed partial class LinePlaces
{
    private readonly List<long> places = [];

    /// <summary>The lines, numbered from 1.</summary>
    public async IAsyncEnumerable<ImportLine> Count(IAsyncEnumerable<ImportLine> lines, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var line in lines.WithCancellation(cancel))
        {
            places.Add(line.Number);
            yield return line with
            {
                Number = places.Count,
            };
        }
    }

    /// <summary>
    /// Rejected lines in the order in which they were read, with their original numbers; <c>#7#</c> in a reason is such a number as well.
    /// </summary>
    public IReadOnlyList<RejectedLine> Restore(IEnumerable<RejectedLine> rejected) =>
        [
            .. rejected
                .OrderBy(line => line.Line)
                .Select(line => line with { Line = places[(int)line.Line - 1], Reason = Counted().Replace(line.Reason, Place) }),
        ];

    private string Place(Match match)
    {
        var number = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return number > 0 && number <= places.Count ? places[number - 1].ToString(CultureInfo.InvariantCulture) : match.Value;
    }

    [GeneratedRegex("(?<=line )#([0-9]{1,9})#", RegexOptions.CultureInvariant)]
    private static partial Regex Counted();
}

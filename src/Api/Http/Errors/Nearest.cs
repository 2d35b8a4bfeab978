namespace Api.Http.Errors;

/// <summary>Finds the candidates that are spelt most like a value, for "did you mean".</summary>
internal static class Nearest
{
    private const int LongestCompared = 64;

    /// <summary>
    /// At most <paramref name="count"/> candidates, the nearest first, ties in the order given: candidates within as many edits as a third
    /// of the value's length (at least two), and candidates that contain the value, if it has three characters or more.
    /// </summary>
    public static IReadOnlyList<string> Of(string value, IReadOnlyList<string> candidates, int count)
    {
        var wanted = value.Trim().ToLowerInvariant();
        if (wanted.Length is 0 or > LongestCompared)
            return [];
        var bound = Math.Max(2, wanted.Length / 3);
        return
        [
            .. candidates
                .Select(candidate => (candidate, Distance: Score(wanted, candidate.ToLowerInvariant(), bound)))
                .Where(scored => scored.Distance <= bound)
                .OrderBy(scored => scored.Distance)
                .Take(count)
                .Select(scored => scored.candidate),
        ];
    }

    private static int Score(string wanted, string candidate, int bound)
    {
        var distance = Distance(wanted, candidate, bound);
        return distance > bound && wanted.Length >= 3 && candidate.Contains(wanted, StringComparison.Ordinal) ? bound : distance;
    }

    /// <summary>
    /// Optimal string alignment distance: insertions, deletions, replacements and swaps of adjacent characters. Any distance above
    /// <paramref name="bound"/> is returned as <paramref name="bound"/> + 1.
    /// </summary>
    public static int Distance(string one, string other, int bound) =>
        Math.Abs(one.Length - other.Length) > bound ? bound + 1 : Least(one, other, other.Length, bound);

    /// <summary>
    /// The least <see cref="Distance"/> of a text to a beginning of another that is as long, or one character shorter or longer, as far as
    /// the other goes.
    /// </summary>
    public static int DistanceToBeginning(string one, string other, int bound) =>
        Least(one, other.AsSpan(0, Math.Min(one.Length + 1, other.Length)), Math.Min(one.Length - 1, other.Length), bound);

    // The least distance to a beginning of the other text that is no shorter than some length.
    private static int Least(string one, ReadOnlySpan<char> other, int shortest, int bound)
    {
        const int usual = 64;
        var width = other.Length + 1;
        Span<int> rows = width <= usual ? stackalloc int[3 * usual] : new int[3 * width];
        var before = rows[..width];
        var last = rows.Slice(width, width);
        var current = rows.Slice(2 * width, width);
        for (var j = 0; j <= other.Length; j++)
            last[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            current[0] = i;
            var best = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replace = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                var cost = Math.Min(replace, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    cost = Math.Min(cost, before[j - 2] + 1);
                current[j] = cost;
                best = Math.Min(best, cost);
            }
            if (best > bound)
                return bound + 1;
            var free = before;
            before = last;
            last = current;
            current = free;
        }
        var least = bound + 1;
        foreach (var cost in last[shortest..])
            least = Math.Min(least, cost);
        return least;
    }
}

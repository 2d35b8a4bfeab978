using Api.Words.Postings;

namespace Api.Words;

/// <summary>
/// How well an item answers a search: docs/decisions/0024 says why these numbers. Uses operations only that every processor does alike, as
/// all nodes must agree. Pure.
/// </summary>
internal static class Scoring
{
    private const double InTitle = 1;
    private const double InLead = 0.4;
    private const double InNames = 0.25;
    private const double InBody = 0.35;

    // BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, section 3.4), with a fixed average length, so that a
    // score does not depend on other items.
    private const double Saturation = 1.2;
    private const double LengthShare = 0.6;
    private const double UsualLength = 500;

    // 1 January 1900, in microseconds since 1970.
    private const long FirstInstant = -2_208_988_800_000_000;

    private static readonly double[] Nearness = MakeNearness();
    private static readonly double[] Ages = MakeAges();
    private static readonly double[] Bodies = MakeBodies();

    /// <summary>The weight of a term in an item.</summary>
    /// <param name="info">The byte of its posting.</param>
    /// <param name="isInNames">Whether the name of an expert or topic of the item has it.</param>
    /// <param name="length">The length of the item, as <see cref="LengthByte"/> writes it.</param>
    public static double OfTerm(int info, bool isInNames, byte length)
    {
        var often = info & Posting.MostInBody;
        var score = (info & Posting.InTitle) != 0 ? InTitle : 0;
        if ((info & Posting.InLead) != 0)
            score += InLead;
        if (isInNames)
            score += InNames;
        return often == 0 ? score : score + Bodies[(length * (Posting.MostInBody + 1)) + often];
    }

    /// <summary>How near two words are, 0 to 1: nearly 1 for neighbours, a half between seven and eight words.</summary>
    public static double OfDistance(int words) => words < Nearness.Length ? Nearness[words] : 0;

    /// <summary>
    /// The factor of an item's age: an item scores half as much as one published twenty years later. It depends on the day only (UTC), not
    /// on the present time.
    /// </summary>
    /// <param name="instant">Microseconds since 1970 (UTC).</param>
    public static double OfAge(long instant)
    {
        const long day = 86_400_000_000;
        var days = Math.Clamp((instant - FirstInstant) / day, 0, Ages.Length - 1);
        return Ages[days];
    }

    // For each day from 1900 to 2100.
    private static double[] MakeAges()
    {
        const double twentyYears = 20 * 365.25;
        const int dayOfOne = 36_524; // 1 January 2000
        return [.. Enumerable.Range(0, 73_049).Select(day => PowerOfTwo((day - dayOfOne) / twentyYears))];
    }

    // For each byte of a length, and each number of occurrences in the body.
    private static double[] MakeBodies()
    {
        var bodies = new double[256 * (Posting.MostInBody + 1)];
        for (var n = 0; n < bodies.Length; n++)
        {
            var (often, words) = (n % (Posting.MostInBody + 1), LengthByte.Words((byte)(n / (Posting.MostInBody + 1))));
            bodies[n] = InBody * often / (often + (Saturation * (1 - LengthShare + (LengthShare * words / UsualLength))));
        }
        return bodies;
    }

    private static double PowerOfTwo(double exponent)
    {
        var whole = Math.Floor(exponent);
        // The rest by its Taylor series, to 1e-7.
        var x = (exponent - whole) * 0.6931471805599453;
        var sum = 1.0;
        for (var n = 9; n > 0; n--)
            sum = 1 + (x / n * sum);
        return Math.ScaleB(sum, (int)whole);
    }

    // As ts_rank of PostgreSQL weighs the distance of two words.
    private static double[] MakeNearness()
    {
        var near = new double[24];
        near[0] = 1;
        for (var n = 1; n < near.Length; n++)
            near[n] = Math.Round(1 / (1.005 + (0.05 * Math.Exp((n / 1.5) - 2))), 4);
        return near;
    }
}

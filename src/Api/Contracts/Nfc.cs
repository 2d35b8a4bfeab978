using System.Globalization;
using System.Text;

namespace Api.Contracts;

/// <summary>Unicode normalization form C (UAX #15).</summary>
/// <remarks>
/// The process runs with invariant globalization, which needs no ICU on the machine, and in which <see cref="string.Normalize()"/> returns
/// its input unchanged. The tables are the canonical part of the Unicode Character Database.
/// </remarks>
internal static class Nfc
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28;

    private static readonly Lazy<Tables> Loaded = new(Load);

    /// <summary>The text in normalization form C. Lone surrogates become U+FFFD.</summary>
    public static string Normalize(string text)
    {
        // Nothing below U+0300 composes or decomposes in form C.
        if (text.All(c => c < '\u0300'))
            return text;
        var tables = Loaded.Value;
        var runes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, tables, runes);
        Order(runes, tables);
        var composed = new StringBuilder(text.Length);
        foreach (var rune in Compose(runes, tables))
            composed.Append(new Rune(rune).ToString());
        return composed.ToString();
    }

    /// <summary>True when <see cref="Normalize"/> would change nothing.</summary>
    public static bool IsNormalized(string text) => Normalize(text) == text;

    private static void Decompose(int rune, Tables tables, List<int> into)
    {
        var hangul = rune - HangulBase;
        if (hangul is >= 0 and < LeadCount * VowelCount * TailCount)
        {
            into.Add(LeadBase + hangul / (VowelCount * TailCount));
            into.Add(VowelBase + hangul % (VowelCount * TailCount) / TailCount);
            if (hangul % TailCount > 0)
                into.Add(TailBase + hangul % TailCount);
        }
        else if (tables.Parts.TryGetValue(rune, out var parts))
        {
            foreach (var part in parts)
                Decompose(part, tables, into);
        }
        else
        {
            into.Add(rune);
        }
    }

    /// <summary>Sorts each run of combining marks by class; the order of marks of one class stays.</summary>
    private static void Order(List<int> runes, Tables tables)
    {
        for (var start = 0; start < runes.Count; start++)
        {
            if (!tables.Classes.ContainsKey(runes[start]))
                continue;
            var end = start;
            while (end < runes.Count && tables.Classes.ContainsKey(runes[end]))
                end++;
            var sorted = runes[start..end].OrderBy(r => tables.Classes[r]).ToList();
            for (var i = 0; i < sorted.Count; i++)
                runes[start + i] = sorted[i];
            start = end;
        }
    }

    private static List<int> Compose(List<int> runes, Tables tables)
    {
        var composed = new List<int>(runes.Count);
        int starter = -1, lastClass = 0;
        foreach (var rune in runes)
        {
            var markClass = tables.Classes.GetValueOrDefault(rune);
            var adjacent = starter == composed.Count - 1;
            if (starter >= 0 && (adjacent || lastClass < markClass && lastClass != 0)
                && Pair(composed[starter], rune, tables) is { } pair)
            {
                composed[starter] = pair;
                continue;
            }
            if (markClass == 0)
                starter = composed.Count;
            lastClass = markClass;
            composed.Add(rune);
        }
        return composed;
    }

    private static int? Pair(int first, int second, Tables tables)
    {
        int lead = first - LeadBase, vowel = second - VowelBase, syllable = first - HangulBase, tail = second - TailBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
            return HangulBase + (lead * VowelCount + vowel) * TailCount;
        if (syllable is >= 0 and < LeadCount * VowelCount * TailCount && syllable % TailCount == 0 && tail is > 0 and < TailCount)
            return first + tail;
        return tables.Pairs.TryGetValue((first, second), out var pair) ? pair : null;
    }

    private static Tables Load()
    {
        using var stream = typeof(Nfc).Assembly.GetManifestResourceStream("nfc.txt")!;
        using var reader = new StreamReader(stream);
        var tables = new Tables([], [], []);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            foreach (var entry in line.Split(' '))
                Read(entry, tables);
        }
        return tables;
    }

    private static void Read(string entry, Tables tables)
    {
        if (entry.Split('=') is [var whole, var parts])
        {
            var runes = parts.TrimEnd('!').Split('+').Select(Hex).ToArray();
            tables.Parts[Hex(whole)] = runes;
            if (!parts.EndsWith('!'))
                tables.Pairs[(runes[0], runes[1])] = Hex(whole);
        }
        else if (entry.Split('-', ':') is [var first, var last, var markClass])
        {
            for (var rune = Hex(first); rune <= Hex(last); rune++)
                tables.Classes[rune] = byte.Parse(markClass, CultureInfo.InvariantCulture);
        }
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private sealed record Tables(
        Dictionary<int, int[]> Parts, Dictionary<(int, int), int> Pairs, Dictionary<int, byte> Classes);
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Api.Settings;
using ICU4N.Globalization;
using ICU4N.Text;

namespace Api.Collation;

/// <summary>
/// The order of titles and names: the rules of a language as ICU has them. The ICU is the package ICU4N, not that of the machine, so the
/// order is the same on every node.
/// </summary>
/// <remarks>
/// Thread-safe. The key of a title takes 2 µs, and 1.3 bytes a letter in Latin script. The rules are loaded with the first key, which
/// takes a third of a second.
/// </remarks>
internal sealed partial class TitleOrder
{
    private static readonly Setting TagSetting = new("Site:TitleOrder", "language tag (BCP 47)")
    {
        DefaultNote = "the first of `Site__Languages`",
        Range =
            "a language that ICU knows, also with an order of its own, such as `zh-u-co-stroke`; the extensions `co`, `kf` and `kn` "
            + "([decision 25](decisions/0025-title-order.md))",
        Effect = "The language by whose rules titles and names are sorted. All nodes need the same value.",
    };

    // Titles that are alike so far are ordered by id. Bounds memory and cursors.
    private const int MostLetters = 200;

    private readonly Lazy<RuleBasedCollator> rules;

    private TitleOrder(string tag)
    {
        Tag = tag;
        rules = new Lazy<RuleBasedCollator>(() => Load(tag));
    }

    /// <summary>The language tag.</summary>
    public string Tag { get; }

    /// <summary>What keys depend on: keys with the same mark can be compared, keys with different marks cannot.</summary>
    public string Mark => $"{Tag.ToLowerInvariant()} {typeof(Collator).Assembly.GetName().Version} 1";

    /// <summary>The order by the rules of a language; those that all languages share when the tag names none.</summary>
    public static TitleOrder Of(string tag) => new(tag);

    /// <summary>Reads and checks the setting.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="usual">The language where none is set.</param>
    /// <exception cref="InvalidOperationException">The setting is invalid; the message says what is allowed.</exception>
    public static TitleOrder From(IConfiguration configuration, string usual)
    {
        if (TagSetting.Find(configuration) is not { Length: > 0 } tag)
            return Of(usual);
        if (Wrong(tag) is { } reason)
            throw new InvalidOperationException($"The setting {TagSetting.Name} is '{tag}'; {reason}");
        return Of(tag);
    }

    /// <summary>
    /// The sort key of a title or name: compared byte by byte, ties broken by id. No byte is 0. Quotation marks, spaces and other
    /// punctuation before the first letter, digit or symbol do not count.
    /// </summary>
    public byte[] Key(string text)
    {
        var key = rules.Value.GetRawCollationKey(Counting(text), new RawCollationKey());
        // Without the 0 at the end.
        return key.Bytes[..(key.Length - 1)];
    }

    /// <summary>
    /// The sort key of a person: by family name, then by given name; by the whole name when the family name is not known.
    /// </summary>
    public byte[] Key(string name, string? givenName, string? familyName) =>
        Key(
            familyName is null ? name
            : givenName is null ? familyName
            : $"{familyName} {givenName}"
        );

    private static string Counting(string text)
    {
        var start = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsSkipped(Rune.GetUnicodeCategory(rune)))
                break;
            start += rune.Utf16SequenceLength;
        }
        if (start == text.Length)
            start = 0;
        if (text.Length - start <= MostLetters)
            return text[start..];
        var length = char.IsHighSurrogate(text[start + MostLetters - 1]) ? MostLetters - 1 : MostLetters;
        return text.Substring(start, length);
    }

    private static bool IsSkipped(UnicodeCategory category) =>
        category
            is UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation
                or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation
                or UnicodeCategory.DashPunctuation
                or UnicodeCategory.ConnectorPunctuation
                or UnicodeCategory.OtherPunctuation
                or UnicodeCategory.ModifierSymbol
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control
                or UnicodeCategory.Format;

    private static RuleBasedCollator Load(string tag)
    {
        var shared = (RuleBasedCollator)Collator.GetInstance(UCultureInfo.GetCultureInfoByIetfLanguageTag(tag));
        var own = (RuleBasedCollator)shared.CloneAsThawed();
        // Else marks in another order than the usual one would count.
        own.Decomposition = NormalizationMode.CanonicalDecomposition;
        own.Strength = CollationStrength.Tertiary;
        // Only then threads may share it.
        return (RuleBasedCollator)own.Freeze();
    }

    // Why a tag cannot be the setting; null when it can.
    private static string? Wrong(string tag)
    {
        var match = LanguageTag().Match(tag);
        if (!match.Success)
            return "it has to be a language tag such as sv, zh-Hant or de-u-co-phonebk; extensions are co, kf and kn.";
        var culture = UCultureInfo.GetCultureInfoByIetfLanguageTag(tag);
        if (!UCultureInfo.GetISOLanguages().Contains(culture.Language))
            return $"'{match.Groups["language"].Value}' is no language that ICU knows.";
        if (!culture.Keywords.TryGetValue("collation", out var order))
            return null;
        var orders = Collator.GetKeywordValuesForLocale("collation", new UCultureInfo(culture.Name), false);
        return orders.Contains(order)
            ? null
            : $"the language has no order '{match.Groups["order"].Value}', but {string.Join(", ", orders.Order(StringComparer.Ordinal))}.";
    }

    [GeneratedRegex(
        "^(?<language>[a-z]{2,3})(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-u(-co-(?<order>[a-z0-9]{3,8}(-[a-z0-9]{3,8})*)|-kf-(upper|lower|false)|-kn(-(true|false))?)+)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex LanguageTag();
}

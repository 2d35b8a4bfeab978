using Api.Collation;
using CsCheck;
using Microsoft.Extensions.Configuration;

namespace Api.Tests.Collation;

/// <summary>The order of titles is that of the language, on every machine: the bytes of the keys are those of one version of ICU.</summary>
public sealed class TitleOrderTests
{
    private static readonly TitleOrder[] Many = [.. new[] { "en", "hu", "zh", "ja", "th", "ar" }.Select(TitleOrder.Of)];

    [Theory]
    [InlineData(
        "en",
        "10 ways|9 lives|aim|Árbol|arc|co-op|coal|Coop|zebra|Ärger|Łódź|Юрьева|中国",
        "10 ways|9 lives|aim|Árbol|arc|Ärger|co-op|coal|Coop|Łódź|zebra|Юрьева|中国"
    )]
    [InlineData(
        "sv",
        "Zebra|Örebro|Ängelholm|Åland|Aachen|Über|Yver|Wien|Visby",
        "Aachen|Visby|Wien|Über|Yver|Zebra|Åland|Ängelholm|Örebro"
    )]
    [InlineData("da", "Aalborg|Åbo|Ærø|Ødum|Zebra|Aachen|Andersen", "Andersen|Zebra|Ærø|Ødum|Åbo|Aachen|Aalborg")]
    [InlineData("cs", "chata|cena|hora|Čapek|Cuba|Chile|Ústí|Řím|rab|Iran", "cena|Cuba|Čapek|hora|chata|Chile|Iran|rab|Řím|Ústí")]
    [InlineData("tr", "ılık|ilk|Istanbul|İstanbul|çam|cam|dam|şan|san|ırk|hız", "cam|çam|dam|hız|ılık|ırk|Istanbul|ilk|İstanbul|san|şan")]
    [InlineData("de", "Ärger|Arbeit|Az|Ad|Af|Straße|Strasse", "Ad|Af|Arbeit|Ärger|Az|Strasse|Straße")]
    [InlineData("de-u-co-phonebk", "Ärger|Arbeit|Az|Ad|Af", "Ad|Ärger|Af|Arbeit|Az")]
    [InlineData("hu", "csak|cukor|cz|dzs|dz|dzeta|gyár|gz|őr|öröm|össze|ózon", "cukor|cz|csak|dz|dzeta|dzs|gz|gyár|ózon|őr|öröm|össze")]
    [InlineData("es", "ñandú|nube|nz|llama|luz|lz", "llama|luz|lz|nube|nz|ñandú")]
    [InlineData("es-u-co-trad", "llama|luz|lz|chico|cz", "cz|chico|luz|lz|llama")]
    [InlineData("lv", "ārpolitika|aviācija|ziema|čaks|cik|cz", "ārpolitika|aviācija|cik|cz|čaks|ziema")]
    [InlineData("et", "zebra|sz|tartu|õun|vana|ümber|žanr", "sz|zebra|žanr|tartu|vana|õun|ümber")]
    [InlineData("uk", "ґанок|гора|дім|їжак|ірис|йод|air", "гора|ґанок|дім|ірис|їжак|йод|air")]
    [InlineData("zh", "中国|北京|安全|欧洲|阿富汗|美国|重庆|银行|abc", "阿富汗|安全|北京|重庆|美国|欧洲|银行|中国|abc")]
    [InlineData("zh-u-co-stroke", "中国|北京|安全|一带|人民|美国", "一带|人民|中国|北京|安全|美国")]
    [InlineData("zh-Hant", "中國|北京|安全|一帶|人民|美國", "一帶|人民|中國|北京|安全|美國")]
    [InlineData("zh-Hant-u-co-pinyin", "中國|北京|安全|一帶|人民|美國", "安全|北京|美國|人民|一帶|中國")]
    [InlineData("en-u-kn", "10 ways|9 lives", "9 lives|10 ways")]
    [InlineData("not a tag", "zebra|Ångström|arc", "Ångström|arc|zebra")]
    public void Titles_are_sorted_by_the_rules_of_the_language(string tag, string titles, string sorted)
    {
        var order = TitleOrder.Of(tag);
        Assert.Equal(sorted.Split('|'), titles.Split('|').OrderBy(order.Key, SortKeys.Bytewise));
    }

    // Each version of ICU has other bytes: these are made on no machine with the ICU that .NET finds there.
    [Theory]
    [InlineData("en", "hello", "37313F3F4501090109")]
    [InlineData("sv", "Ängby 10", "5C6F0343352B59041412010C01C60B")]
    [InlineData("cs", "chata", "3802294F2901080108")]
    [InlineData("tr", "ılık", "38193F38193D01080108")]
    [InlineData("zh", "中国", "A04364A901060106")]
    [InlineData("zh-u-co-stroke", "中国", "46AA501001060106")]
    public void Keys_are_those_of_the_version_of_ICU_that_comes_with_the_program(string tag, string title, string key) =>
        Assert.Equal(key, Convert.ToHexString(TitleOrder.Of(tag).Key(title)));

    [Theory]
    [InlineData("“Élan” & Co", "Élan” & Co")]
    [InlineData("  … «Rise»", "Rise»")]
    [InlineData("¿Qué pasa?", "Qué pasa?")]
    [InlineData("「安全」の話", "安全」の話")]
    public void Punctuation_before_the_first_letter_does_not_count(string title, string same) =>
        Assert.Equal(TitleOrder.Of("en").Key(same), TitleOrder.Of("en").Key(title));

    [Fact]
    public void A_title_of_punctuation_alone_keeps_it() => Assert.NotEqual(TitleOrder.Of("en").Key("…"), TitleOrder.Of("en").Key("?"));

    [Fact]
    public void A_composed_and_a_decomposed_letter_are_the_same() =>
        Assert.Equal(TitleOrder.Of("sv").Key("a\u030aland"), TitleOrder.Of("sv").Key("åland"));

    [Theory]
    [InlineData("Ana Li", null, null, "Li Ana", "Ana", "Li", false)]
    [InlineData("Ana Li", "Ana", "Li", "Bo Lia", "Bo", "Lia", true)]
    [InlineData("Plato", null, "Plato", "Zeno", "Zeno", null, true)]
    public void People_are_sorted_by_family_name(
        string name,
        string? given,
        string? family,
        string other,
        string? otherGiven,
        string? otherFamily,
        bool isBefore
    )
    {
        var order = TitleOrder.Of("en");
        var compared = SortKeys.Bytewise.Compare(order.Key(name, given, family), order.Key(other, otherGiven, otherFamily));
        Assert.Equal(isBefore || family is null, compared < 0);
    }

    [Fact]
    public void A_key_of_any_text_is_bounded_and_has_no_zero() =>
        Gen.Select(Gen.Int[0, Many.Length - 1], Gen.String)
            .Sample(
                (n, text) =>
                {
                    var key = Many[n].Key(text);
                    return key.Length <= 10_000 && !key.Contains((byte)0);
                }
            );

    [Fact]
    public void Keys_of_several_threads_are_those_of_one()
    {
        var order = TitleOrder.Of("cs");
        string[] titles = [.. Enumerable.Range(0, 500).Select(n => $"Čapek {n} a chata {n * 7919 % 1000}")];
        var keys = titles.Select(order.Key).ToArray();
        Parallel.For(0, 4, _ => Assert.All(titles.Zip(keys), pair => Assert.Equal(pair.Second, order.Key(pair.First))));
    }

    // Else an order falls back to the common one without a word.
    [Fact]
    public void The_rules_of_all_languages_are_shipped()
    {
        var folders = Directory.GetFiles(AppContext.BaseDirectory, "ICU4N.resources.dll", SearchOption.AllDirectories);
        Assert.InRange(folders.Length, 219, 300);
    }

    [Theory]
    [InlineData("sv")]
    [InlineData("zh-Hant-TW")]
    [InlineData("zh-u-co-stroke")]
    [InlineData("es-u-co-trad")]
    [InlineData("da-u-kf-upper-kn")]
    public void A_language_can_be_set(string tag) => Assert.Equal(tag, From(tag, "en").Tag);

    [Fact]
    public void Without_the_setting_the_first_language_of_the_site_counts() => Assert.Equal("sv", From(null, "sv").Tag);

    [Theory]
    [InlineData("swedish", "has to be a language tag")]
    [InlineData("sv_SE", "has to be a language tag")]
    [InlineData("sv-u-ca-gregory", "has to be a language tag")]
    [InlineData("xx", "'xx' is no language that ICU knows")]
    [InlineData("sv-u-co-stroke", "the language has no order 'stroke'")]
    public void Anything_else_is_refused_with_what_is_allowed(string tag, string expected)
    {
        var error = Assert.Throws<InvalidOperationException>(() => From(tag, "en"));
        Assert.StartsWith($"The setting Site:TitleOrder is '{tag}'; ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static TitleOrder From(string? tag, string usual) =>
        TitleOrder.From(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Site:TitleOrder"] = tag }).Build(),
            usual
        );
}

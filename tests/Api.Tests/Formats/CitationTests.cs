using Api.Contracts;
using Api.Formats;
using Api.Tests.Support;
using CsCheck;

namespace Api.Tests.Formats;

/// <summary>References as BibTeX and RIS.</summary>
public class CitationTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task What_the_site_published_is_cited_without_what_styles_would_print_twice()
    {
        await api.Import(
            Author("own", "Ada Moreau", "Ada", "Moreau"),
            Some.Topic(new { slug = "cited", name = "R&D, ports" }),
            Some.Article(
                new
                {
                    slug = "own",
                    title = "50% of {co}_#1 in China & <b> ~ x^2 \\ } $",
                    subtitle = "iPhones",
                    experts = new[] { "own" },
                    topics = new[] { "cited" },
                    language = "de-AT",
                    corrections = new[] { new { at = "2024-05-07T01:00:00Z", textHtml = "It was <em>3 &lt; 4</em>." } },
                }
            )
        );
        Assert.Equal(
            """
            @misc{own,
              title = {{50\% of \{co\}\_\#1 in {China} \& \textless{}b\textgreater{} \textasciitilde{} x\textasciicircum{}2 \textbackslash{} \textbraceright{} \$: {iPhones}}},
              author = {Moreau, Ada},
              howpublished = {Harbor Institute},
              year = {2024},
              month = may,
              date = {2024-05-06},
              url = {https://www.example.org/articles/own},
              langid = {ngerman},
              keywords = {R\&D ports},
              abstract = {What own is about.},
              copyright = {“50\% of \{co\}\_\#1 in China \& \textless{}b\textgreater{} \textasciitilde{} x\textasciicircum{}2 \textbackslash{} \textbraceright{} \$”, by Ada Moreau, Harbor Institute. Originally published at Harbor Institute. Licence: CC-BY-ND-4.0. https://creativecommons.org/licenses/by-nd/4.0/},
              annote = {Correction, 2024-05-06: It was 3 \textless{} 4.}
            }

            """.ReplaceLineEndings("\n"),
            await Text("own.bib")
        );
        Assert.Equal(
            """
            TY  - ELEC
            ID  - own
            TI  - 50% of {co}_#1 in China & <b> ~ x^2 \ } $: iPhones
            AU  - Moreau, Ada
            PB  - Harbor Institute
            PY  - 2024
            DA  - 2024/05/06/
            UR  - https://www.example.org/articles/own
            LA  - de-AT
            AB  - What own is about.
            KW  - R&D, ports
            N1  - “50% of {co}_#1 in China & <b> ~ x^2 \ } $”, by Ada Moreau, Harbor Institute. Originally published at Harbor Institute. Licence: CC-BY-ND-4.0. https://creativecommons.org/licenses/by-nd/4.0/
            N1  - Correction, 2024-05-06: It was 3 < 4.
            ER  - 

            """.ReplaceLineEndings("\r\n"),
            await Text("own.ris")
        );
    }

    [Fact]
    public async Task What_others_published_is_theirs()
    {
        await api.Import(
            Author("guest", "Ada Moreau", "Ada", "Moreau"),
            Some.Article(
                new
                {
                    slug = "others",
                    source = new { name = "Daily & Co", url = "https://daily.example/a_b?x=1&y=50%25" },
                    experts = new[] { new { slug = "guest", role = "featured" } },
                }
            )
        );
        var entry = await Lines("others.bib");
        Assert.Equal("@article{others,", entry[0]);
        Assert.Contains("journal = {Daily \\& Co}", entry);
        Assert.Contains("entrysubtype = {newspaper}", entry);
        Assert.Contains("note = {Originally published at Daily \\& Co: https://daily.example/a\\_b?x=1\\&y=50\\%25}", entry);
        Assert.DoesNotContain(
            entry,
            line =>
                line.StartsWith("author", StringComparison.Ordinal)
                || line.StartsWith("publisher", StringComparison.Ordinal)
                || line.StartsWith("howpublished", StringComparison.Ordinal)
        );
        var reference = await Lines("others.ris");
        Assert.Equal("TY  - NEWS", reference[0]);
        Assert.Contains("T2  - Daily & Co", reference);
        Assert.Contains("N1  - Originally published at Daily & Co: https://daily.example/a_b?x=1&y=50%25", reference);
        Assert.DoesNotContain(
            reference,
            line => line.StartsWith("AU", StringComparison.Ordinal) || line.StartsWith("PB", StringComparison.Ordinal)
        );
        // Where the canonical address is theirs, the reference has it once.
        await api.Import(
            Some.Article(
                new
                {
                    slug = "theirs",
                    source = new { name = "Daily", url = "https://daily.example/a" },
                    canonicalUrl = "https://daily.example/a",
                }
            )
        );
        Assert.Single(await Lines("theirs.bib"), line => line.Contains("daily.example", StringComparison.Ordinal));
        Assert.Single(await Lines("theirs.ris"), line => line.Contains("daily.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_names_who_issued_it()
    {
        await api.Import(
            Some.ArticleType(new { slug = "report" }),
            Some.Article(
                new
                {
                    slug = "issued",
                    type = "report",
                    doi = "10.1234/a_b",
                    reportNumber = "HI_2026/14",
                    files = new[] { new { url = "https://example.org/r.pdf" } },
                }
            ),
            Some.Article(
                new
                {
                    slug = "issued-there",
                    type = "report",
                    source = new { name = "Other Body" },
                }
            )
        );
        var entry = await Lines("issued.bib");
        Assert.Equal("@techreport{issued,", entry[0]);
        Assert.Contains("author = {{Harbor Institute}}", entry);
        Assert.Contains("type = {Report}", entry);
        Assert.Contains("institution = {Harbor Institute}", entry);
        Assert.Contains("doi = {10.1234/a_b}", entry);
        Assert.Contains("number = {HI\\_2026/14}", entry);
        Assert.Contains("institution = {Other Body}", await Lines("issued-there.bib"));
        var reference = await Lines("issued.ris");
        Assert.Equal("TY  - RPRT", reference[0]);
        Assert.Contains("DO  - 10.1234/a_b", reference);
        Assert.Contains("SN  - HI_2026/14", reference);
        Assert.Contains("L1  - https://example.org/r.pdf", reference);
    }

    [Theory]
    [InlineData("Ada Moreau", "Ada", "Moreau", "Moreau, Ada", "Moreau, Ada")]
    [InlineData("Pieter van der Berg", "Pieter", "van der Berg", "van der Berg, Pieter", "van der Berg, Pieter")]
    [InlineData("Ludwig Von Mises", "Ludwig", "Von Mises", "Von Mises, Ludwig", "Von Mises, Ludwig")]
    [InlineData("María de la Cruz y Ortega", "María", "de la Cruz y Ortega", "de la {Cruz y Ortega}, María", "de la Cruz y Ortega, María")]
    [InlineData("José Ortega y Gasset", "José", "Ortega y Gasset", "{Ortega y Gasset}, José", "Ortega y Gasset, José")]
    [InlineData("Jean d’Alembert", "Jean", "d’Alembert", "d’Alembert, Jean", "d’Alembert, Jean")]
    [InlineData("Martin King, Jr.", "Martin", "King, Jr.", "King, Jr., Martin", "King, Martin, Jr.")]
    [InlineData("John A. Smith Jr.", "John A.", "Smith Jr.", "Smith, Jr., John A.", "Smith, John A., Jr.")]
    [InlineData("Henry Ford III", "Henry", "Ford III", "Ford, III, Henry", "Ford, Henry, III")]
    [InlineData("Tess Okafor, Ph.D.", "Tess", "Okafor, Ph.D.", "Okafor, Ph.D., Tess", "Okafor, Tess, Ph.D.")]
    [InlineData("Tess Okafor, Jr., Ph.D.", "Tess", "Okafor, Jr., Ph.D.", "Okafor, {Jr., Ph.D.}, Tess", "Okafor, Tess, Jr., Ph.D.")]
    [InlineData("Nour & Co", "Nour", "Din & Co", "Din \\& Co, Nour", "Din & Co, Nour")]
    [InlineData("X", "Sand and", "Land and Sea", "{Land and Sea}, {Sand and}", "Land and Sea, Sand and")]
    [InlineData("李伟", "伟", "李", "{李伟}", "李, 伟")]
    [InlineData("山田 太郎", "太郎", "山田", "{山田 太郎}", "山田, 太郎")]
    [InlineData("Orbán Viktor", "Viktor", "Orbán", "{Orbán Viktor}", "Orbán, Viktor")]
    [InlineData("Nguyễn Thị Lan Hương", "Lan Hương", "Nguyễn", "{Nguyễn Thị Lan Hương}", "Nguyễn, Lan Hương")]
    [InlineData("김민지", "민지", "김", "{김민지}", "김, 민지")]
    [InlineData("Sukarno", null, null, "{Sukarno}", "Sukarno")]
    [InlineData("Anne-Marie Oude Voshaar", null, null, "{Anne-Marie Oude Voshaar}", "Anne-Marie Oude Voshaar")]
    [InlineData("Barnes and Noble, Inc.", null, "Barnes and Noble, Inc.", "{Barnes and Noble, Inc.}", "Barnes and Noble Inc.")]
    public async Task A_name_is_taken_apart_where_it_should_be(string name, string? given, string? family, string inBibTeX, string inRis)
    {
        var slug = Some.Slug("named");
        await api.Import(Author(slug, name, given, family), Some.Article(new { slug, experts = new[] { slug } }));
        Assert.Contains($"author = {{{inBibTeX}}}", await Lines($"{slug}.bib"));
        Assert.Contains($"AU  - {inRis}", await Lines($"{slug}.ris"));
    }

    [Theory]
    [InlineData("Barnes and Noble Foundation", null, "Barnes and Noble Foundation", true)]
    [InlineData("Asia Program Staff and Partners", null, null, true)]
    [InlineData("Fundación de los Puertos", null, null, true)]
    [InlineData("港口研究所", null, null, true)]
    [InlineData("Institute of Examples", null, null, true)]
    [InlineData("Sukarno", null, "Sukarno", false)]
    [InlineData("van Houten", null, "van Houten", false)]
    [InlineData("Anne-Marie Oude Voshaar", null, null, false)]
    [InlineData("John Foundation", "John", "Foundation", false)]
    [InlineData("李伟", null, null, false)]
    public void A_body_is_told_from_a_person(string name, string? given, string? family, bool isBody) =>
        Assert.Equal(
            isBody,
            CitedName
                .Of(
                    new ExpertRef
                    {
                        Id = "",
                        Slug = "",
                        Name = name,
                        GivenName = given,
                        FamilyName = family,
                        Title = null,
                        Organization = "Institute of Examples",
                        Photo = null,
                        Role = "author",
                        Url = "",
                        Path = "",
                    }
                )
                .IsOrganization
        );

    [Fact]
    public async Task Keys_are_ascii_and_each_articles_own()
    {
        string[] slugs = ["plain-1_a", "größe", "grosse", "中文题目", "中文題目", "𠀀"];
        await api.Import([.. slugs.Select(slug => Some.Article(new { slug }))]);
        var keys = new List<string>();
        foreach (var slug in slugs)
        {
            var key = (await Lines($"{Uri.EscapeDataString(slug)}.bib"))[0]["@misc{".Length..^1];
            Assert.Matches("^[a-z0-9_-]+$", key);
            Assert.Contains($"ID  - {key}", await Lines($"{Uri.EscapeDataString(slug)}.ris"));
            keys.Add(key);
        }
        Assert.Equal("plain-1_a", keys[0]);
        Assert.Equal(keys.Distinct(), keys);
    }

    [Fact]
    public void Braces_are_always_balanced() =>
        Gen.String[Gen.Char["{}\\aB %&<"], 0, 20]
            .Sample(text =>
            {
                foreach (var escaped in new[] { BibTeX.Escape(text), BibTeX.Escape(text, keepsCapitals: true) })
                {
                    var depth = 0;
                    foreach (var letter in escaped)
                    {
                        // As BibTeX counts: a backslash changes nothing.
                        depth += letter switch
                        {
                            '{' => 1,
                            '}' => -1,
                            _ => 0,
                        };
                        Assert.True(depth >= 0, escaped);
                    }
                    Assert.Equal(0, depth);
                }
            });

    [Fact]
    public void White_space_is_a_space_and_letters_stay() => Assert.Equal("naïve שלום \\&", BibTeX.Escape("naïve\n שלום\t&"));

    private static string Author(string slug, string name, string? given, string? family) =>
        Some.Expert(
            new
            {
                slug,
                name,
                givenName = given,
                familyName = family,
            }
        );

    private async Task<List<string>> Lines(string file) =>
        [
            .. (await Text(file))
                .Split('\n')
                .Select(line => line.Trim().TrimEnd(','))
                .Select((line, n) => n == 0 && line.StartsWith('@') ? line + "," : line),
        ];

    private async Task<string> Text(string file) =>
        await api.Client.GetStringAsync(new Uri($"/v1/articles/{file}", UriKind.Relative), TestContext.Current.CancellationToken);
}

using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Search;

public class SearchTests(SearchTests.Content api) : IClassFixture<SearchTests.Content>
{
    [Theory]
    [InlineData("quokka", "in-title,in-summary,in-body")]
    [InlineData("quokka wombat", "near,far")]
    [InlineData("\"quokka wombat\"", "near")]
    [InlineData("quokka -wombat", "in-title,in-summary,in-body")]
    [InlineData("gazelle OR wombat", "near,gazelles,far")]
    [InlineData("gazelle", "gazelles")]
    public async Task Words_are_found_and_ranked_by_where_they_stand(string q, string expected)
    {
        var found = await Found(q);
        var wanted = expected.Split(',');
        if (q.Contains("OR", StringComparison.Ordinal))
            Assert.Equal(wanted.Order(), found.Order());
        else if (q == "quokka")
            Assert.Equal(wanted, found.Where(wanted.Contains));
        else
            Assert.Equal(wanted, found);
    }

    [Theory]
    [InlineData("elan vital")]
    [InlineData("ÉLAN vital")]
    [InlineData("E\u0301lan vital")]
    [InlineData("élan-vital")]
    public async Task Accents_case_and_hyphens_do_not_matter(string q) => Assert.Equal(["accents"], await Found(q));

    [Theory]
    [InlineData("cooperation")]
    [InlineData("co-operation")]
    [InlineData("co operation")]
    [InlineData("co\u2013operation")]
    [InlineData("o'neill")]
    [InlineData("o\u2019neill")]
    [InlineData("oneill")]
    [InlineData("o\u02bcneill")]
    public async Task A_hyphen_or_an_apostrophe_is_found_as_one_word_and_as_two(string q) => Assert.Equal(["compounds"], await Found(q));

    [Theory]
    [InlineData("негабаритных", "russian")] // written негабаритные
    [InlineData("chevaux", "french")] // written cheval: another stem, so a word of its own
    [InlineData("habituelles", "french")] // written habituelle
    [InlineData("政策", "chinese")]
    [InlineData("الاقتصاد", "arabic")]
    public async Task Forms_of_a_word_are_found_by_the_language_of_the_text(string q, string slug) => Assert.Equal([slug], await Found(q));

    [Theory]
    [InlineData("u.s.")]
    [InlineData("us")]
    [InlineData("x.com")]
    [InlineData("3.14")]
    [InlineData("J.Smith")]
    public async Task Dots_are_read_alike_in_texts_and_searches(string q)
    {
        await api.Import(
            Some.Article(
                new
                {
                    slug = "dots",
                    title = "Nothing nine",
                    summary = "The U.S. and x.com, 3.14 by J.Smith.",
                    bodyHtml = "",
                }
            )
        );
        Assert.Equal(["dots"], await Found(q));
    }

    [Fact]
    public async Task Who_is_called_so_comes_first()
    {
        Assert.Equal("lindqvist-expert", (await Found("lindqvist"))[0]);
        Assert.Equal("lindqvist-expert", (await Found("lindqvist greta"))[0]);
        Assert.Equal("deep-water", (await Found("deep water"))[0]);
        Assert.Contains("by-lindqvist", await Found("lindqvist"));
    }

    [Fact]
    public async Task Of_two_that_match_alike_the_newer_comes_first() => Assert.Equal(["newer", "older"], await Found("ocelot"));

    [Theory]
    [InlineData("the")]
    [InlineData("of the and")]
    [InlineData("\"of the\"")]
    [InlineData("?!")]
    [InlineData("zzzunheardofzzz")]
    public async Task Stop_words_and_what_is_nowhere_find_nothing(string q)
    {
        var page = await Search(q);
        Assert.Empty(page.Slugs());
        Assert.Equal((0, "exact"), (page["page"]!["total"]!.GetValue<int>(), page["page"]!["totalKind"]!.GetValue<string>()));
        Assert.Null(page["correctedQuery"]);
    }

    [Theory]
    [InlineData("quoka", "quokka")]
    [InlineData("qoukka", "quokka")]
    [InlineData("lindqvits", "lindqvist")]
    [InlineData("\"deep wahter\"", "\"deep water\"")]
    [InlineData("deep wahter -quoka", "deep water -quoka")]
    public async Task A_word_that_is_nowhere_is_corrected_by_what_is_visible(string q, string corrected)
    {
        var page = await Search(q);
        Assert.Equal(corrected, page["correctedQuery"]?.GetValue<string>());
        Assert.NotEmpty(page.Slugs());
        // What it says can be asked for.
        Assert.Equal(page.Slugs(), await Found(corrected));
    }

    [Theory]
    [InlineData("qoukka OR unseenword")] // what nothing is like stays
    [InlineData("gazelle OR qoukka")] // an alternative is right as it is
    public async Task What_a_correction_would_not_help_is_left_as_it_is(string q)
    {
        var page = await Search(q, "&count=none&page=9");
        Assert.Null(page["correctedQuery"]);
        Assert.Null((await Search(q))["correctedQuery"]);
    }

    [Theory]
    [InlineData("gazelle quokka", null)]
    [InlineData("gazelle qoukka", "gazelle quokka")]
    [InlineData("quokka unseenword", null)]
    [InlineData("quokka pangolin gazelle -ocelot", null)]
    public async Task Where_nothing_has_all_words_what_has_most_of_them_is_found_and_the_answer_says_so(string q, string? corrected)
    {
        var page = await Search(q, "&limit=100&facets=resource");
        Assert.Equal(("most", corrected), (page["match"]!.GetValue<string>(), page["correctedQuery"]?.GetValue<string>()));
        Assert.NotEmpty(page.Slugs());
        Assert.Equal(page.Slugs().Count, page["page"]!["total"]!.GetValue<int>());
        Assert.Equal(page.Slugs().Count, page["facets"]!["resource"]!.AsArray().Sum(value => value!["count"]!.GetValue<int>()));
        Assert.Equal(page.Slugs(), (await api.Walk($"/v1/search?q={Uri.EscapeDataString(q)}&limit=2")).There);
        var list = await api.GetJson($"/v1/articles?q={Uri.EscapeDataString(q)}&limit=100");
        Assert.Equal("most", list["match"]!.GetValue<string>());
        Assert.NotEmpty(list.Slugs());
    }

    [Fact]
    public async Task What_has_all_words_is_found_alone() => Assert.Equal("all", (await Search("deep water"))["match"]!.GetValue<string>());

    [Fact]
    public async Task A_corrected_search_can_be_walked()
    {
        var whole = await Found("filler", "&limit=100");
        Assert.Equal(24, whole.Count);
        Assert.Equal(whole, (await api.Walk("/v1/search?q=fliler&limit=7&count=none")).There);
        Assert.Equal(whole.Skip(7).Take(7), await api.Slugs("/v1/search?q=fliler&limit=7&count=none&page=2"));
    }

    // Names are read as they stand, too: in Spanish la is no word.
    [Fact]
    public async Task A_word_that_is_none_in_the_language_of_a_text_still_finds_the_names_in_it()
    {
        await api.Import(
            Some.Expert(
                new
                {
                    slug = "zoe",
                    name = "Zoe de la Torre",
                    familyName = "Torre",
                }
            ),
            Some.Article(
                new
                {
                    slug = "spanish",
                    language = "es",
                    title = "Nada",
                    summary = "",
                    bodyHtml = "",
                    experts = new[] { "zoe" },
                }
            )
        );
        Assert.Equal(["zoe", "spanish"], await Found("la"));
        Assert.Equal(["spanish"], await api.Slugs("/v1/articles?q=la&sort=relevance&limit=1"));
        Assert.Equal(["zoe", "spanish"], (await api.Walk("/v1/search?q=la&limit=1")).There);
    }

    [Fact]
    public async Task An_event_that_is_to_be_announced_is_a_hit_like_any_other()
    {
        await api.Import(
            Some.Event(
                new
                {
                    slug = "someday",
                    title = "Kestrel",
                    startsAt = "9999-12-31T00:00:00Z",
                    endsAt = (string?)null,
                }
            ),
            Some.Event(
                new
                {
                    slug = "once",
                    title = "Kestrel",
                    startsAt = "1900-12-31T00:00:00Z",
                    endsAt = (string?)null,
                }
            )
        );
        Assert.Equal(["someday", "once"], await Found("kestrel"));
    }

    [Theory]
    [InlineData("ـ")]
    [InlineData("ً")]
    [InlineData("quokka ـ")]
    [InlineData("-ـ quokka")]
    [InlineData("̈")]
    [InlineData("ŉ")]
    [InlineData("ʼ ʻ")]
    [InlineData("½ ² ﷺ ﷽ 🙂 \u200b \u00ad")]
    public async Task Signs_that_are_no_words_are_no_error(string q)
    {
        await Search(q);
        await api.GetJson($"/v1/suggest?q={Uri.EscapeDataString(q)}");
        await api.GetJson($"/v1/articles?q={Uri.EscapeDataString(q)}&sort=relevance");
    }

    [Fact]
    public async Task What_has_expired_is_not_counted_before_it_is_swept_either()
    {
        await api.Import(Some.Article(new { slug = "expiring", title = "Bluethroat" }));
        Assert.Equal(["expiring"], await Found("bluethroat"));
        await api.Execute("update content.items set expires_at = clock_timestamp() + interval '1 second' where slug = 'expiring'");
        await using var holding = await api.HoldCommits();
        await Task.Delay(1_100, TestContext.Current.CancellationToken);
        foreach (var q in new[] { "bluethroat", "bluethroot" })
        {
            var page = await Search(q, "&facets=type&resource=article,event");
            Assert.Equal(0, page["page"]!["total"]!.GetValue<int>());
            Assert.Empty(page["facets"]!["type"]!.AsArray());
            Assert.Null(page["correctedQuery"]);
        }
    }

    [Fact]
    public async Task A_mistyped_beginning_is_corrected_to_a_word_that_a_title_has_now()
    {
        await api.Import(
            Some.Article(new { slug = "formerly-titled", title = "Zygomorphism" }),
            Some.Article(new { slug = "titled", title = "Zygomorphous" })
        );
        await api.Import(
            Some.Article(
                new
                {
                    slug = "formerly-titled",
                    title = "Another",
                    summary = "On zygomorphism.",
                }
            )
        );
        Assert.Equal(["titled"], (await api.GetJson("/v1/suggest?q=zygomorphos")).Slugs());
        Assert.Equal(["titled"], (await api.GetJson("/v1/suggest?q=zygomorphis")).Slugs());
    }

    [Fact]
    public async Task Words_of_hidden_items_are_neither_found_nor_proposed()
    {
        Assert.Empty(await Found("xylophone"));
        Assert.Null((await Search("xylophona"))["correctedQuery"]);
        Assert.Empty((await api.GetJson("/v1/suggest?q=xylo")).Slugs());
        await api.Import(Some.Article(new { slug = "soon-gone", title = "Marimba" }));
        Assert.Equal(["soon-gone"], await Found("marimbba"));
        await api.Import(
            Some.Article(
                new
                {
                    slug = "soon-gone",
                    title = "Marimba",
                    publicationStatus = "draft",
                }
            )
        );
        Assert.Empty(await Found("marimba"));
        Assert.Null((await Search("marimbba"))["correctedQuery"]);
    }

    [Fact]
    public async Task An_edit_and_a_new_name_are_found_with_the_commit()
    {
        await api.Import(
            Some.Topic(new { slug = "first-topic", name = "Ptarmigan" }),
            Some.Expert(
                new
                {
                    slug = "first-expert",
                    name = "Bo Capercaillie",
                    familyName = "Capercaillie",
                }
            ),
            Some.Article(
                new
                {
                    slug = "edited",
                    title = "Grouse",
                    topics = new[] { "first-topic" },
                    experts = new[] { "first-expert" },
                }
            )
        );
        Assert.Equal(["first-topic", "edited"], await Found("ptarmigan"));
        Assert.Equal(["first-expert", "edited"], await Found("capercaillie"));
        await api.Execute("update content.topics set name = 'Corncrake' where name = 'Ptarmigan'");
        await api.Execute("update content.experts set name = 'Bo Lapwing', family_name = 'Lapwing' where family_name = 'Capercaillie'");
        await api.Execute("update content.articles set title = 'Dunlin' where title = 'Grouse'");
        Assert.Empty(await Found("ptarmigan"));
        Assert.Empty(await Found("grouse"));
        Assert.Equal(["first-topic", "edited"], await Found("corncrake"));
        Assert.Equal(["first-expert", "edited"], await Found("lapwing"));
        Assert.Equal(["edited"], await Found("dunlin"));
        // To what was another name of it all along.
        await api.Execute("update content.experts set name = 'Lapwing' where family_name = 'Lapwing'");
        Assert.Equal("most", (await Search("bo lapwing"))["match"]!.GetValue<string>());
        await api.Execute("update content.topics set name = 'First Topic' where name = 'Corncrake'");
        Assert.Empty(await Found("corncrake"));
        Assert.Equal(["first-topic", "edited"], await Found("first topic"));
    }

    [Fact]
    public async Task A_snippet_is_escaped_and_marked()
    {
        var hit = (await Search("pangolin"))["data"]![0]!;
        var snippet = hit["snippet"]!.GetValue<string>();
        Assert.Contains("<mark>Pangolins</mark> &amp; &lt;script&gt;alert(1)&lt;/script&gt;", snippet, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", snippet, StringComparison.Ordinal);
        Assert.True(hit["score"]!.GetValue<double>() > 0);
    }

    [Fact]
    public async Task Hits_can_be_narrowed_to_some_resources()
    {
        Assert.Equal(["lindqvist-expert"], await Found("lindqvist", "&resource=expert"));
        Assert.Equal(["by-lindqvist"], await Found("lindqvist", "&resource=article,topic"));
        Assert.Empty((await Search("lindqvist", "&resource=expert&facets=type"))["facets"]!["type"]!.AsArray());
    }

    [Fact]
    public async Task A_walk_over_hits_neither_skips_nor_repeats()
    {
        var whole = (await api.GetJson("/v1/search?q=text&limit=100")).Slugs();
        Assert.True(whole.Count > 20);
        var (there, back) = await api.Walk("/v1/search?q=text&limit=7");
        Assert.Equal(whole, there);
        Assert.Equal(whole, back);
        Assert.Equal(whole.Skip(7).Take(7), await api.Slugs("/v1/search?q=text&limit=7&page=2"));
    }

    [Theory]
    [InlineData("/v1/search", "missing-parameter")]
    [InlineData("/v1/search?q=", "empty-parameter")]
    [InlineData("/v1/search?q=-quokka", "invalid-parameter")]
    [InlineData("/v1/articles?q=-quokka", "invalid-parameter")]
    [InlineData("/v1/search?q=a%00b", "malformed-query")]
    [InlineData("/v1/search?q=a&q=b", "repeated-parameter")]
    [InlineData("/v1/search?q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q", "too-many-values")]
    [InlineData("/v1/suggest?q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q", "too-many-values")]
    public async Task A_search_that_is_none_is_told_what_is_wrong(string path, string code) =>
        await api.GetProblem(path, HttpStatusCode.BadRequest, code, "q");

    [Fact]
    public async Task A_search_has_at_most_200_characters()
    {
        await api.GetJson($"/v1/search?q={Uri.EscapeDataString(new string('政', 200))}");
        await api.GetProblem($"/v1/search?q={new string('a', 201)}", HttpStatusCode.BadRequest, "too-long", "q");
    }

    [Fact]
    public async Task Lists_can_be_searched_in_any_order_and_with_any_filter()
    {
        Assert.Equal(["newer", "older"], await api.Slugs("/v1/articles?q=ocelot"));
        Assert.Equal(["older", "newer"], await api.Slugs("/v1/articles?q=ocelot&sort=publishedAt"));
        Assert.Equal(
            ["in-title", "in-summary", "in-body"],
            (await api.Slugs("/v1/articles?q=quokka&sort=relevance")).Where(slug => slug.StartsWith("in-", StringComparison.Ordinal))
        );
        Assert.Equal(["in-body"], await api.Slugs("/v1/articles?q=quokka&sort=relevance&type=report"));
        Assert.Equal(["in-body"], await api.Slugs("/v1/articles?q=quokka&type=report"));
        Assert.Equal(["older"], await api.Slugs("/v1/articles?q=ocelot&year=2019"));
        Assert.Equal(["older"], await api.Slugs("/v1/articles?q=ocelot&sort=relevance&publishedTo=2019-12-31"));
        Assert.Equal(["newer"], await api.Slugs("/v1/articles?q=ocelot&slug=newer,in-body&sort=given"));
        Assert.Equal(["newer"], await api.Slugs("/v1/articles?q=ocelot&exclude=older&sort=relevance"));
        Assert.Equal(["lindqvist-expert"], await api.Slugs("/v1/experts?q=lindqvist"));
        Assert.Equal(["deep-water"], await api.Slugs("/v1/topics?q=water"));
        Assert.Equal(["water-day"], await api.Slugs("/v1/events?q=stockholm"));
        Assert.Equal("lindqvist", (await api.GetJson("/v1/experts?q=lindqvits"))["correctedQuery"]!.GetValue<string>());
        await api.GetProblem("/v1/articles?sort=relevance", HttpStatusCode.BadRequest, "conflicting-parameters", "sort");
        await api.GetProblem("/v1/topics?view=tree&q=water", HttpStatusCode.BadRequest, "conflicting-parameters", "q");
    }

    [Theory]
    [InlineData("deep w", "deep-water")]
    [InlineData("lind", "lindqvist-expert")]
    [InlineData("greta lind", "lindqvist-expert")]
    [InlineData("lindqvits", "lindqvist-expert")]
    [InlineData("lindvq", "lindqvist-expert")]
    [InlineData("oce", "newer")]
    [InlineData("elan", "accents")]
    [InlineData("deep wa", "deep-water")]
    [InlineData("greta l", "lindqvist-expert")]
    [InlineData("fil", "filler")]
    [InlineData("no", "nothing")] // a stop word until it goes on
    public async Task What_is_typed_is_suggested_for(string typed, string first) =>
        Assert.StartsWith(
            first,
            (await api.GetJson($"/v1/suggest?q={Uri.EscapeDataString(typed)}"))["data"]![0]![
                first is "filler" or "nothing" ? "label" : "slug"
            ]!
                .GetValue<string>()
                .ToLowerInvariant(),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task At_most_ten_are_suggested()
    {
        var suggestions = await api.GetJson("/v1/suggest?q=filler");
        Assert.Equal(10, suggestions["data"]!.AsArray().Count);
        Assert.All(
            suggestions["data"]!.AsArray(),
            one => Assert.StartsWith("https://", one!["url"]!.GetValue<string>(), StringComparison.Ordinal)
        );
    }

    private async Task<IReadOnlyList<string>> Found(string q, string more = "") => (await Search(q, more)).Slugs();

    private Task<JsonNode> Search(string q, string more = "") => api.GetJson($"/v1/search?q={Uri.EscapeDataString(q)}{more}");

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override Task Seed() =>
            Import([
                Some.ArticleType(new { slug = "brief" }),
                Some.ArticleType(new { slug = "report" }),
                Some.Topic(new { slug = "deep-water", name = "Deep Water" }),
                Some.Expert(
                    new
                    {
                        slug = "lindqvist-expert",
                        name = "Greta Lindqvist",
                        givenName = "Greta",
                        familyName = "Lindqvist",
                    }
                ),
                Some.Event(
                    new
                    {
                        slug = "water-day",
                        title = "A day on the pier",
                        location = "Stockholm",
                    }
                ),
                Article("in-title", "Quokka", "Nothing.", "Nothing."),
                Article("in-summary", "Nothing one", "A quokka.", "Nothing."),
                Some.Article(
                    new
                    {
                        slug = "in-body",
                        type = "report",
                        title = "Nothing two",
                        summary = "Nothing.",
                        bodyHtml = "<p>A quokka, and then a quokka.</p>",
                    }
                ),
                Article("near", "Nothing three", "Nothing.", "The quokka wombat and friends."),
                Article(
                    "far",
                    "Nothing four",
                    "Nothing.",
                    $"The quokka {string.Join(' ', Enumerable.Repeat("and then some", 30))} wombat."
                ),
                Article("gazelles", "Nothing five", "Gazelles.", "Nothing."),
                Article("accents", "Élan vital", "Nothing.", "Nothing."),
                Article("compounds", "Nothing six", "Co-operation with O’Neill.", "Nothing."),
                Article("russian", "Ничего", "Негабаритные грузы.", "Ничего.", "ru"),
                Article("french", "Rien", "Une réunion habituelle, des chevaux.", "Rien.", "fr"),
                Article("chinese", "没有", "新的经济政策。", "没有。", "zh"),
                Article("arabic", "لا شيء", "أخبار الاقتصاد.", "لا شيء.", "ar"),
                Article("older", "Ocelot", "Nothing.", "Nothing.", at: "2019-03-03T10:00:00Z"),
                Article("newer", "Ocelot", "Nothing.", "Nothing.", at: "2023-03-03T10:00:00Z"),
                Some.Article(
                    new
                    {
                        slug = "by-lindqvist",
                        title = "Nothing seven",
                        summary = "",
                        bodyHtml = "<p>Nothing.</p>",
                        experts = new[] { "lindqvist-expert" },
                    }
                ),
                Some.Article(
                    new
                    {
                        slug = "escaped",
                        title = "Nothing eight",
                        summary = "",
                        bodyHtml = "<p>Pangolins &amp; &lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; more.</p>",
                    }
                ),
                Some.Article(
                    new
                    {
                        slug = "hidden",
                        title = "Xylophone",
                        publicationStatus = "draft",
                    }
                ),
                .. Enumerable
                    .Range(1, 24)
                    .Select(n => Some.Article(new { title = $"Filler {n}", publishedAt = $"20{n:00}-01-02T10:00:00Z" })),
            ]);

        private static string Article(
            string slug,
            string title,
            string summary,
            string body,
            string language = "en",
            string at = "2024-05-06T14:30:00Z"
        ) =>
            Some.Article(
                new
                {
                    slug,
                    title,
                    summary,
                    bodyHtml = $"<p>{body}</p>",
                    language,
                    publishedAt = at,
                }
            );
    }
}

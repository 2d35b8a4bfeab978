using System.Text;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Values;

namespace Api.Tests.Import.WordPress;

public class OddExportTests
{
    [Fact]
    public void Of_many_notes_those_beyond_the_limit_are_counted_by_kind()
    {
        var notes = new WordPressNotes();
        for (var item = 1; item <= WordPressNotes.Limit + 3; item++)
            notes.Add(item, item, $"its title '{item}' is long");
        notes.Add(4, 4, "no start can be read");
        Assert.Equal(
            ["3 × its title … is long (in items 10001, 10002, 10003)", "1 × no start can be read (in item 4)"],
            notes.List().Skip(WordPressNotes.Limit).Select(note => note.Text)
        );
    }

    [Fact]
    public void Packed_texts_are_what_they_were()
    {
        var packed = new PackedTexts("first", "", "é\0n", "");
        Assert.Equal(["first", "", "én", "", ""], new[] { packed[0], packed[1], packed[2], packed[3], packed[9] });
        Assert.Equal(["én", ""], packed.From(2));
        Assert.Empty(packed.From(4));
    }

    [Fact]
    public void Documents_of_a_post_stay_in_the_order_of_the_file()
    {
        static string File(int id, int parent) =>
            Wxr.Post(
                $"{id}",
                $"File {id}",
                "",
                "",
                "inherit",
                "attachment",
                more: $"<wp:post_parent>{parent}</wp:post_parent><wp:attachment_url>https://site.example/{id}.pdf</wp:attachment_url>"
            );
        var site = Wxr.Of(File(11, 1), File(21, 2), File(12, 1), Wxr.Post("1", slug: "a"), Wxr.Post("2", slug: "b"), File(13, 1));
        Assert.Equal(
            [11, 12, 13, 21],
            new[] { "a", "b" }.SelectMany(slug =>
                site.Get("article", slug)["files"]!
                    .AsArray()
                    .Select(file => int.Parse(((string)file!["url"]!)[21..23], System.Globalization.CultureInfo.InvariantCulture))
            )
        );
    }

    [Fact]
    public void Version_one_without_authors_under_other_prefixes_is_read()
    {
        var site = Wxr.File("old.xml");
        var article = site.Get("article", "first-post");
        Assert.Equal("2010-10-20T12:08:20Z", (string?)article["publishedAt"]);
        Assert.Equal("maren-holt", (string?)article["experts"]![0]!["slug"]);
        Assert.Equal(["harbors", "sea-lanes"], article["topics"]!.AsArray().Select(t => (string)t!));
        Assert.Equal("articles/first-post", site.Redirect("/blog/?p=1"));
    }

    [Fact]
    public void Duplicate_slugs_are_numbered_per_resource()
    {
        var site = Wxr.Of(
            Wxr.Post("3", slug: "news"),
            Wxr.Post("1", slug: "news"),
            Wxr.Post("2", slug: "news"),
            Wxr.Post("4", slug: "news", type: "page")
        );
        Assert.Equal(["news-3", "news", "news-2"], site.Slugs("article"));
        Assert.Equal(["news"], site.Slugs("page"));
    }

    [Theory]
    [InlineData("%ce%b5%cf%80%ce%af%cf%80%ce%b5%ce%b4%ce%bf-2", "επίπεδο-2")]
    [InlineData("%e4%b8%ad%e5%9b%bd%e7%bb", "中国")]
    [InlineData("a.b,c/d", "a-b-c-d")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("UPPER", "upper")]
    public void Slugs_are_made_valid(string given, string slug) =>
        Assert.Equal([slug], Wxr.Of(Wxr.Post("1", slug: given)).Slugs("article"));

    [Fact]
    public void A_slug_that_is_missing_is_made_of_the_title()
    {
        Assert.Equal(["цены-на-нефть"], Wxr.Of(Wxr.Post("1", "Цены на нефть")).Slugs("article"));
        Assert.Equal(["article-7"], Wxr.Of(Wxr.Post("7", "!!!")).Slugs("article"));
    }

    [Fact]
    public void A_title_that_is_missing_is_made_of_the_first_words()
    {
        var site = Wxr.Of(
            Wxr.Post("1", "", "a", "<!-- wp:paragraph --><p>One two three</p><p>four five six seven eight nine</p>"),
            Wxr.Post("2", "", "b", "")
        );
        Assert.Equal("One two three four five six seven eight…", (string?)site.Get("article", "a")["title"]);
        Assert.Equal("Untitled", (string?)site.Get("article", "b")["title"]);
        site.HasNote("it has no title");
    }

    [Fact]
    public void A_title_that_is_too_long_is_cut()
    {
        var site = Wxr.Of(Wxr.Post("1", string.Concat(Enumerable.Repeat("word ", 100_000)), "a"));
        var title = (string)site.Get("article", "a")["title"]!;
        Assert.Equal(string.Join(' ', Enumerable.Repeat("word", title.Length / 5)) + "…", title);
        Assert.InRange(title.Length, 490, 500);
        site.HasNote("longer than 500");
    }

    [Fact]
    public void Posts_with_one_id_are_both_kept_under_ids_of_their_own()
    {
        var site = Wxr.Of(Wxr.Post("1", "One", "one"), Wxr.Post("1", "Two", "two"), Wxr.Post("1", "Three", "three", type: "page"));
        Assert.Equal(3, site.All("article").Concat(site.All("page")).Select(a => (string?)a["id"]).Distinct().Count());
        site.HasNote("the post id 1 is used by item 1 as well");
    }

    [Fact]
    public void Ids_do_not_depend_on_the_order_or_the_scheme()
    {
        var one = Wxr.Of(Wxr.Post("1", slug: "a"), Wxr.Post("2", slug: "b"));
        var other = Wxr.Text(
            Wxr.Document(Wxr.Post("2", slug: "b"), Wxr.Post("1", slug: "a"))
                .Replace("https://site.example", "http://www.site.example/", StringComparison.Ordinal)
        );
        Assert.Equal((string?)one.Get("article", "b")["id"], (string?)other.Get("article", "b")["id"]);
    }

    [Fact]
    public void A_published_post_without_any_date_is_kept_as_a_draft()
    {
        var site = Wxr.Of(Wxr.Post("1", slug: "a", date: "0000-00-00 00:00:00"));
        Assert.Equal("draft", (string?)site.Get("article", "a")["publicationStatus"]);
        site.HasNote("no date that can be read");
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("inherit")]
    [InlineData("some-plugin-status")]
    public void Unclear_statuses_are_drafts(string status) =>
        Assert.Equal("draft", (string?)Wxr.Of(Wxr.Post("1", slug: "a", status: status)).Get("article", "a")["publicationStatus"]);

    [Fact]
    public void Misspelt_creators_find_their_author()
    {
        var site = Wxr.Of(
            "<wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Moreau</wp:author_display_name></wp:author>",
            Wxr.Post("1", slug: "a").Replace("<dc:creator>ada<", "<dc:creator>&gt;ADA<", StringComparison.Ordinal)
        );
        Assert.Equal("ada-moreau", (string?)site.Get("article", "a")["experts"]![0]!["slug"]);
        Assert.Single(site.All("expert"));
    }

    [Fact]
    public void Circles_of_categories_and_pages_end()
    {
        var site = Wxr.Of(
            "<wp:category><wp:category_nicename>a</wp:category_nicename><wp:category_parent>b</wp:category_parent><wp:cat_name>A</wp:cat_name></wp:category>",
            "<wp:category><wp:category_nicename>b</wp:category_nicename><wp:category_parent>a</wp:category_parent><wp:cat_name>B</wp:cat_name></wp:category>",
            Wxr.Post("1", slug: "p", type: "page", more: "<wp:post_parent>2</wp:post_parent>"),
            Wxr.Post("2", slug: "q", type: "page", more: "<wp:post_parent>1</wp:post_parent>")
        );
        Assert.Contains(site.All("topic"), t => t["parent"] is null);
        Assert.All(site.All("page"), p => Assert.Null(p["parent"]));
        site.HasNote("its own ancestor");
    }

    [Fact]
    public void Children_of_a_category_that_names_a_type_move_up()
    {
        var site = Wxr.Of(
            "<wp:category><wp:category_nicename>work</wp:category_nicename><wp:cat_name>Work</wp:cat_name></wp:category>",
            "<wp:category><wp:category_nicename>reports</wp:category_nicename><wp:category_parent>work</wp:category_parent><wp:cat_name>Reports</wp:cat_name></wp:category>",
            "<wp:category><wp:category_nicename>annual</wp:category_nicename><wp:category_parent>reports</wp:category_parent><wp:cat_name>Annual</wp:cat_name></wp:category>",
            Wxr.Post("1", slug: "a")
        );
        Assert.Equal("work", (string?)site.Get("topic", "annual")["parent"]);
    }

    [Fact]
    public void Characters_that_XML_forbids_are_replaced_and_noted()
    {
        var site = Wxr.Text(Wxr.Document(Wxr.Post("1", "A\u0008 tab", "a", "raw \u0001 and"), Wxr.Post("2", "Ref &#8; here", "b")));
        Assert.Equal("A\uFFFD tab", (string?)site.Get("article", "a")["title"]);
        Assert.Equal("Ref \uFFFD here", (string?)site.Get("article", "b")["title"]);
        site.HasNote("3 characters that XML forbids");
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_replaced()
    {
        var bytes = Encoding.Latin1.GetBytes(Wxr.Document(Wxr.Post("1", "Caf\u00E9", "a")));
        Assert.Equal("Caf\uFFFD", (string?)Wxr.Bytes(bytes).Get("article", "a")["title"]);
    }

    [Fact]
    public void Other_declared_encodings_are_read()
    {
        var bytes = Encoding.Latin1.GetBytes(
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?>" + Wxr.Document(Wxr.Post("1", "Caf\u00E9 \u0080", "a"))
        );
        Assert.Equal("Café €", (string?)Wxr.Bytes(bytes).Get("article", "a")["title"]);
    }

    [Fact]
    public void Blank_lines_before_the_declaration_do_not_matter()
    {
        var site = Wxr.Text("\n\n  <?xml version=\"1.0\"?>\n" + Wxr.Document(Wxr.Post("1", slug: "a")));
        Assert.Equal(7, Assert.Single(site.Lines, l => (string?)l.Value["resource"] == "article").Line);
    }

    [Fact]
    public void A_page_in_the_future_waits_for_its_date()
    {
        var page = Wxr.Of(Wxr.Post("1", slug: "a", type: "page", status: "future", date: "2099-01-01 00:00:00")).Get("page", "a");
        Assert.Equal("2099-01-01T00:00:00Z", (string?)page["embargoUntil"]);
        Assert.Null(page["publishedAt"]);
    }

    [Fact]
    public void A_draft_is_dated_by_the_sites_clock_wherever_it_stands_in_the_file()
    {
        static string Dated(string id, string local, string utc, string status) =>
            Wxr.Post(id, slug: $"p-{id}", status: status, date: utc, more: $"<wp:post_date>{local}</wp:post_date>");
        string[] items =
        [
            Dated("1", "2024-06-04 12:00:00", "0000-00-00 00:00:00", "draft"),
            Dated("2", "2024-01-04 12:00:00", "2024-01-04 17:00:00", "publish"),
            Dated("3", "2024-06-04 12:00:00", "2024-06-04 16:00:00", "publish"),
            Dated("4", "2024-07-04 12:00:00", "2024-07-04 16:00:00", "publish"),
        ];
        Assert.Equal("2024-06-04T16:00:00Z", (string?)Wxr.Of(items).Get("article", "p-1")["publishedAt"]);
        Assert.Equal("2024-06-04T16:00:00Z", (string?)Wxr.Of([items[1], items[0], .. items[2..]]).Get("article", "p-1")["publishedAt"]);
    }
}

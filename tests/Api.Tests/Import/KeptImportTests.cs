using System.Text;
using Api.Import.Lines;
using Api.Import.Merging;
using Api.Tests.Import.WordPress;
using Api.Tests.Support;

namespace Api.Tests.Import;

/// <summary>One way of import after the other: what the second cannot know stays.</summary>
public class KeptImportTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task What_the_source_cannot_know_is_kept_and_what_it_says_counts()
    {
        var (slug, first, second) = (Some.Slug("kept"), Some.Slug("first"), Some.Slug("second"));
        await api.Import(
            Some.Topic(new { slug = first }),
            Some.Topic(new { slug = second }),
            Some.Article(
                new
                {
                    slug,
                    summary = "By hand.",
                    canonicalUrl = "https://example.org/x",
                    topics = new[] { first, second },
                    primaryTopic = second,
                    image = "https://example.org/a.jpg",
                    seo = new
                    {
                        title = "Found",
                        description = "Old words.",
                        noindex = true,
                    },
                }
            )
        );
        string[] keeps = ["summary", "canonicalUrl", "primaryTopic", "image", "seo.title", "seo.description"];
        await Run(
            Some.Article(
                new
                {
                    slug,
                    summary = "",
                    topics = new[] { first, second },
                    seo = new { description = "New words." },
                }
            ),
            keeps
        );
        var article = (await api.GetJson($"/v1/articles/{slug}"))["data"]!;
        Assert.Equal(
            ("By hand.", "https://example.org/x", second, "https://example.org/a.jpg"),
            (
                (string?)article["summary"],
                (string?)article["canonicalUrl"],
                (string?)article["primaryTopic"]!["slug"],
                (string?)article["image"]!["url"]
            )
        );
        Assert.Equal(
            ("Found", "New words.", false),
            ((string?)article["seo"]!["title"], (string?)article["seo"]!["description"], (bool)article["seo"]!["noindex"]!)
        );

        await Run(
            Some.Article(
                new
                {
                    slug,
                    summary = "",
                    topics = new[] { first },
                }
            ),
            []
        );
        article = (await api.GetJson($"/v1/articles/{slug}"))["data"]!;
        Assert.Equal(("", first), ((string?)article["summary"], (string?)article["primaryTopic"]!["slug"]));
        Assert.Null(article["image"]);
    }

    [Fact]
    public async Task The_main_topic_is_not_kept_when_the_article_has_left_it()
    {
        var (slug, first, second) = (Some.Slug("left"), Some.Slug("first"), Some.Slug("second"));
        await api.Import(
            Some.Topic(new { slug = first }),
            Some.Topic(new { slug = second }),
            Some.Article(
                new
                {
                    slug,
                    topics = new[] { first, second },
                    primaryTopic = second,
                }
            )
        );
        await Run(Some.Article(new { slug, topics = new[] { first } }), ["primaryTopic"]);
        Assert.Equal(first, (string?)(await api.GetJson($"/v1/articles/{slug}"))["data"]!["primaryTopic"]!["slug"]);
    }

    [Fact]
    public async Task A_main_topic_that_was_only_the_first_is_not_kept_when_another_comes_before_it()
    {
        var (slug, first, second) = (Some.Slug("before"), Some.Slug("first"), Some.Slug("second"));
        await api.Import(
            Some.Topic(new { slug = first }),
            Some.Topic(new { slug = second }),
            Some.Article(new { slug, topics = new[] { second } })
        );
        await Run(Some.Article(new { slug, topics = new[] { first, second } }), ["primaryTopic"]);
        Assert.Equal(first, (string?)(await api.GetJson($"/v1/articles/{slug}"))["data"]!["primaryTopic"]!["slug"]);
    }

    [Fact]
    public async Task Language_and_translations_stay_where_the_source_does_not_know_them()
    {
        var (slug, other, third) = (Some.Slug("kept"), Some.Slug("other"), Some.Slug("third"));
        await api.Import(
            Some.Article(
                new
                {
                    slug,
                    language = "en",
                    translations = new[] { other },
                }
            ),
            Some.Article(
                new
                {
                    slug = other,
                    language = "fr",
                    translations = new[] { slug },
                }
            ),
            Some.Article(new { slug = third, language = "ar" })
        );
        await Run(Some.Article(new { slug = other, language = "en" }), ["language", "translations"]);
        Assert.Equal(("fr", slug), await Translation(other));
        await Run(
            Some.Article(
                new
                {
                    slug = third,
                    language = "ar",
                    translations = new[] { other },
                }
            ),
            []
        );
        await Run(Some.Article(new { slug, language = "en" }), ["translations"]);
        Assert.Equal(2, (await api.GetJson($"/v1/articles/{slug}"))["data"]!["translations"]!.AsArray().Count);
        await Run(Some.Article(new { slug = other, language = "fr" }), []);
        Assert.Empty((await api.GetJson($"/v1/articles/{other}"))["data"]!["translations"]!.AsArray());

        async Task<(string?, string?)> Translation(string of)
        {
            var article = (await api.GetJson($"/v1/articles/{of}"))["data"]!;
            return ((string?)article["language"], (string?)Assert.Single(article["translations"]!.AsArray())!["slug"]);
        }
    }

    [Fact]
    public async Task A_person_keeps_names_biography_picture_and_pages()
    {
        var slug = Some.Slug("person");
        await api.Import(
            Some.Expert(
                new
                {
                    slug,
                    name = "Vera van der Stone",
                    givenName = "Vera",
                    familyName = "van der Stone",
                    bioHtml = "<p>Vera writes.</p>",
                    photo = "https://example.org/v.jpg",
                    profiles = new[] { new { label = "Website", url = "https://vera.example/" } },
                }
            )
        );
        await Run(
            Some.Expert(
                new
                {
                    slug,
                    name = "Vera van der Stone",
                    givenName = (string?)null,
                    familyName = (string?)null,
                }
            ),
            ["givenName", "familyName", "bioHtml", "photo", "orcid", "profiles"]
        );
        var person = (await api.GetJson($"/v1/experts/{slug}"))["data"]!;
        Assert.Equal(
            ("Vera", "van der Stone", "<p>Vera writes.</p>", "https://example.org/v.jpg"),
            ((string?)person["givenName"], (string?)person["familyName"], (string?)person["bioHtml"], (string?)person["photo"]!["url"])
        );
    }

    [Fact]
    public void An_export_does_not_know_what_its_users_say_of_themselves()
    {
        var site = Wxr.Of(
            "<wp:author><wp:author_id>7</wp:author_id><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Moreau</wp:author_display_name></wp:author>",
            Wxr.Post("1", slug: "a"),
            Wxr.Post("2", slug: "b", more: Wxr.Meta("_thumbnail_id", "99"))
        );
        Assert.Equal(
            ["bioHtml", "photo", "orcid", "profiles"],
            site.Lines.Single(line => (string?)line.Value["resource"] == "expert").Keeps
        );
        Assert.Equal(["image"], site.Lines.Single(line => (string?)line.Value["slug"] == "b").Keeps);
        Assert.Empty(site.Lines.Single(line => (string?)line.Value["slug"] == "a").Keeps);
    }

    private async Task Run(string line, string[] keeps)
    {
        var report = await api.TryImport([new ImportLine(1, Encoding.UTF8.GetBytes(line)) { Keeps = keeps }], Rejections.Mend);
        Assert.True(report.Succeeded && report.Mended.Count == 0, string.Join('\n', report.Rejected.Concat(report.Mended)));
    }
}

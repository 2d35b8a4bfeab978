using Api.Invalidation;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Invalidation;

/// <summary>Keys of cards, and of lists by language, role, year and what editors feature.</summary>
public class NarrowKeysTests(NarrowKeysTests.Content api) : IClassFixture<NarrowKeysTests.Content>
{
    [Theory]
    [InlineData("/v1/articles.cards.json?topic=sea", "articles", true)]
    [InlineData("/v1/topics/sea?include=articles", "included.articles", true)]
    [InlineData("/v1/articles?topic=sea", "articles", false)]
    public async Task A_card_has_a_key_of_its_own(string address, string list, bool isCard)
    {
        var answer = await api.GetJson(address);
        var shown = list.StartsWith("included", StringComparison.Ordinal) ? answer["included"]!["articles"]! : answer["data"]!;
        var keys = await KeysOf(address);
        var item = shown[0]!["id"]!.GetValue<string>()[^12..];
        Assert.Equal(isCard, keys.Contains(item + ".c"));
        Assert.Equal(!isCard, keys.Contains(item));
    }

    [Fact]
    public async Task A_change_that_no_card_shows_names_the_item_but_not_its_card()
    {
        var item = (await api.GetJson("/v1/articles/text"))["data"]!["id"]!.GetValue<string>()[^12..];
        var named = await NamedBy(
            Some.Article(
                new
                {
                    slug = "text",
                    topics = Topics,
                    bodyHtml = "<p>Another text.</p>",
                }
            )
        );
        Assert.Contains(item, named);
        Assert.Contains("articles/text", named);
        Assert.DoesNotContain(item + ".c", named);
        named = await NamedBy(
            Some.Article(
                new
                {
                    slug = "text",
                    topics = Topics,
                    title = "Another title",
                }
            )
        );
        Assert.Contains(item, named);
        Assert.Contains(item + ".c", named);
    }

    [Fact]
    public async Task A_new_article_names_experts_and_topics_which_count_it_but_only_cards_of_topics_show_the_count()
    {
        var expert = (await api.GetJson("/v1/experts/ada"))["data"]!["id"]!.GetValue<string>()[^12..];
        var topic = (await api.GetJson("/v1/topics/sea"))["data"]!["id"]!.GetValue<string>()[^12..];
        var named = await NamedBy(
            Some.Article(
                new
                {
                    slug = "new",
                    topics = Topics,
                    experts = new[] { new { slug = "ada", role = "author" } },
                }
            )
        );
        Assert.Contains(expert, named);
        Assert.DoesNotContain(expert + ".c", named);
        Assert.Contains(topic, named);
        Assert.Contains(topic + ".c", named);
        Assert.DoesNotContain("all", named);
    }

    [Theory]
    [InlineData("language=fr", "languages/fr/articles.list")]
    [InlineData("language=FR", "languages/fr/articles.list")]
    [InlineData("role=author", "roles/author/articles.list")]
    [InlineData("featured=true", "featured/articles.list")]
    [InlineData("year=2014", "years/2014/articles.list")]
    public async Task A_list_by_a_value_is_named_by_changes_of_articles_with_it(string filter, string key)
    {
        var keys = await KeysOf("/v1/articles?" + filter);
        Assert.Contains(key, keys);
        Assert.DoesNotContain("articles.list", keys);
        var slug = "has-" + filter.Replace('=', '-').ToLowerInvariant();
        var named = await NamedBy(
            Some.Article(
                new
                {
                    slug,
                    language = "fr",
                    featured = true,
                    publishedAt = "2014-07-01T00:00:00Z",
                    experts = new[] { new { slug = "ada", role = "author" } },
                }
            )
        );
        Assert.Contains(key, named);
        Assert.DoesNotContain(
            key,
            await NamedBy(
                Some.Article(
                    new
                    {
                        slug = slug + "-not",
                        language = "en",
                        publishedAt = "2016-07-01T00:00:00Z",
                    }
                )
            )
        );
        Assert.Contains(key, await NamedBy(Some.Article(new { slug, publicationStatus = "retracted" })));
    }

    [Fact]
    public async Task An_article_that_moves_to_another_year_names_both()
    {
        await NamedBy(Some.Article(new { slug = "moves", publishedAt = "2011-07-01T00:00:00Z" }));
        var named = await NamedBy(Some.Article(new { slug = "moves", publishedAt = "2013-01-01T05:00:00Z" }));
        Assert.Contains("years/2011/articles.list", named);
        Assert.Contains("years/2013/articles.list", named);
        // In New York it is still 2012.
        Assert.Contains("years/2012/articles.list", named);
    }

    private static readonly string[] Topics = ["sea"];

    private async Task<IReadOnlyList<string>> NamedBy(string line)
    {
        var since = await Sequence();
        await api.Import(line);
        await api.Notice();
        return await api
            .Services.GetRequiredService<InvalidationReader>()
            .Between(since, await Sequence(), TestContext.Current.CancellationToken);
    }

    private async Task<IReadOnlyList<string>> KeysOf(string address)
    {
        using var answer = await api.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.Headers.GetValues("Surrogate-Key").Single().Split(' ');
    }

    private async Task<long> Sequence() => (await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>();

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override Task Seed() =>
            Import(
                Some.ArticleType(new { slug = "brief" }),
                Some.Topic(new { slug = "sea" }),
                Some.Expert(new { slug = "ada" }),
                Some.Article(
                    new
                    {
                        slug = "text",
                        topics = Topics,
                        featured = true,
                    }
                ),
                Some.Article(
                    new
                    {
                        slug = "first",
                        topics = Topics,
                        language = "fr",
                        experts = new[] { new { slug = "ada", role = "author" } },
                    }
                )
            );
    }
}

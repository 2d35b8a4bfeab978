using System.Globalization;
using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Data;

/// <summary>
/// Where several are alike, which comes first follows from the content: not from the order in which rows were stored, or in which a plan
/// meets them.
/// </summary>
public class OneOrderTests(OneOrderTests.Content api) : IClassFixture<OneOrderTests.Content>
{
    [Fact]
    public async Task New_items_are_numbered_in_the_order_of_their_lines()
    {
        var slugs = Enumerable
            .Range(0, 300)
            .Select(n => Some.Slug("topic"))
            .OrderBy(slug => slug.GetHashCode(StringComparison.Ordinal))
            .ToList();
        await api.Import([.. slugs.Select(slug => Some.Topic(new { slug }))]);
        await using var connection = await api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            slugs,
            await connection.QueryAsync<string>("select slug from content.items where slug = any(@slugs) order by item_id", new { slugs })
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_several_merged_topics_become_stands_where_the_first_of_them_stood(bool createdInOrder)
    {
        var (first, between, last, target, article) = (
            Some.Slug("topic"),
            Some.Slug("topic"),
            Some.Slug("topic"),
            Some.Slug("topic"),
            Some.Slug("article")
        );
        string[] created = createdInOrder ? [first, between, last, target] : [target, last, between, first];
        await api.Import([
            .. created.Select(slug => Some.Topic(new { slug })),
            Some.Article(new { slug = article, topics = new[] { first, between, last } }),
        ]);
        await api.Import(Some.Topic(new { slug = first, mergedInto = target }), Some.Topic(new { slug = last, mergedInto = target }));
        Assert.Equal(
            [target, between],
            (await api.GetJson($"/v1/articles/{article}"))["data"]!["topics"]!.AsArray().Select(topic => topic!["slug"]!.GetValue<string>())
        );
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public async Task A_slug_that_two_articles_had_means_the_same_one_in_a_filter_and_as_an_address(string merged, string renamed)
    {
        var slug = Some.Slug("article");
        (merged, renamed) = ($"{slug}-{merged}", $"{slug}-{renamed}");
        var (withdrawn, last) = (Guid.NewGuid(), Guid.NewGuid());
        await api.Import(Some.Article(new { slug, id = withdrawn }), Some.Article(new { slug = merged }));
        await api.Import(
            Some.Article(
                new
                {
                    slug = $"{slug}-gone",
                    id = withdrawn,
                    mergedInto = merged,
                }
            )
        );
        await api.Import(Some.Article(new { slug, id = last }));
        await api.Import(Some.Article(new { slug = renamed, id = last }));
        Assert.Equal($"/v1/articles/{slug}-a", await api.Location($"/v1/articles/{slug}"));
        Assert.Equal([$"{slug}-a"], await api.Slugs($"/v1/articles?slug={slug}"));
    }

    [Fact]
    public async Task Suggestions_that_fit_alike_come_in_the_order_of_their_ids()
    {
        await api.Import(
            Some.Expert(
                new
                {
                    slug = "alike-expert",
                    name = "Quokka Expert",
                    id = "00000000-0000-4000-8000-000000000002",
                }
            ),
            Some.Topic(
                new
                {
                    slug = "alike-topic",
                    name = "Quokka Topic",
                    id = "00000000-0000-4000-8000-000000000001",
                }
            )
        );
        Assert.Equal(["alike-topic", "alike-expert"], (await api.GetJson("/v1/suggest?q=quok")).Slugs());
    }

    [Fact]
    public async Task Related_articles_that_are_as_close_come_in_the_order_of_their_ids()
    {
        var topic = Some.Slug("topic");
        // Those that were created last have the least ids, and there are more than are looked at.
        string Article(int n) =>
            Some.Article(
                new
                {
                    slug = $"{topic}-{n:00}",
                    id = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-0000000001{n:00}"),
                    topics = new[] { topic },
                }
            );
        await api.Import([Some.Topic(new { slug = topic }), .. Enumerable.Range(1, 60).Reverse().Select(Article)]);
        Assert.Equal(Enumerable.Range(1, 6).Select(n => $"{topic}-{n:00}"), await api.Slugs($"/v1/articles/{topic}-60/related"));
    }

    [Fact]
    public async Task Of_more_words_that_are_as_near_than_are_looked_at_the_first_of_the_alphabet_is_proposed()
    {
        // Two letters of each are others, so all are as near; the first was stored last.
        string[] words = [.. from one in "bcdfghjk" from other in "lmnpqrst" select $"wombatish{one}phan{other}astic"];
        await api.Import([.. words.Skip(1).Chunk(9).Select(some => Some.Article(new { title = string.Join(' ', some) }))]);
        await api.Import(Some.Article(new { slug = "wombat", title = words[0] }));
        Assert.Equal(
            "wombatishbphanlastic",
            (await api.GetJson("/v1/search?q=wombatishxphanyastic"))["correctedQuery"]!.GetValue<string>()
        );
    }

    public sealed class Content(TestServer server) : ContentFixture(server)
    {
        /// <summary>Path that an address leads to.</summary>
        public async Task<string> Location(string path)
        {
            using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            return new Uri(Client.BaseAddress!, answer.Headers.Location!).AbsolutePath;
        }
    }
}

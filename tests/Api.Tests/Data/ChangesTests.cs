using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Data;

/// <summary>The rows of <c>delivery.changes</c>: one for each visible change, numbered in the order of commits.</summary>
public class ChangesTests(ChangesTests.Content api) : IClassFixture<ChangesTests.Content>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edit_is_one_row_however_many_statements_it_takes()
    {
        await api.Import(Some.Article(new { slug = "edited" }));
        var before = await Head();
        await api.Execute(
            """
            begin;
            update content.articles set title = 'One' where item_id = (select item_id from content.items where slug = 'edited');
            update content.articles set title = 'Two', subtitle = 'Three' where item_id = (select item_id from content.items where slug = 'edited');
            update content.items set version = version + 1 where slug = 'edited';
            commit
            """
        );
        Assert.Equal(["article edited"], await Since(before));
        Assert.Equal(before + 1, await Head());
    }

    [Fact]
    public async Task An_update_that_changes_nothing_writes_no_row()
    {
        var before = await Head();
        await api.Execute(
            "update content.articles set title = title; update content.items set version = version; update content.article_topics set position = position"
        );
        Assert.Empty(await Since(before));
    }

    [Fact]
    public async Task What_is_hidden_and_stays_so_writes_no_row()
    {
        var before = await Head();
        await api.Import(
            Some.Article(new { slug = "unseen", publicationStatus = "draft" }),
            Some.Article(
                new
                {
                    slug = "not-yet",
                    publicationStatus = "scheduled",
                    publishedAt = "2199-01-01T00:00:00Z",
                }
            )
        );
        await api.Import(
            Some.Article(
                new
                {
                    slug = "unseen",
                    publicationStatus = "draft",
                    title = "Edited",
                }
            )
        );
        await api.Execute("delete from content.items where slug = 'unseen'");
        Assert.Empty(await Since(before));
        Assert.Equal(before, await Head());
    }

    [Fact]
    public async Task What_appears_and_what_vanishes_is_a_row_each()
    {
        await api.Import(
            Some.Article(
                new
                {
                    slug = "coming",
                    publicationStatus = "draft",
                    topics = new[] { "leaf" },
                }
            )
        );
        var before = await Head();
        await api.Execute("update content.items set publication_status = 'published' where slug = 'coming'");
        Assert.Equal(["article coming"], await Since(before));
        before = await Head();
        await api.Execute("update content.items set publication_status = 'retracted' where slug = 'coming'");
        Assert.Equal(["article coming gone"], await Since(before));
        // Lists that it left have to know.
        Assert.Contains(await KeyOf("leaf"), await KeysSince(before, "coming"));
    }

    [Fact]
    public async Task A_renamed_topic_is_one_row_and_its_articles_have_none()
    {
        var before = await Head();
        await api.Execute(
            "update content.topics set name = 'Another name' where item_id = (select item_id from content.items where slug = 'leaf')"
        );
        Assert.Equal(["topic leaf"], await Since(before));
    }

    [Fact]
    public async Task A_topic_that_moves_is_a_row_for_every_article_on_it_with_old_and_new_keys()
    {
        await api.Import(
            Some.Topic(new { slug = "old-home" }),
            Some.Topic(new { slug = "new-home" }),
            Some.Topic(new { slug = "mover", parent = "old-home" }),
            Some.Article(new { slug = "carried", topics = new[] { "mover" } })
        );
        var before = await Head();
        await api.Import(
            Some.Topic(
                new
                {
                    slug = "mover",
                    parent = "new-home",
                    name = "Topic mover",
                }
            )
        );
        Assert.Equal(["article carried", "topic mover"], (await Since(before)).Order());
        var keys = await KeysSince(before, "carried");
        Assert.Contains(await KeyOf("old-home"), keys);
        Assert.Contains(await KeyOf("new-home"), keys);
    }

    [Fact]
    public async Task An_expert_who_vanishes_is_a_row_and_so_are_the_articles()
    {
        await api.Import(
            Some.Expert(new { slug = "leaving" }),
            Some.Article(new { slug = "written", experts = new[] { new { slug = "leaving", role = "author" } } }),
            Some.Event(new { slug = "spoken", experts = new[] { new { slug = "leaving", role = "speaker" } } })
        );
        var before = await Head();
        await api.Execute("update content.items set publication_status = 'private' where slug = 'leaving'");
        Assert.Equal(["article written", "event spoken", "expert leaving gone"], (await Since(before)).Order());
    }

    [Fact]
    public async Task An_expert_who_is_renamed_is_one_row()
    {
        await api.Import(
            Some.Expert(new { slug = "renamed" }),
            Some.Event(new { slug = "stays", experts = new[] { new { slug = "renamed", role = "speaker" } } })
        );
        var before = await Head();
        await api.Execute(
            "update content.experts set name = 'Another' where item_id = (select item_id from content.items where slug = 'renamed')"
        );
        Assert.Equal(["expert renamed"], await Since(before));
    }

    [Fact]
    public async Task A_translation_that_appears_moves_or_vanishes_is_a_change_of_the_others_and_a_hidden_one_of_nothing()
    {
        await api.Import(
            Some.Article(new { slug = "original" }),
            Some.Article(
                new
                {
                    slug = "traduction",
                    language = "fr",
                    publicationStatus = "draft",
                    translations = new[] { "original" },
                }
            )
        );
        var before = await Head();
        await api.Execute(
            "update content.articles set title = 'Caché' where item_id = (select item_id from content.items where slug = 'traduction')"
        );
        Assert.Empty(await Since(before));
        await api.Execute("update content.items set publication_status = 'published' where slug = 'traduction'");
        Assert.Equal(["article original", "article traduction"], (await Since(before)).Order());
        before = await Head();
        await api.Execute("update content.items set slug = 'traduite' where slug = 'traduction'");
        Assert.Equal(["article original", "article traduite"], (await Since(before)).Order());
        before = await Head();
        await api.Execute("update content.items set publication_status = 'private' where slug = 'traduite'");
        Assert.Equal(["article original", "article traduite gone"], (await Since(before)).Order());
        before = await Head();
        await api.Import(
            Some.Article(
                new
                {
                    slug = "uebersetzung",
                    language = "de",
                    translations = new[] { "original" },
                }
            )
        );
        Assert.Equal(["article original", "article uebersetzung"], (await Since(before)).Order());
    }

    [Fact]
    public async Task What_is_gone_changes_once_more_when_the_reason_is_another_and_with_nothing_else()
    {
        await api.Import(Some.Article(new { slug = "gone" }), Some.Article(new { slug = "kept" }));
        await api.Execute("update content.items set publication_status = 'private' where slug = 'gone'");
        var before = await Head();
        await api.Execute(
            "update content.articles set title = 'Edited in private' where item_id = (select item_id from content.items where slug = 'gone')"
        );
        Assert.Empty(await Since(before));
        await api.Execute(
            "update content.items set merged_into = (select item_id from content.items where slug = 'kept') where slug = 'gone'"
        );
        Assert.Equal(["article gone gone"], await Since(before));
    }

    [Fact]
    public async Task A_redirect_is_a_change_where_it_is_seen_and_before_and_after()
    {
        await api.Import(Some.Article(new { slug = "target" }), Some.Article(new { slug = "secret", publicationStatus = "draft" }));
        var before = await Head();
        await api.Import("""{"resource":"redirect","from":"/to-secret","to":"articles/secret"}""");
        Assert.Equal(before, await Head());
        await api.Import("""{"resource":"redirect","from":"/to-target","to":"articles/target"}""");
        Assert.Equal(before + 1, await Head());
        await api.Execute(
            "update content.redirects set target_id = (select item_id from content.items where slug = 'secret') where path = '/to-target'"
        );
        Assert.Equal(before + 2, await Head());
    }

    [Fact]
    public async Task Whoever_follows_while_many_write_misses_nothing()
    {
        await api.Import([.. Enumerable.Range(0, 8).Select(n => Some.Article(new { slug = $"busy-{n}" }))]);
        var before = await Head();
        var seen = new List<long>();
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(Write));
        while (!writing.IsCompleted)
            await Follow();
        await writing;
        await Follow();
        Assert.Equal(Enumerable.Range(1, 80).Select(n => before + n), seen);

        async Task Write(int n)
        {
            await using var connection = await api.Database.OpenConnectionAsync(Cancel);
            for (var edit = 0; edit < 10; edit++)
                await connection.ExecuteAsync(
                    "update content.articles set title = @title where item_id = (select item_id from content.items where slug = @slug)",
                    new { slug = $"busy-{n}", title = $"{n} {edit}" }
                );
        }

        async Task Follow()
        {
            await using var connection = await api.Database.OpenConnectionAsync(Cancel);
            seen.AddRange(
                await connection.QueryAsync<long>(
                    "select sequence from content.changes where sequence > @last order by sequence",
                    new { last = seen.Count == 0 ? before : seen[^1] }
                )
            );
        }
    }

    [Fact]
    public async Task Changes_are_announced()
    {
        await using var listening = await api.Database.OpenConnectionAsync(Cancel);
        await listening.ExecuteAsync("listen content_changed");
        await api.Import(Some.Article());
        Assert.True(await listening.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    private Task<long> Head() => Value<long>("select sequence from content.head", new { });

    private Task<int> KeyOf(string topic) =>
        Value<int>(
            "select k.key from content.keys k join content.items i on i.item_id = k.value_id where k.kind = 'topic' and i.slug = @topic",
            new { topic }
        );

    private Task<int[]> KeysSince(long since, string slug) =>
        Value<int[]>(
            "select c.keys from content.changes c join content.items i on i.item_id = c.item_id where c.sequence > @since and i.slug = @slug",
            new { since, slug }
        );

    private async Task<T> Value<T>(string sql, object parameters)
    {
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    private async Task<IReadOnlyList<string>> Since(long since)
    {
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        return (
            await connection.QueryAsync<string>(
                """
                select c.resource || ' ' || i.slug || case when c.live then '' else ' gone' end
                from   delivery.changes c left join content.items i on i.item_id = c.item_id
                where  c.sequence > @since
                order  by c.sequence
                """,
                new { since }
            )
        ).AsList();
    }

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override Task Seed() =>
            Import(
                Some.ArticleType(new { slug = "brief" }),
                Some.Topic(new { slug = "leaf" }),
                Some.Article(new { slug = "still", topics = new[] { "leaf" } })
            );
    }
}

using System.Text;
using Api.Http.Answers;
using Api.Http.Caching;
using Api.Http.Tags;

namespace Api.Tests.Http.Caching;

public class AnswerCacheTests
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly AnswerCache cache = new(new CacheSettings(), TimeProvider.System);

    public AnswerCacheTests()
    {
        cache.Apply(null, 1, At);
        cache.Verify(TimeProvider.System.GetTimestamp());
    }

    [Fact]
    public void A_kept_answer_is_found_until_a_change_concerns_it()
    {
        Keep("/a", tags => tags.Articles([7]));
        Keep("/b", tags => tags.Articles([8]));
        cache.Apply([new Change("article", 100, [7, 9])], 2, At);
        Assert.Null(cache.Find("/a"));
        Assert.NotNull(cache.Find("/b"));
    }

    [Theory]
    [InlineData("article", 5, true)]
    [InlineData("article", 6, false)]
    [InlineData("expert", 5, true)]
    [InlineData("event", 5, true)]
    [InlineData("topic", 6, true)]
    [InlineData("menu", 6, true)]
    [InlineData(null, 0, true)]
    public void An_answer_that_shows_an_item_goes_with_it_and_with_what_shows_anywhere(string? resource, int itemId, bool goes)
    {
        Keep("/a", tags => tags.Items([5]));
        cache.Apply([new Change(resource, itemId, [])], 2, At);
        Assert.Equal(goes, cache.Find("/a") is null);
    }

    [Fact]
    public void Articles_and_events_under_the_same_key_are_different_things()
    {
        Keep("/articles", tags => tags.Articles([7]));
        Keep("/events", tags => tags.Events([7]));
        cache.Apply([new Change("event", 1, [7])], 2, At);
        Assert.NotNull(cache.Find("/articles"));
        Assert.Null(cache.Find("/events"));
    }

    [Fact]
    public void A_list_of_everything_goes_with_any_article()
    {
        Keep("/articles", tags => tags.Articles([AnswerTags.Any]));
        cache.Apply([new Change("article", 1, [7])], 2, At);
        Assert.Null(cache.Find("/articles"));
    }

    [Fact]
    public void An_answer_of_which_nothing_was_said_goes_with_any_change()
    {
        Keep("/a", _ => { });
        cache.Apply([new Change("article", 1, [])], 2, At);
        Assert.Null(cache.Find("/a"));
    }

    [Fact]
    public void A_change_while_an_answer_is_made_keeps_it_from_being_kept()
    {
        var (pending, _) = cache.Join("/a");
        cache.Apply([new Change("article", 1, [7])], 2, At);
        Assert.False(cache.Complete("/a", pending, Answer("/a", pending.Begun, tags => tags.Articles([7]))));
        Assert.Null(cache.Find("/a"));
    }

    [Fact]
    public void A_change_of_something_else_while_an_answer_is_made_does_not()
    {
        var (pending, _) = cache.Join("/a");
        cache.Apply([new Change("article", 1, [8])], 2, At);
        Assert.True(cache.Complete("/a", pending, Answer("/a", pending.Begun, tags => tags.Articles([7]))));
        Assert.NotNull(cache.Find("/a"));
    }

    [Fact]
    public void More_changes_than_are_remembered_keep_an_answer_from_being_kept()
    {
        var (pending, _) = cache.Join("/a");
        for (var n = 2; n < 2_000; n++)
            cache.Apply([new Change("article", n, [8])], n, At);
        Assert.False(cache.Complete("/a", pending, Answer("/a", pending.Begun, tags => tags.Articles([7]))));
    }

    [Fact]
    public void Who_comes_after_a_change_does_not_wait_for_an_answer_that_was_begun_before()
    {
        var (first, mine) = cache.Join("/a");
        Assert.True(mine);
        Assert.Equal((first, false), cache.Join("/a"));
        cache.Apply([new Change("article", 1, [7])], 2, At);
        var (second, makesIt) = cache.Join("/a");
        Assert.True(makesIt);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Who_waits_gets_the_answer_or_the_failure()
    {
        var (pending, _) = cache.Join("/a");
        var waiting = pending.Answer(TestContext.Current.CancellationToken);
        var answer = Answer("/a", pending.Begun, _ => { });
        cache.Complete("/a", pending, answer);
        Assert.Same(answer, await waiting);

        var (failing, _) = cache.Join("/b");
        cache.Fail("/b", failing, new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => failing.Answer(TestContext.Current.CancellationToken));
        Assert.True(cache.Join("/b").IsMine);
    }

    [Fact]
    public void Unknown_changes_drop_everything()
    {
        Keep("/a", tags => tags.Articles([7]));
        cache.Apply(null, 2, At);
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public void It_stays_within_its_bytes_and_drops_what_was_not_used_for_longest()
    {
        var small = new AnswerCache(new CacheSettings { MaxBytes = 200_000 }, TimeProvider.System);
        small.Apply(null, 1, At);
        small.Verify(TimeProvider.System.GetTimestamp());
        for (var n = 0; n < 300; n++)
        {
            Keep(small, $"/{n}", tags => tags.Articles([n]), new string('x', 5_000));
            Assert.InRange(small.Bytes, 1, 200_000);
        }
        Assert.NotNull(small.Find("/299"));
        Assert.Null(small.Find("/0"));
    }

    [Fact]
    public void What_is_encoded_later_counts_too()
    {
        var answer = Keep(cache, "/a", _ => { }, string.Concat(Enumerable.Range(0, 2_000)));
        var before = cache.Bytes;
        var length = answer.In(Coding.Brotli).Length;
        cache.Grew(answer);
        Assert.Equal(before + length, cache.Bytes);
    }

    [Fact]
    public void An_answer_too_large_for_the_cache_is_not_kept()
    {
        var none = new AnswerCache(new CacheSettings { MaxBytes = 0 }, TimeProvider.System);
        none.Apply(null, 1, At);
        none.Verify(TimeProvider.System.GetTimestamp());
        var (pending, _) = none.Join("/a");
        Assert.False(none.Complete("/a", pending, Answer("/a", pending.Begun, _ => { })));
        Assert.Equal(0, none.Bytes);
    }

    [Fact]
    public void Nothing_is_kept_before_the_content_is_known()
    {
        var early = new AnswerCache(new CacheSettings(), TimeProvider.System);
        var (pending, _) = early.Join("/a");
        Assert.False(early.Complete("/a", pending, Answer("/a", pending.Begun, _ => { })));
    }

    [Fact]
    public void Requests_in_other_words_lead_to_the_same_answer_and_are_bounded()
    {
        var answer = Keep("/a", _ => { });
        for (var n = 0; n < 1_000; n++)
            cache.Remember(new Address("http", "localhost", "", $"/a?utm_source={n}"), answer);
        Assert.Same(answer, cache.Find(new Address("http", "localhost", "", "/a?utm_source=3")));
        Assert.Null(cache.Find(new Address("http", "localhost", "", "/a?utm_source=999")));
        cache.Apply([new Change("article", 1, [])], 2, At);
        Assert.Null(cache.Find(new Address("http", "localhost", "", "/a?utm_source=3")));
        Assert.Equal(0, cache.Bytes);
    }

    private CachedAnswer Keep(string key, Action<AnswerTags> tag) => Keep(cache, key, tag, "body");

    private static CachedAnswer Keep(AnswerCache cache, string key, Action<AnswerTags> tag, string body)
    {
        var (pending, _) = cache.Join(key);
        var answer = Answer(key, pending.Begun, tag, body);
        Assert.True(cache.Complete(key, pending, answer));
        return answer;
    }

    private static CachedAnswer Answer(string key, Moment begun, Action<AnswerTags> tag, string body = "body")
    {
        var tags = new AnswerTags();
        tag(tags);
        return new CachedAnswer(key, new AnswerBody("text/plain", Encoding.UTF8.GetBytes(body)), tags, "all", isOfAnything: false, begun);
    }
}

using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Changes;

/// <summary><c>/v1/changes</c>, as partners follow it.</summary>
public class ChangeFeedTests(ChangeFeedTests.Content api) : IClassFixture<ChangeFeedTests.Content>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Following_from_zero_gives_exactly_the_content_of_the_lists()
    {
        (string Scope, string List)[] all =
        [
            ("resource=article", "/v1/articles?limit=100&include=body"),
            ("resource=article&topic=above", "/v1/articles?limit=100&include=body&topic=above"),
            ("resource=article&topic=leaf,other&expert=writer", "/v1/articles?limit=100&include=body&topic=leaf,other&expert=writer"),
            ("resource=event", "/v1/events?limit=100&include=body"),
            ("resource=event&topic=leaf", "/v1/events?limit=100&include=body&topic=leaf"),
            ("resource=expert", "/v1/experts?limit=100&include=body"),
            ("resource=topic", "/v1/topics?limit=100"),
            ("resource=page", "/v1/pages?limit=100&include=body"),
            ("resource=menu", "/v1/menus"),
            ("resource=articleType", "/v1/article-types"),
        ];
        for (var round = 0; round < 2; round++)
        {
            await Stir();
            foreach (var (scope, list) in all)
            {
                var kept = new Dictionary<string, string>();
                await Follow("0", scope, kept, limit: 30);
                var items = (await api.GetJson(list))["data"]!.AsArray();
                Assert.NotEmpty(items);
                Assert.Equal(
                    items.Select(item => item!.ToJsonString()).Order(StringComparer.Ordinal),
                    kept.Values.Order(StringComparer.Ordinal)
                );
            }
        }
    }

    [Fact]
    public async Task A_follower_who_comes_back_has_the_lists_again()
    {
        var (all, scoped) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        var (allToken, scopedToken) = (
            await Follow("0", "resource=article", all),
            await Follow("0", "resource=article&topic=leaf", scoped)
        );
        for (var round = 0; round < 3; round++)
        {
            await Stir();
            allToken = await Follow(allToken, "resource=article", all);
            if (round % 2 == 0)
                scopedToken = await Follow(scopedToken, "resource=article&topic=leaf", scoped);
        }
        Assert.Equal((await api.Slugs("/v1/articles?limit=100")).Order(), Slugs(all));
        Assert.Equal((await api.Slugs("/v1/articles?limit=100&topic=leaf")).Order(), Slugs(scoped));
    }

    [Fact]
    public async Task Only_the_newest_change_of_an_item_is_told()
    {
        var since = await Token();
        await api.Import(Some.Article(new { slug = "often" }));
        await api.Import(Some.Article(new { slug = "often", title = "Twice" }));
        await api.Import(Some.Article(new { slug = "often", title = "Three times" }));
        var page = await api.GetJson($"/v1/changes?since={since}&include=item");
        Assert.Equal("Three times", Assert.Single(page["data"]!.AsArray())!["item"]!["title"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("unpublished", """{"publicationStatus":"draft"}""")]
    [InlineData("retracted", """{"publicationStatus":"retracted"}""")]
    [InlineData("deleted", """{"publicationStatus":"deleted"}""")]
    [InlineData("expired", """{"expiresAt":"2024-06-06T00:00:00Z"}""")]
    [InlineData("merged", """{"mergedInto":"stays"}""")]
    public async Task What_is_gone_says_why(string reason, string members)
    {
        await api.Import(Some.Article(new { slug = $"is-{reason}" }));
        var since = await Token();
        var line = JsonNode.Parse(members)!.AsObject();
        line["slug"] = $"is-{reason}";
        await api.Import(Some.Article(line));
        var change = Assert.Single((await api.GetJson($"/v1/changes?since={since}&include=item&resource=article"))["data"]!.AsArray())!;
        Assert.Equal(
            ($"is-{reason}", "delete", reason, reason == "merged" ? "stays" : null, null),
            (
                change["slug"]!.GetValue<string>(),
                change["change"]!.GetValue<string>(),
                change["reason"]!.GetValue<string>(),
                change["successor"]?.GetValue<string>(),
                change["item"]
            )
        );
        Assert.Equal(
            reason == "merged" ? (await api.GetJson("/v1/articles/stays"))["data"]!["id"]!.GetValue<string>() : null,
            change["successorId"]?.GetValue<string>()
        );
    }

    [Fact]
    public async Task A_successor_is_told_while_it_is_public()
    {
        var since = await Token();
        await api.Import(Some.Article(new { slug = "leads" }), Some.Article(new { slug = "hides" }));
        await api.Import(Some.Article(new { slug = "leads", mergedInto = "hides" }));
        Assert.Equal(("hides", (await api.GetJson("/v1/articles/hides"))["data"]!["id"]!.GetValue<string>()), await Successor());
        await api.Import(Some.Article(new { slug = "hides", publicationStatus = "draft" }));
        Assert.Equal((null, null), await Successor());

        async Task<(string? Slug, string? Id)> Successor()
        {
            var kept = (await api.GetJson($"/v1/changes?since={since}&limit=100"))["data"]!
                .AsArray()
                .Single(change => change!["slug"]!.GetValue<string>() == "leads")!;
            return (kept["successor"]?.GetValue<string>(), kept["successorId"]?.GetValue<string>());
        }
    }

    [Fact]
    public async Task No_reason_becomes_another_when_a_hidden_moment_comes()
    {
        await api.Import(Some.Article(new { slug = "was-seen" }), Some.Article(new { slug = "missed" }));
        // The publisher is held up: nobody sees the moment between an embargo and the end.
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("select pg_advisory_lock(7301188)");
        DateTimeOffset soon;
        IReadOnlyList<string> before;
        // On a busy machine the moment may have come before all is written and read: then one that is further off.
        for (var seconds = 3; ; seconds *= 2)
        {
            soon = TimeProvider.System.GetUtcNow().AddSeconds(seconds);
            // A draft with an end to come, and one that has ended and whose embargo has still to.
            await api.Import(
                Some.Article(
                    new
                    {
                        slug = "was-seen",
                        publicationStatus = "draft",
                        expiresAt = soon,
                    }
                ),
                Some.Article(new { slug = "ended" })
            );
            await api.Import(
                Some.Article(
                    new
                    {
                        slug = "ended",
                        expiresAt = "2024-06-06T00:00:00Z",
                        embargoUntil = soon,
                    }
                ),
                Some.Article(
                    new
                    {
                        slug = "missed",
                        embargoUntil = soon.AddMilliseconds(-50),
                        expiresAt = soon,
                    }
                )
            );
            before = await Reasons();
            if (TimeProvider.System.GetUtcNow() < soon)
                break;
        }
        if (soon.AddMilliseconds(300) - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } left)
            await Task.Delay(left, Cancel);
        await connection.ExecuteAsync("select pg_advisory_unlock(7301188)");
        await api.Execute("select content.publish_due()");
        Assert.Equal(["unpublished", "unpublished", "unpublished"], before);
        Assert.Equal(before, await Reasons());

        async Task<IReadOnlyList<string>> Reasons() =>
            [
                (await api.GetJson("/v1/articles/was-seen", HttpStatusCode.Gone))["reason"]!.GetValue<string>(),
                (await api.GetJson("/v1/articles/ended", HttpStatusCode.Gone))["reason"]!.GetValue<string>(),
                (await api.GetJson("/v1/articles/missed", HttpStatusCode.Gone))["reason"]!.GetValue<string>(),
            ];
    }

    [Fact]
    public async Task Each_page_says_of_which_state_its_items_are()
    {
        await api.Import(Some.Article(new { slug = "state-one" }), Some.Article(new { slug = "state-two" }));
        var head = (await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>();
        var first = (await api.GetJson($"/v1/changes?since=0&limit=1&include=item&minSequence={head}"))["page"]!;
        Assert.True(first["more"]!.GetValue<bool>());
        Assert.Equal(head, first["sequence"]!.GetValue<long>());
        await api.Import(Some.Article(new { slug = "state-three" }));
        Assert.True((await api.GetJson($"/v1/changes?since={first["next"]}&limit=1"))["page"]!["sequence"]!.GetValue<long>() > head);
    }

    [Theory]
    [InlineData("topic", "topics")]
    [InlineData("page", "pages")]
    public async Task What_stands_below_something_hidden_is_told_when_its_parent_is_another_then(string resource, string collection)
    {
        await api.Import(
            Line("low-top", null),
            Line("low-other", null),
            Line("low-hidden", "low-top", "draft"),
            Line("low-also", "low-hidden", "draft"),
            Line("low-child", "low-also")
        );
        Assert.Equal(["low-top", "low-child"], await Way());
        var known = await Token();
        // Nothing that can be seen.
        await api.Import(Line("low-also", "low-top", "draft"));
        await api.Import(Line("low-also", "low-hidden", "draft"));
        Assert.Equal(known, await Token());
        await api.Import(Line("low-hidden", "low-other", "draft"));
        Assert.Equal(["low-child"], (await api.GetJson($"/v1/changes?since={known}")).Slugs());
        Assert.Equal(["low-other", "low-child"], await Way());
        await api.Import(Line("low-hidden", null, "draft"));
        Assert.Equal(["low-child"], await Way());

        string Line(string slug, string? parent, string publicationStatus = "published") =>
            resource == "topic"
                ? Some.Topic(
                    new
                    {
                        slug,
                        parent,
                        publicationStatus,
                    }
                )
                : Some.Page(
                    new
                    {
                        slug,
                        parent,
                        publicationStatus,
                    }
                );

        async Task<IEnumerable<string>> Way() =>
            (await api.GetJson($"/v1/{collection}/low-child"))["data"]!["breadcrumbs"]!
                .AsArray()
                .Select(crumb => crumb!["slug"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_leaves_a_scope_is_told_until_it_comes_back()
    {
        await api.Import(Some.Article(new { slug = "wanders", topics = new[] { "leaf" } }));
        var since = await Token();
        await api.Import(Some.Article(new { slug = "wanders", topics = new[] { "other" } }));
        // An edit outside of the scope hides nothing.
        await api.Import(
            Some.Article(
                new
                {
                    slug = "wanders",
                    topics = new[] { "other" },
                    title = "Elsewhere",
                }
            )
        );
        var left = Assert.Single(await Changes($"since={since}&topic=leaf"));
        Assert.Equal(("delete", "leftScope"), (left["change"]!.GetValue<string>(), left["reason"]!.GetValue<string>()));
        Assert.Contains("wanders", await Dropped("topic=leaf"));
        await api.Import(Some.Article(new { slug = "wanders", topics = new[] { "leaf" } }));
        Assert.Equal("upsert", Assert.Single(await Changes($"since={since}&topic=leaf"))["change"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_topic_that_moves_tells_of_every_article_on_it()
    {
        await api.Import(
            Some.Topic(new { slug = "moving", parent = "other" }),
            Some.Article(new { slug = "on-moving", topics = new[] { "moving" } })
        );
        var since = await Token();
        await api.Import(Some.Topic(new { slug = "moving", parent = "above" }));
        Assert.Equal(["on-moving"], await ChangedSlugs($"since={since}&topic=above"));
        Assert.Equal("leftScope", Assert.Single(await Changes($"since={since}&topic=other"))["reason"]!.GetValue<string>());
        Assert.Equal(["moving", "on-moving"], await ChangedSlugs($"since={since}"));
    }

    [Fact]
    public async Task What_shows_an_outlet_follows_its_name()
    {
        await api.Import(Some.Article(new { slug = "printed", source = new { slug = "paper", name = "The Paper" } }));
        var since = await Token();
        await api.Execute("update content.sources set name = 'The Newspaper' where slug = 'paper'");
        Assert.Equal(["printed"], await ChangedSlugs($"since={since}"));
    }

    [Fact]
    public async Task What_has_translations_follows_their_language()
    {
        await api.Import(
            Some.Article(new { slug = "tongue-one", language = "en" }),
            Some.Article(
                new
                {
                    slug = "tongue-two",
                    language = "fr",
                    translations = new[] { "tongue-one" },
                }
            ),
            Some.Article(new { slug = "tongue-none", language = "en" })
        );
        var kept = new Dictionary<string, string>();
        var token = await Follow("0", "resource=article", kept);
        await api.Import(
            Some.Article(
                new
                {
                    slug = "tongue-two",
                    language = "nl",
                    translations = new[] { "tongue-one" },
                }
            ),
            Some.Article(new { slug = "tongue-none", language = "nl" })
        );
        var told = (await api.GetJson($"/v1/changes?since={token}&include=item"))["data"]!.AsArray();
        Assert.Equal(["tongue-none", "tongue-one", "tongue-two"], told.Select(change => (string)change!["slug"]!).Order());
        Assert.Equal(
            "nl",
            (string)told.Single(change => (string)change!["slug"]! == "tongue-one")!["item"]!["translations"]![0]!["language"]!
        );
    }

    [Fact]
    public async Task Who_is_left_by_a_translation_follows()
    {
        await api.Import(
            Some.Article(new { slug = "left-one", language = "en" }),
            Some.Article(
                new
                {
                    slug = "left-two",
                    language = "fr",
                    translations = new[] { "left-one" },
                }
            ),
            Some.Article(new { slug = "left-three", language = "de" })
        );
        var since = await Token();
        await api.Import(
            Some.Article(
                new
                {
                    slug = "left-two",
                    language = "fr",
                    translations = new[] { "left-three" },
                }
            )
        );
        Assert.Equal(["left-one", "left-three", "left-two"], (await ChangedSlugs($"since={since}")).Order());
    }

    [Fact]
    public async Task What_stands_by_something_follows_when_that_appears_or_vanishes()
    {
        await api.Import(
            Some.Topic(
                new
                {
                    slug = "hidden-program",
                    kind = "program",
                    publicationStatus = "draft",
                }
            ),
            Some.Topic(new { slug = "below-it", parent = "hidden-program" }),
            Some.Expert(new { slug = "of-it", program = "hidden-program" }),
            Some.Menu(new { slug = "with-it", items = new[] { new { label = "It", target = new { topic = "hidden-program" } } } }),
            Some.Page(new { slug = "hidden-page", publicationStatus = "draft" }),
            Some.Page(new { slug = "below-page", parent = "hidden-page" }),
            Some.Redirect("/to-it", "topics/hidden-program")
        );
        var since = await Token();
        await api.Execute("update content.items set publication_status = 'published' where slug in ('hidden-program', 'hidden-page')");
        string?[] expected = ["below-it", "below-page", "hidden-page", "hidden-program", "of-it", "with-it"];
        Assert.Equal(expected, (await ChangedSlugs($"since={since}")).Where(slug => slug is not null));
        Assert.Contains(await Changes($"since={since}"), change => change["resource"]!.GetValue<string>() == "redirect");
        since = await Token();
        await api.Execute("update content.items set publication_status = 'draft' where slug in ('hidden-program', 'hidden-page')");
        Assert.Equal(expected, (await ChangedSlugs($"since={since}")).Where(slug => slug is not null));
    }

    [Fact]
    public async Task Addresses_of_old_are_told()
    {
        await api.Import(Some.Article(new { slug = "before", id = "7b0d5b43-3c70-4e8e-9fd1-000000000001" }));
        var since = await Token();
        await api.Import(Some.Article(new { slug = "after", id = "7b0d5b43-3c70-4e8e-9fd1-000000000001" }));
        var change = Assert.Single(await Changes($"since={since}"));
        Assert.Equal(("after", "before"), (change["slug"]!.GetValue<string>(), change["previousSlugs"]![0]!.GetValue<string>()));
    }

    [Fact]
    public async Task Who_follows_by_id_does_not_mind_who_has_the_slug()
    {
        var (topic, expert) = (Guid.NewGuid(), Guid.NewGuid());
        await api.Import(
            Some.Topic(new { slug = "held", id = topic }),
            Some.Expert(new { slug = "known", id = expert }),
            Some.Topic(
                new
                {
                    slug = "hidden-topic",
                    id = "7b0d5b43-3c70-4e8e-9fd1-0000000000aa",
                    publicationStatus = "draft",
                }
            ),
            Some.Article(new { slug = "on-held", topics = new[] { "held" } }),
            Some.Article(new { slug = "by-known", experts = new[] { "known" } })
        );
        var since = await Token();
        await api.Import(
            Some.Topic(new { slug = "held-before", id = topic }),
            Some.Topic(new { slug = "held", id = Guid.NewGuid() }),
            Some.Expert(new { slug = "known-before", id = expert }),
            Some.Expert(new { slug = "known", id = Guid.NewGuid() }),
            Some.Article(
                new
                {
                    slug = "on-held",
                    topics = new[] { "held-before" },
                    publicationStatus = "retracted",
                }
            ),
            Some.Article(
                new
                {
                    slug = "by-known",
                    experts = new[] { "known-before" },
                    title = "Edited",
                }
            )
        );
        Assert.Equal(["on-held"], await ChangedSlugs($"since={since}&topic=urn:uuid:{topic}"));
        Assert.Equal(["by-known"], await ChangedSlugs($"since={since}&expert=urn:uuid:{expert}"));
        await api.GetProblem($"/v1/changes?topic=urn:uuid:{expert}", HttpStatusCode.BadRequest, "unknown-value", "topic");
        await api.GetProblem(
            "/v1/changes?topic=urn:uuid:7b0d5b43-3c70-4e8e-9fd1-0000000000aa",
            HttpStatusCode.BadRequest,
            "unknown-value",
            "topic"
        );
        // What had the slug before and is merged is of no concern, beside an old slug either.
        await api.Import(
            Some.Topic(new { slug = "once", id = "7b0d5b43-3c70-4e8e-9fd1-0000000000ab" }),
            Some.Topic(new { slug = "first-name", id = "7b0d5b43-3c70-4e8e-9fd1-0000000000ac" })
        );
        await api.Import(
            Some.Topic(
                new
                {
                    slug = "once",
                    id = "7b0d5b43-3c70-4e8e-9fd1-0000000000ab",
                    mergedInto = "other",
                }
            ),
            Some.Topic(new { slug = "second-name", id = "7b0d5b43-3c70-4e8e-9fd1-0000000000ac" })
        );
        await api.Import(
            Some.Topic(
                new
                {
                    slug = "not-once",
                    id = "7b0d5b43-3c70-4e8e-9fd1-0000000000ab",
                    mergedInto = "other",
                }
            ),
            Some.Topic(new { slug = "once", id = "7b0d5b43-3c70-4e8e-9fd1-0000000000ad" })
        );
        await api.GetJson($"/v1/changes?since={since}&topic=once,first-name");
        await api.Import(
            Some.Topic(
                new
                {
                    slug = "held-before",
                    id = topic,
                    mergedInto = "other",
                }
            ),
            Some.Expert(
                new
                {
                    slug = "known-before",
                    id = expert,
                    publicationStatus = "draft",
                }
            )
        );
        var merged = await api.GetProblem($"/v1/changes?since={since}&topic=urn:uuid:{topic}", HttpStatusCode.Gone, "gone-value", "topic");
        Assert.Equal("other", Assert.Single(merged["allowed"]!.AsArray())!.GetValue<string>());
        await api.GetProblem($"/v1/changes?since={since}&expert=urn:uuid:{expert}", HttpStatusCode.Gone, "gone-value", "expert");
    }

    [Fact]
    public async Task Who_follows_a_topic_that_is_merged_is_told_to_follow_the_other_and_under_an_old_name_it_goes_on()
    {
        await api.Import(
            Some.Topic(new { slug = "goes", id = "7b0d5b43-3c70-4e8e-9fd1-000000000011" }),
            Some.Topic(new { slug = "renames", id = "7b0d5b43-3c70-4e8e-9fd1-000000000012" })
        );
        var since = await Token();
        await api.Import(
            Some.Topic(
                new
                {
                    slug = "goes",
                    id = "7b0d5b43-3c70-4e8e-9fd1-000000000011",
                    mergedInto = "other",
                }
            ),
            Some.Topic(new { slug = "renamed", id = "7b0d5b43-3c70-4e8e-9fd1-000000000012" })
        );
        var problem = await api.GetProblem($"/v1/changes?since={since}&topic=goes", HttpStatusCode.Gone, "gone-value", "topic");
        Assert.Equal("other", Assert.Single(problem["allowed"]!.AsArray())!.GetValue<string>());
        await api.Import(Some.Article(new { slug = "on-renamed", topics = new[] { "renamed" } }));
        Assert.Equal(["on-renamed"], await ChangedSlugs($"since={since}&topic=renames"));
    }

    [Theory]
    [InlineData("999999999.AAAAAAAA")] // of the future
    [InlineData("9223372036854775807.AAAAAAAA")]
    [InlineData("1.AAAAAAAA")] // of another history
    public async Task A_token_of_another_history_asks_to_begin_anew(string token)
    {
        var problem = await api.GetProblem($"/v1/changes?since={token}", HttpStatusCode.Gone, "resync-required", "since");
        Assert.EndsWith("/v1/snapshot", problem["allowed"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_stays_good_when_the_content_it_was_of_is_restored_and_only_then()
    {
        var token = await Token();
        await api.Import(Some.Article(new { slug = "lost" }));
        var later = await Token();
        var number = long.Parse(later.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
        // As after a restore: the number is given again, to another change.
        await api.Execute($"update content.changes set at = at + interval '1 second' where sequence = {number}");
        await api.GetJson($"/v1/changes?since={token}");
        await api.GetProblem($"/v1/changes?since={later}", HttpStatusCode.Gone, "resync-required", "since");
    }

    [Theory]
    [InlineData("since=abc", "invalid-parameter", "since")]
    [InlineData("since=-1", "invalid-parameter", "since")]
    [InlineData("since=01.abc", "invalid-parameter", "since")]
    [InlineData("wait=31", "out-of-range", "wait")]
    [InlineData("limit=0", "out-of-range", "limit")]
    [InlineData("limit=101", "out-of-range", "limit")]
    [InlineData("resource=draft", "unknown-value", "resource")]
    [InlineData("include=body", "unknown-value", "include")]
    [InlineData("topic=nowhere", "unknown-value", "topic")]
    [InlineData("page=1", "unknown-parameter", "page")]
    [InlineData("resource=expert&topic=leaf", "conflicting-parameters", "resource")]
    public async Task What_is_wrong_is_told(string query, string code, string parameter) =>
        await api.GetProblem($"/v1/changes?{query}", HttpStatusCode.BadRequest, code, parameter);

    [Fact]
    public async Task A_page_that_meets_little_goes_on_at_once()
    {
        var since = await Token();
        // A long history of what is not asked for.
        await api.Execute(
            """
            insert into content.changes
            select h.sequence + n, 'words', null, true, '{}', clock_timestamp() from content.head h, generate_series(1, 5000) n;
            update content.head set sequence = sequence + 5000, changed_at = clock_timestamp()
            """
        );
        await api.Import(Some.Article(new { slug = "at-the-end" }));
        var pages = 0;
        for (var more = true; more; pages++)
        {
            var page = await api.GetJson($"/v1/changes?since={since}");
            more = page["page"]!["more"]!.GetValue<bool>();
            Assert.Equal(more ? 0 : 1, page["data"]!.AsArray().Count);
            since = page["page"]!["next"]!.GetValue<string>();
        }
        Assert.InRange(pages, 2, 5);
    }

    [Fact]
    public async Task Who_waits_is_told_when_something_happens()
    {
        var since = await Token();
        var waiting = api.GetJson($"/v1/changes?since={since}&wait=30");
        await Task.Delay(300, Cancel);
        Assert.False(waiting.IsCompleted);
        var asked = Stopwatch.StartNew();
        await api.Import(Some.Article(new { slug = "awaited" }));
        Assert.Equal(["awaited"], (await waiting).Slugs());
        Assert.True(asked.Elapsed < TimeSpan.FromSeconds(20), $"{asked.Elapsed}");
    }

    [Fact]
    public async Task Who_waits_in_vain_is_told_so()
    {
        var since = await Token();
        using var answer = await api.Client.GetAsync(new Uri($"/v1/changes?since={since}&wait=1", UriKind.Relative), Cancel);
        var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        Assert.Empty(page["data"]!.AsArray());
        Assert.Equal((since, false), (page["page"]!["next"]!.GetValue<string>(), page["page"]!["more"]!.GetValue<bool>()));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.DoesNotContain("wait", page["links"]!["next"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> Dropped(string scope)
    {
        var dropped = new List<string>();
        for (var (since, more) = ("0", true); more; )
        {
            var answer = await api.GetJson($"/v1/changes?since={since}&limit=100&{scope}");
            dropped.AddRange(
                answer["data"]!
                    .AsArray()
                    .Where(change => change!["reason"] is not null)
                    .Select(change => change!["slug"]!.GetValue<string>())
            );
            (since, more) = (answer["page"]!["next"]!.GetValue<string>(), answer["page"]!["more"]!.GetValue<bool>());
        }
        return dropped;
    }

    private async Task<string> Token()
    {
        for (var since = "0"; ; )
        {
            var page = (await api.GetJson($"/v1/changes?since={since}&limit=100"))["page"]!;
            since = page["next"]!.GetValue<string>();
            if (!page["more"]!.GetValue<bool>())
                return since;
        }
    }

    private async Task<IReadOnlyList<JsonNode>> Changes(string query) =>
        [.. (await api.GetJson($"/v1/changes?{query}"))["data"]!.AsArray().Select(change => change!)];

    private async Task<IReadOnlyList<string?>> ChangedSlugs(string query) =>
        [.. (await Changes(query)).Select(change => change["slug"]?.GetValue<string>()).Order(StringComparer.Ordinal)];

    private async Task<string> Follow(string since, string scope, Dictionary<string, string> kept, int limit = 100)
    {
        while (true)
        {
            var answer = await api.GetJson($"/v1/changes?since={since}&include=item&limit={limit}&{scope}");
            foreach (var change in answer["data"]!.AsArray())
            {
                var id = change!["id"]!.GetValue<string>();
                if (change["change"]!.GetValue<string>() == "upsert")
                    kept[id] = change["item"]!.ToJsonString();
                else
                    kept.Remove(id);
            }
            since = answer["page"]!["next"]!.GetValue<string>();
            if (!answer["page"]!["more"]!.GetValue<bool>())
                return since;
        }
    }

    private static IEnumerable<string> Slugs(Dictionary<string, string> kept) =>
        kept.Values.Select(item => JsonNode.Parse(item)!["slug"]!.GetValue<string>()).Order();

    // Some of everything that can happen to an article; what embeds it shows its counts only in what is told of these themselves.
    private async Task Stir()
    {
        var slug = Some.Slug("stirred");
        await api.Import(
            Some.Article(
                new
                {
                    slug,
                    topics = new[] { "leaf" },
                    experts = new[] { "writer" },
                }
            ),
            Some.Article(new { slug = $"{slug}-other", topics = new[] { "other" } }),
            Some.Event(new { slug, topics = new[] { "leaf" } })
        );
        await api.Import(
            Some.Article(
                new
                {
                    slug,
                    topics = new[] { "other" },
                    title = "Moved",
                }
            )
        );
        await api.Import(
            Some.Article(
                new
                {
                    slug = $"{slug}-other",
                    topics = new[] { "leaf" },
                    publicationStatus = "retracted",
                }
            )
        );
        // Counts of topics and experts follow from articles, and whoever follows has those.
        await api.Import(
            Some.Topic(new { slug = "above", description = slug }),
            Some.Topic(
                new
                {
                    slug = "leaf",
                    parent = "above",
                    description = slug,
                }
            ),
            Some.Topic(new { slug = "other", description = slug }),
            Some.Expert(new { slug = "writer", bioHtml = $"<p>{slug}</p>" }),
            Some.ArticleType(new { slug = "brief", label = slug })
        );
    }

    public sealed class Content(TestServer server) : ContentFixture(server)
    {
        protected override async Task Seed()
        {
            await base.Seed();
            await Import(
                Some.Topic(new { slug = "above" }),
                Some.Topic(new { slug = "leaf", parent = "above" }),
                Some.Topic(new { slug = "other" }),
                Some.Expert(new { slug = "writer" }),
                Some.Article(
                    new
                    {
                        slug = "stays",
                        topics = new[] { "leaf" },
                        experts = new[] { "writer" },
                    }
                ),
                Some.Page(new { slug = "about" }),
                Some.Menu(new { slug = "main", items = new[] { new { label = "Leaf", target = new { topic = "leaf" } } } }),
                Some.Redirect("/old", "articles/stays")
            );
        }
    }
}

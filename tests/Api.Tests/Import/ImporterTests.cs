using System.Globalization;
using System.Net;
using Api.Import;
using Api.Import.Lines;
using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Import;

public class ImporterTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task What_is_merged_into_something_far_below_it_makes_no_circle()
    {
        await api.Import(
            Some.Topic(new { slug = "circle-top" }),
            Some.Topic(new { slug = "circle-old", parent = "circle-top" }),
            Some.Topic(new { slug = "circle-between", parent = "circle-old" }),
            Some.Topic(new { slug = "circle-new", parent = "circle-between" })
        );
        await api.Import(
            Some.Topic(
                new
                {
                    slug = "circle-old",
                    parent = "circle-top",
                    mergedInto = "circle-new",
                }
            )
        );
        Assert.Equal("circle-top", (await api.GetJson("/v1/topics/circle-new"))["data"]!["parent"]!["slug"]!.GetValue<string>());
        Assert.Equal("circle-new", (await api.GetJson("/v1/topics/circle-between"))["data"]!["parent"]!["slug"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var (type, topic, expert) = (Some.Slug("type"), Some.Slug("topic"), Some.Slug("expert"));
        var image = new
        {
            url = "https://example.org/a.jpg",
            width = 3,
            height = 2,
        };
        string[] lines =
        [
            Some.Article(
                new
                {
                    type,
                    topics = new[] { topic },
                    experts = new object[] { new { slug = expert, role = "featured" } },
                    image,
                    source = new { name = $"Outlet {type}", url = "https://example.org/o" },
                    files = new[] { new { url = "https://example.org/f.pdf" } },
                    previousSlugs = new[] { Some.Slug("old") },
                    withdrawnAt = "2020-01-01T00:00:00Z",
                }
            ),
            Some.Event(
                new
                {
                    topics = new[] { topic },
                    experts = new[] { expert },
                    image,
                }
            ),
            Some.Page(new { image }),
            Some.Menu(
                new
                {
                    items = new object[]
                    {
                        new { label = "x", target = new { topic } },
                        new { label = "y", target = new { url = "https://example.org/" } },
                    },
                }
            ),
            Some.Expert(
                new
                {
                    slug = expert,
                    program = topic,
                    photo = image,
                    profiles = new[] { new { label = "x", url = "https://example.org/" } },
                }
            ),
            Some.ArticleType(new { slug = type }),
            Some.Topic(new { slug = topic }),
            Some.Redirect($"/{Some.Slug("redirect")}", $"topics/{topic}"),
        ];
        Assert.Equal((8, 0, 0), Counts(await Import(lines)));
        var before = await Sequence();
        Assert.Equal((0, 0, 8), Counts(await Import(lines)));
        Assert.Equal(before, await Sequence());
    }

    [Fact]
    public async Task A_translation_that_comes_back_elsewhere_brings_nobody_along()
    {
        // A group is called by the least id in it.
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).OrderBy(id => id.ToString(), StringComparer.Ordinal).ToList();
        var (slugs, type) = (ids.ConvertAll(id => $"translated-{id}"), Some.Slug("type"));
        string Article(int n, params int[] translations) =>
            Some.Article(
                new
                {
                    id = ids[n],
                    slug = slugs[n],
                    type,
                    translations = translations.Select(other => slugs[other]),
                }
            );
        string Deleted(int n) =>
            Some.Article(
                new
                {
                    id = ids[n],
                    slug = slugs[n],
                    type,
                    publicationStatus = "deleted",
                }
            );
        async Task<string> Shown(int n) =>
            string.Join(
                ' ',
                (await api.GetJson($"/v1/articles/{slugs[n]}"))["data"]!["translations"]!
                    .AsArray()
                    .Select(other => slugs.IndexOf((string)other!["slug"]!))
                    .Order()
            );

        // Three, of which the first leaves, and one of two.
        await api.Import(Some.ArticleType(new { slug = type }), Article(0), Article(1), Article(2, 0, 1), Article(3), Article(4));
        Assert.Equal("0 1", await Shown(2));
        await api.Import(Deleted(0));
        await api.Import(Article(0, 4));
        Assert.Equal(("4", "2", "1", "", "0"), (await Shown(0), await Shown(1), await Shown(2), await Shown(3), await Shown(4)));
        await api.Import(Deleted(1));
        await api.Import(Article(1, 3));
        Assert.Equal(("4", "3", "", "1", "0"), (await Shown(0), await Shown(1), await Shown(2), await Shown(3), await Shown(4)));
    }

    [Fact]
    public async Task Two_items_that_left_the_same_slug_may_come_back_at_once()
    {
        var (old, first, last) = (
            Some.Slug("topic"),
            (Id: Guid.NewGuid(), Slug: Some.Slug("topic")),
            (Id: Guid.NewGuid(), Slug: Some.Slug("topic"))
        );
        foreach (var (id, slug) in new[] { first, last })
        {
            await api.Import(Some.Topic(new { id, slug = old }));
            await api.Import(
                Some.Topic(
                    new
                    {
                        id,
                        slug,
                        publicationStatus = "draft",
                    }
                )
            );
            Assert.Equal("unpublished", await Value<string>($"select max(reason) from delivery.withdrawals where slug = '{old}'"));
        }
        await api.Import(Some.Topic(new { id = first.Id, slug = first.Slug }), Some.Topic(new { id = last.Id, slug = last.Slug }));
        Assert.Equal(last.Slug, await Value<string>($"select successor_slug from delivery.withdrawals where slug = '{old}'"));
    }

    [Fact]
    public async Task A_withdrawn_item_may_have_another_slug_than_it_was_seen_under()
    {
        var (seen, now) = (Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(
            Some.Topic(
                new
                {
                    slug = now,
                    publicationStatus = "draft",
                    withdrawnAt = "2020-01-01T00:00:00Z",
                    withdrawnSlug = seen,
                }
            )
        );
        await api.GetJson($"/v1/topics/{seen}", HttpStatusCode.Gone);
        await api.GetJson($"/v1/topics/{now}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_merged_into_something_deleted_comes_in_new_but_links_are_not_thrown_away()
    {
        var (gone, merged, linked) = (Some.Slug("topic"), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(
            $$"""{"resource":"topic","slug":"{{gone}}","publicationStatus":"deleted"}""",
            Some.Topic(new { slug = merged, mergedInto = gone }),
            Some.Topic(new { slug = linked })
        );
        await api.GetJson($"/v1/topics/{merged}", HttpStatusCode.Gone);
        Assert.Contains(
            "is deleted",
            (await Import(Some.Topic(new { slug = linked, mergedInto = gone }))).Rejected.Single().Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is deleted",
            (await Import(Some.Event(new { topics = new[] { merged } }))).Rejected.Single().Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_public_reference_means_the_item_with_its_id_whoever_has_its_slug_by_now()
    {
        var (type, page, above, gone, article, menu) = (
            Some.Slug("type"),
            Some.Slug("page"),
            Some.Slug("page"),
            Some.Slug("topic"),
            Some.Slug("article"),
            Some.Slug("menu")
        );
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToList();
        string[] Things(string ending) =>
            [
                Some.ArticleType(new { slug = type + ending, id = ids[0] }),
                Some.Page(new { slug = above + ending, id = ids[1] }),
                Some.Topic(new { slug = gone + ending, id = ids[2] }),
            ];
        await api.Import(Things(""));
        await api.Import([
            .. Things("-before"),
            Some.ArticleType(new { slug = type, id = Guid.NewGuid() }),
            Some.Page(new { slug = above, id = Guid.NewGuid() }),
            Some.Topic(new { slug = gone, id = Guid.NewGuid() }),
            Some.Article(
                new
                {
                    slug = article,
                    type = new
                    {
                        id = $"urn:uuid:{ids[0]}",
                        slug = type,
                        label = "As it was",
                    },
                }
            ),
            Some.Page(
                new
                {
                    slug = page,
                    parent = new
                    {
                        resource = "page",
                        id = $"urn:uuid:{ids[1]}",
                        slug = above,
                        title = "As it was",
                    },
                }
            ),
            Some.Menu(
                new
                {
                    slug = menu,
                    items = new[]
                    {
                        new
                        {
                            label = "x",
                            target = new
                            {
                                resource = "topic",
                                id = $"urn:uuid:{ids[2]}",
                                slug = gone,
                            },
                        },
                    },
                }
            ),
        ]);
        Assert.Equal($"{type}-before", (await api.GetJson($"/v1/articles/{article}"))["data"]!["type"]!["slug"]!.GetValue<string>());
        var parent = (await api.GetJson($"/v1/pages/{page}"))["data"]!["parent"]!;
        Assert.Equal(($"urn:uuid:{ids[1]}", $"{above}-before"), (parent["id"]!.GetValue<string>(), parent["slug"]!.GetValue<string>()));
        var target = (await api.GetJson($"/v1/menus/{menu}"))["data"]!["items"]![0]!["target"]!;
        Assert.Equal(($"urn:uuid:{ids[2]}", $"{gone}-before"), (target["id"]!.GetValue<string>(), target["slug"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_reference_may_point_further_down()
    {
        var (child, parent) = (Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(Some.Topic(new { slug = child, parent }), Some.Topic(new { slug = parent }));
        Assert.Equal(
            parent,
            await Value<string>(
                $"select p.slug from content.items c join content.topics t using (item_id) join content.items p on p.item_id = t.parent_id where c.slug = '{child}'"
            )
        );
    }

    [Fact]
    public async Task An_unknown_reference_rejects_its_line_and_nothing_is_written()
    {
        var (good, bad) = (Some.Slug("topic"), Some.Slug("topic"));
        var report = await Import(Some.Topic(new { slug = good }), Some.Topic(new { slug = bad, parent = "nowhere" }));
        var rejected = Assert.Single(report.Rejected);
        Assert.Equal(new RejectedLine(2, "topic", bad, "parent: there is no topic \"nowhere\""), rejected);
        Assert.False(await Exists(good));
    }

    [Fact]
    public async Task A_reference_to_a_rejected_line_is_not_rejected_as_well()
    {
        var slug = Some.Slug("topic");
        var report = await Import(Some.Topic(new { slug, name = "" }), Some.Topic(new { parent = slug }));
        Assert.Equal([1], report.Rejected.Select(line => line.Line));
    }

    [Fact]
    public async Task A_dry_run_counts_and_writes_nothing()
    {
        var slug = Some.Slug("topic");
        var report = await api.TryImport([Some.Topic(new { slug })], dryRun: true);
        Assert.Equal((1, 0, 0), Counts(report));
        Assert.True(report.DryRun);
        Assert.False(await Exists(slug));
    }

    [Fact]
    public async Task A_change_updates_counts_a_version_and_says_when()
    {
        var (slug, type) = (Some.Slug("article"), await Type());
        await api.Import(Some.Article(new { slug, type }));
        Assert.Equal(
            (0, 1, 0),
            Counts(
                await Import(
                    Some.Article(
                        new
                        {
                            slug,
                            type,
                            title = "Other",
                        }
                    )
                )
            )
        );
        Assert.Equal(2, await Value<int>($"select version from content.items where slug = '{slug}'"));
        Assert.True(await Value<bool>($"select updated_at > now() - interval '1 minute' from content.items where slug = '{slug}'"));
    }

    [Fact]
    public async Task A_new_order_of_topics_is_a_change()
    {
        var (slug, type, a, b) = (Some.Slug("article"), await Type(), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(
            Some.Topic(new { slug = a }),
            Some.Topic(new { slug = b }),
            Some.Article(
                new
                {
                    slug,
                    type,
                    topics = new[] { a, b },
                }
            )
        );
        Assert.Equal(
            (0, 1, 0),
            Counts(
                await Import(
                    Some.Article(
                        new
                        {
                            slug,
                            type,
                            topics = new[] { b, a },
                        }
                    )
                )
            )
        );
        Assert.Equal(
            (0, 0, 1),
            Counts(
                await Import(
                    Some.Article(
                        new
                        {
                            slug,
                            type,
                            topics = new[] { b, a },
                        }
                    )
                )
            )
        );
    }

    [Fact]
    public async Task An_id_renames_and_the_old_slug_leads_on()
    {
        var (id, before, after) = (Guid.NewGuid(), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(Some.Topic(new { id, slug = before }));
        Assert.Equal((0, 1, 0), Counts(await Import(Some.Topic(new { id, slug = after }))));
        Assert.Equal(after, await Value<string>($"select successor_slug from delivery.withdrawals where slug = '{before}'"));
        // Old addresses are understood as references, too, and a repetition does not take them away.
        Assert.Equal(
            (1, 0, 1),
            Counts(
                await Import(
                    Some.Topic(
                        new
                        {
                            id,
                            slug = after,
                            name = $"Topic {after}",
                        }
                    ),
                    Some.Topic(new { parent = before })
                )
            )
        );
        Assert.Equal(after, await Value<string>($"select successor_slug from delivery.withdrawals where slug = '{before}'"));
    }

    [Fact]
    public async Task Two_items_can_swap_slugs()
    {
        var (a, b, x, y) = (Guid.NewGuid(), Guid.NewGuid(), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(Some.Topic(new { id = a, slug = x }), Some.Topic(new { id = b, slug = y }));
        await api.Import(Some.Topic(new { id = a, slug = y }), Some.Topic(new { id = b, slug = x }));
        Assert.Equal(a, await Value<Guid>($"select id from content.items where slug = '{y}'"));
    }

    [Fact]
    public async Task A_slug_that_another_item_keeps_is_rejected()
    {
        var (a, b, x, y) = (Guid.NewGuid(), Guid.NewGuid(), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(Some.Topic(new { id = a, slug = x }), Some.Topic(new { id = b, slug = y }));
        var report = await Import(Some.Topic(new { id = a, slug = y }));
        Assert.Contains($"slug: is the one of the topic urn:uuid:{b}", Assert.Single(report.Rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_lines_about_one_item_are_rejected()
    {
        var slug = Some.Slug("topic");
        var report = await Import(Some.Topic(new { slug }), Some.Topic(new { slug }));
        Assert.Equal((2, "is about the same item as line 1"), (report.Rejected.Single().Line, report.Rejected.Single().Reason));
    }

    [Fact]
    public async Task What_was_linked_to_a_merged_topic_is_linked_to_its_target()
    {
        var (old, target, article, type) = (Some.Slug("topic"), Some.Slug("topic"), Some.Slug("article"), await Type());
        await api.Import(
            Some.Topic(new { slug = old }),
            Some.Topic(new { slug = target }),
            Some.Article(
                new
                {
                    slug = article,
                    type,
                    topics = new[] { old },
                }
            )
        );
        string[] merge = [Some.Topic(new { slug = old, mergedInto = target })];
        Assert.Equal((0, 1, 0), Counts(await Import(merge)));
        Assert.Equal((0, 0, 1), Counts(await Import(merge)));
        Assert.Equal(
            target,
            await Value<string>(
                $"select t.slug from content.items a join content.article_topics l on l.article_id = a.item_id join content.items t on t.item_id = l.topic_id where a.slug = '{article}'"
            )
        );
        Assert.Equal(target, await Value<string>($"select successor_slug from delivery.withdrawals where slug = '{old}'"));
        Assert.Equal(
            (0, 0, 1),
            Counts(
                await Import(
                    Some.Article(
                        new
                        {
                            slug = article,
                            type,
                            topics = new[] { old },
                        }
                    )
                )
            )
        );
    }

    [Fact]
    public async Task What_is_merged_and_deleted_at_once_hands_over_all_the_same()
    {
        var (topic, child, expert, article, talk, type) = (
            Some.Slug("topic"),
            Some.Slug("topic"),
            Some.Slug("expert"),
            Some.Slug("article"),
            Some.Slug("event"),
            await Type()
        );
        var (topicNow, expertNow) = ($"{topic}-now", $"{expert}-now");
        await api.Import(
            Some.Topic(new { slug = topic }),
            Some.Topic(new { slug = topicNow }),
            Some.Topic(new { slug = child, parent = topic }),
            Some.Expert(new { slug = expert, program = topic }),
            Some.Expert(new { slug = expertNow, program = topic }),
            Some.Article(
                new
                {
                    slug = article,
                    type,
                    topics = new[] { topic },
                    experts = new[] { expert },
                }
            ),
            Some.Event(
                new
                {
                    slug = talk,
                    topics = new[] { topic },
                    experts = new[] { expert },
                }
            )
        );
        string[] lines =
        [
            $$"""{"resource":"topic","slug":"{{topic}}","publicationStatus":"deleted","mergedInto":"{{topicNow}}"}""",
            $$"""{"resource":"expert","slug":"{{expert}}","publicationStatus":"deleted","mergedInto":"{{expertNow}}"}""",
        ];
        Assert.Equal((0, 2, 0), Counts(await Import(lines)));
        Assert.Equal((0, 0, 2), Counts(await Import(lines)));
        foreach (var path in new[] { $"/v1/articles/{article}", $"/v1/events/{talk}" })
        {
            var item = (await api.GetJson(path))["data"]!;
            Assert.Equal(
                (topicNow, expertNow),
                (item["topics"]![0]!["slug"]!.GetValue<string>(), item["experts"]![0]!["slug"]!.GetValue<string>())
            );
        }
        Assert.Equal(topicNow, (await api.GetJson($"/v1/topics/{child}"))["data"]!["parent"]!["slug"]!.GetValue<string>());
        Assert.Equal(topicNow, (await api.GetJson($"/v1/experts/{expertNow}"))["data"]!["program"]!["slug"]!.GetValue<string>());
        Assert.Equal(
            0,
            await Value<long>(
                $"select count(*) from content.topics t join content.items i on i.item_id = t.item_id where i.slug = '{topic}'"
            )
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_stands_below_what_goes_finds_its_place(bool turned)
    {
        var (top, high, mid, low, side) = (
            Some.Slug("topic"),
            Some.Slug("topic"),
            Some.Slug("topic"),
            Some.Slug("topic"),
            Some.Slug("topic")
        );
        string[] all =
        [
            Some.Topic(new { slug = top }),
            Some.Topic(new { slug = high, parent = top }),
            Some.Topic(new { slug = mid, parent = high }),
            Some.Topic(new { slug = low, parent = mid }),
            Some.Topic(new { slug = side }),
        ];
        string Merged(string slug, string target) =>
            $$"""{"resource":"topic","slug":"{{slug}}","publicationStatus":"deleted","mergedInto":"{{target}}"}""";
        async Task<string?> Parent(string slug) =>
            (await api.GetJson($"/v1/topics/{slug}"))["data"]!["parent"]?["slug"]!.GetValue<string>();
        // What takes the place of two above it goes to where the higher one was.
        await api.Import(turned ? [.. all.Reverse()] : all);
        string[] both = [Merged(high, low), Merged(mid, low)];
        Assert.Equal((0, 2, 0), Counts(await Import(turned ? [.. both.Reverse()] : both)));
        Assert.Equal(top, await Parent(low));
        // Above what is deleted stands what hands over.
        var (first, second, third) = (Some.Slug("topic"), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(
            Some.Topic(new { slug = first }),
            Some.Topic(new { slug = second, parent = first }),
            Some.Topic(new { slug = third, parent = second })
        );
        string[] gone = [Merged(first, side), Deleted("topic", second)];
        Assert.Equal((0, 2, 0), Counts(await Import(turned ? [.. gone.Reverse()] : gone)));
        Assert.Equal(side, await Parent(third));
    }

    [Fact]
    public async Task A_topic_that_comes_back_has_nothing_of_what_once_stood_below_it()
    {
        var (top, below, article, type) = (Some.Slug("topic"), Some.Slug("topic"), Some.Slug("article"), await Type());
        await api.Import(
            Some.Topic(new { slug = top }),
            Some.Topic(new { slug = below, parent = top }),
            Some.Article(
                new
                {
                    slug = article,
                    type,
                    topics = new[] { below },
                }
            )
        );
        Assert.Equal([article], (await api.GetJson($"/v1/articles?topic={top}")).Slugs());
        await api.Import(Deleted("topic", top));
        await api.Import(Some.Topic(new { slug = top }));
        Assert.Empty((await api.GetJson($"/v1/articles?topic={top}")).Slugs());
        Assert.Equal(0, (await api.GetJson($"/v1/topics/{top}"))["data"]!["articleCount"]!.GetValue<int>());
        Assert.Equal([article], (await api.GetJson($"/v1/articles?topic={below}")).Slugs());
    }

    [Theory]
    [InlineData("topicAll")]
    [InlineData("excludeTopic")]
    [InlineData("topic")]
    public async Task A_list_may_be_asked_for_by_what_was_merged_and_its_target(string parameter)
    {
        var (old, next, article, type) = (Some.Slug("topic"), Some.Slug("topic"), Some.Slug("article"), await Type());
        await api.Import(
            Some.Topic(new { slug = old }),
            Some.Topic(new { slug = next }),
            Some.Article(
                new
                {
                    slug = article,
                    type,
                    topics = new[] { old },
                }
            )
        );
        await api.Import(Some.Topic(new { slug = old, mergedInto = next }));
        var found = (await api.GetJson($"/v1/articles?type={type}&{parameter}={old},{next}")).Slugs();
        Assert.Equal(parameter == "excludeTopic" ? [] : [article], found);
    }

    [Theory]
    [InlineData("topic")]
    [InlineData("page")]
    public async Task Nothing_comes_to_stand_too_deep_by_what_moves_above_it(string resource)
    {
        string Thing(string slug, string? parent, string? mergedInto = null) =>
            resource == "topic"
                ? Some.Topic(
                    new
                    {
                        slug,
                        parent,
                        mergedInto,
                    }
                )
                : Some.Page(
                    new
                    {
                        slug,
                        parent,
                        mergedInto,
                    }
                );
        var (deep, low) = (Some.Slug("deep"), Some.Slug("low"));
        await api.Import([
            .. Enumerable.Range(0, 30).Select(n => Thing($"{deep}-{n}", n == 0 ? null : $"{deep}-{n - 1}")),
            .. Enumerable.Range(0, 5).Select(n => Thing($"{low}-{n}", n == 0 ? null : $"{low}-{n - 1}")),
        ]);
        Assert.Equal(
            "parent: would put something more than 31 levels deep",
            (await Import(Thing($"{low}-0", $"{deep}-29"))).Rejected.Single().Reason
        );
        Assert.Equal(
            "mergedInto: would put something more than 31 levels deep",
            (await Import(Thing($"{low}-0", null, $"{deep}-28"))).Rejected.Single().Reason
        );
        Assert.Equal((0, 1, 0), Counts(await Import(Thing($"{low}-0", null, $"{deep}-27"))));
        Assert.Equal(32, (await api.GetJson($"/v1/{resource}s/{low}-4"))["data"]!["breadcrumbs"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_is_taken_can_be_taken_again_by_a_copy()
    {
        var (type, slug) = (await Type(), Some.Slug("article"));
        var topics = Enumerable.Range(0, 101).Select(n => $"{slug}-topic-{n}").ToList();
        await api.Import(topics.Select(topic => Some.Topic(new { slug = topic })).ToArray());
        Assert.Equal("primaryTopic: is one more than the 100 topics there may be", (
                await Import(
                    Some.Article(
                        new
                        {
                            slug,
                            type,
                            topics = topics.Take(100),
                            primaryTopic = topics[100],
                        }
                    )
                )
            ).Rejected.Single().Reason);
        Assert.Equal(
            (1, 0, 0),
            Counts(
                await Import(
                    Some.Article(
                        new
                        {
                            slug,
                            type,
                            topics = topics.Take(100),
                            primaryTopic = topics[99],
                        }
                    )
                )
            )
        );

        string[] Group(int count) =>
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(n =>
                        Some.Article(
                            new
                            {
                                slug = $"{slug}-{n}",
                                type,
                                translations = n == 0 ? [] : new[] { $"{slug}-0" },
                            }
                        )
                    ),
            ];
        Assert.Equal(
            52,
            (await Import(Group(52))).Rejected.Count(line =>
                line.Reason == "translations: more than 51 articles would be translations of one another"
            )
        );
        Assert.Equal((51, 0, 0), Counts(await Import(Group(51))));

        await api.Import(
            Some.Article(
                new
                {
                    slug = $"{slug}-often",
                    type,
                    version = 1_000_000_000,
                }
            )
        );
        await api.Import(
            Some.Article(
                new
                {
                    slug = $"{slug}-often",
                    type,
                    title = "Once more",
                }
            )
        );
        Assert.Equal(1_000_000_000, (await api.GetJson($"/v1/articles/{slug}-often"))["data"]!["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_merged_topic_that_was_never_here_leads_on()
    {
        var (old, target) = (Some.Slug("topic"), Some.Slug("topic"));
        string[] lines =
        [
            Some.Topic(
                new
                {
                    slug = old,
                    mergedInto = target,
                    updatedAt = "2024-01-01T00:00:00Z",
                }
            ),
            Some.Topic(new { slug = target }),
        ];
        await api.Import(lines);
        Assert.Equal(target, await Value<string>($"select successor_slug from delivery.withdrawals where slug = '{old}'"));
        Assert.Equal((0, 0, 2), Counts(await Import(lines)));
    }

    [Fact]
    public async Task An_article_type_goes_when_no_article_has_it_any_more()
    {
        var (old, next, moved, dropped) = (await Type(), await Type(), Some.Slug("article"), Some.Slug("article"));
        await api.Import(
            Some.Article(new { slug = moved, type = old }),
            Some.Article(
                new
                {
                    slug = dropped,
                    type = old,
                    publicationStatus = "draft",
                }
            )
        );
        var delete = Deleted("articleType", old);
        Assert.Equal(
            $"publicationStatus: articles have this type (2, \"{moved}\" among them): delete them, give them another, or say mergedInto",
            (await Import(delete)).Rejected.Single().Reason
        );
        string[] lines = [delete, Some.Article(new { slug = moved, type = next }), Deleted("article", dropped)];
        Assert.Equal((0, 3, 0), Counts(await Import(lines)));
        Assert.Equal((0, 0, 3), Counts(await Import(lines)));
        await api.GetJson($"/v1/articles?type={old}", HttpStatusCode.Gone);
        Assert.DoesNotContain(old, await Types());
        Assert.Contains("is deleted", (await Import(Some.Article(new { type = old }))).Rejected.Single().Reason, StringComparison.Ordinal);
        Assert.Equal((0, 1, 0), Counts(await Import(Some.ArticleType(new { slug = old }))));
        Assert.Contains(old, await Types());
    }

    [Fact]
    public async Task A_deleted_type_is_not_to_blame_for_other_lines_nor_for_a_target_that_is_not_there()
    {
        var (old, article) = (await Type(), Some.Slug("article"));
        await api.Import(Some.Article(new { slug = article, type = old }));
        Assert.Equal(
            [article],
            (
                await Import(
                    Deleted("articleType", old),
                    Some.Article(
                        new
                        {
                            slug = article,
                            type = await Type(),
                            title = "",
                        }
                    )
                )
            ).Rejected.Select(line => line.Slug)
        );
        Assert.Equal(
            "mergedInto: there is no articleType \"nowhere\"",
            (await Import($$"""{"resource":"articleType","slug":"{{old}}","publicationStatus":"deleted","mergedInto":"nowhere"}"""))
                .Rejected.Single()
                .Reason
        );
    }

    [Fact]
    public async Task What_is_deleted_keeps_its_slug_unless_its_line_gives_it_another()
    {
        var (slug, id) = (Some.Slug("topic"), Guid.NewGuid());
        await api.Import(Some.Topic(new { slug, id }));
        var next = Some.Topic(new { slug, id = Guid.NewGuid() });
        Assert.Equal(
            $"slug: is the one of the topic urn:uuid:{id}, which no line here renames",
            (await Import($$"""{"resource":"topic","id":"{{id}}","publicationStatus":"deleted"}""", next)).Rejected.Single().Reason
        );
        Assert.Equal(
            (1, 1, 0),
            Counts(await Import($$"""{"resource":"topic","id":"{{id}}","slug":"{{slug}}-gone","publicationStatus":"deleted"}""", next))
        );
    }

    [Theory]
    [InlineData("published")]
    [InlineData("deleted")]
    public async Task Articles_of_a_merged_type_have_the_one_that_took_its_place(string status)
    {
        var (old, next, article) = (await Type(), Some.Slug("type"), Some.Slug("article"));
        await api.Import(Some.Article(new { slug = article, type = old }));
        string[] lines =
        [
            Some.ArticleType(
                new
                {
                    slug = old,
                    publicationStatus = status,
                    mergedInto = next,
                }
            ),
            Some.ArticleType(new { slug = next }),
        ];
        Assert.Equal((1, 1, 0), Counts(await Import(lines)));
        Assert.Equal((0, 0, 2), Counts(await Import(lines)));
        var found = await api.GetJson($"/v1/articles?type={old}");
        Assert.Equal(next, found["data"]![0]!["type"]!["slug"]!.GetValue<string>());
        Assert.DoesNotContain(old, await Types());
    }

    [Fact]
    public async Task Circles_are_rejected()
    {
        var (a, b) = (Some.Slug("topic"), Some.Slug("topic"));
        Assert.Equal(2, (await Import(Some.Topic(new { slug = a, parent = b }), Some.Topic(new { slug = b, parent = a }))).Rejected.Count);
        Assert.Equal(
            2,
            (await Import(Some.Topic(new { slug = a, mergedInto = b }), Some.Topic(new { slug = b, mergedInto = a }))).Rejected.Count
        );
    }

    [Fact]
    public async Task Translations_are_a_group_whoever_names_them()
    {
        var (en, fr, de, type) = (Some.Slug("article"), Some.Slug("article"), Some.Slug("article"), await Type());
        string[] lines =
        [
            Some.Article(
                new
                {
                    slug = en,
                    type,
                    translations = new[] { new { slug = fr } },
                }
            ),
            Some.Article(
                new
                {
                    slug = fr,
                    type,
                    language = "fr",
                }
            ),
            Some.Article(
                new
                {
                    slug = de,
                    type,
                    language = "de",
                    translations = new[] { en },
                }
            ),
        ];
        await api.Import(lines);
        Assert.Equal((0, 0, 3), Counts(await Import(lines)));
        Assert.Equal([1L, 3L], await Groups(en, fr, de));
        Assert.Equal(
            (0, 1, 0),
            Counts(
                await Import(
                    Some.Article(
                        new
                        {
                            slug = de,
                            type,
                            language = "de",
                        }
                    )
                )
            )
        );
        Assert.Equal([1L, 2L], await Groups(en, fr, de));
    }

    [Fact]
    public async Task A_deleted_item_loses_its_content_and_keeps_its_address()
    {
        var (slug, type) = (Some.Slug("article"), await Type());
        await api.Import(Some.Article(new { slug, type }));
        string[] delete = [$$"""{"resource":"article","slug":"{{slug}}","publicationStatus":"deleted"}"""];
        Assert.Equal((0, 1, 0), Counts(await Import(delete)));
        Assert.Equal((0, 0, 1), Counts(await Import(delete)));
        Assert.Equal("deleted", await Value<string>($"select reason from delivery.withdrawals where slug = '{slug}'"));
        Assert.Equal(
            0,
            await Value<long>($"select count(*) from content.articles a join content.items i using (item_id) where i.slug = '{slug}'")
        );
        Assert.Contains(
            "is deleted",
            (await Import(Some.Article(new { type, translations = new[] { slug } }))).Rejected.Single().Reason,
            StringComparison.Ordinal
        );
        Assert.Equal((0, 1, 0), Counts(await Import(Some.Article(new { slug, type }))));
    }

    [Fact]
    public async Task The_children_of_a_deleted_topic_move_up()
    {
        var (top, middle, child) = (Some.Slug("topic"), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(
            Some.Topic(new { slug = top }),
            Some.Topic(new { slug = middle, parent = top }),
            Some.Topic(new { slug = child, parent = middle })
        );
        await api.Import($$"""{"resource":"topic","slug":"{{middle}}","publicationStatus":"deleted"}""");
        Assert.Equal(
            top,
            await Value<string>(
                $"select p.slug from content.items c join content.topics t using (item_id) join content.items p on p.item_id = t.parent_id where c.slug = '{child}'"
            )
        );
    }

    [Fact]
    public async Task What_was_withdrawn_elsewhere_is_gone_not_unknown()
    {
        var (slug, type) = (Some.Slug("article"), await Type());
        string[] lines =
        [
            Some.Article(
                new
                {
                    slug,
                    type,
                    publicationStatus = "retracted",
                    withdrawnAt = "2019-10-03T16:30:00Z",
                }
            ),
        ];
        await api.Import(lines);
        Assert.Equal("retracted", await Value<string>($"select reason from delivery.withdrawals where slug = '{slug}'"));
        Assert.Equal(
            new DateTime(2019, 10, 3, 16, 30, 0, DateTimeKind.Utc),
            await Value<DateTime>($"select withdrawn_at from content.items where slug = '{slug}'")
        );
        Assert.Equal((0, 0, 1), Counts(await Import(lines)));
    }

    [Fact]
    public async Task Equal_pictures_are_one()
    {
        var url = $"https://example.org/{Some.Slug("picture")}.jpg";
        await api.Import(Some.Page(new { image = url }), Some.Page(new { image = new { url } }));
        Assert.Equal(1, await Value<long>($"select count(*) from content.images where image ->> 'url' = '{url}'"));
    }

    [Fact]
    public async Task Thousands_of_articles_come_in_and_a_second_time_nothing_changes()
    {
        var type = await Type();
        var topics = Enumerable.Range(0, 50).Select(_ => Some.Slug("topic")).ToArray();
        var lines = topics
            .Select(slug => Some.Topic(new { slug }))
            .Concat(
                Enumerable
                    .Range(0, 3_000)
                    .Select(i =>
                        Some.Article(
                            new
                            {
                                type,
                                topics = new[] { topics[i % 50], topics[i * 7 % 50] }.Distinct(),
                                publishedAt = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc)
                                    .AddHours(i)
                                    .ToString("o", CultureInfo.InvariantCulture),
                            }
                        )
                    )
            )
            .ToArray();
        Assert.Equal((3_050, 0, 0), Counts(await Import(lines)));
        Assert.Equal((0, 0, 3_050), Counts(await Import(lines)));
        Assert.Equal(
            3_000,
            await Value<long>(
                $"select count(*) from content.listing l join content.articles a using (item_id) join content.items t on t.item_id = a.type_id where t.slug = '{type}'"
            )
        );
    }

    private static (long Created, long Updated, long Unchanged) Counts(ImportReport report)
    {
        Assert.True(report.Succeeded, string.Join('\n', report.Rejected));
        return (report.Created, report.Updated, report.Unchanged);
    }

    private Task<ImportReport> Import(params string[] lines) => api.TryImport(lines);

    private static string Deleted(string resource, string slug) =>
        $$"""{"resource":"{{resource}}","slug":"{{slug}}","publicationStatus":"deleted"}""";

    private async Task<List<string>> Types() =>
        [.. (await api.GetJson("/v1/article-types?limit=100"))["data"]!.AsArray().Select(type => type!["slug"]!.GetValue<string>())];

    private async Task<string> Type()
    {
        var slug = Some.Slug("type");
        await api.Import(Some.ArticleType(new { slug }));
        return slug;
    }

    private async Task<List<long>> Groups(params string[] slugs) =>
        [
            .. new[]
            {
                await Value<long>(
                    $"select count(distinct a.translation_group) from content.translations a join content.items i on i.item_id = a.article_id where i.slug in ('{string.Join("','", slugs)}')"
                ),
                await Value<long>(
                    $"select count(*) from content.translations a join content.items i on i.item_id = a.article_id where i.slug in ('{string.Join("','", slugs)}')"
                ),
            },
        ];

    private Task<bool> Exists(string slug) => Value<bool>($"select exists (select from content.items where slug = '{slug}')");

    private Task<long> Sequence() => Value<long>("select sequence from content.head");

    private async Task<T> Value<T>(string sql)
    {
        await using var connection = await api.Database.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}

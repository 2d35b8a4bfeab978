using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Site;

public class MenuTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_menu_is_a_tree_of_labels_and_addresses()
    {
        var (menu, topic, page) = (Some.Slug("menu"), Some.Slug("topic"), Some.Slug("page"));
        await api.Import(
            Some.Topic(new { slug = topic }),
            Some.Page(new { slug = page }),
            Some.Menu(
                new
                {
                    slug = menu,
                    label = "Main",
                    items = new object[]
                    {
                        new { label = "Topics", items = new object[] { new { label = "China", target = new { topic } } } },
                        new { label = "About", target = new { page } },
                        new { label = "Donate", target = new { url = "https://example.org/donate" } },
                    },
                }
            )
        );
        var data = (await api.GetJson($"/v1/menus/{menu}"))["data"]!;
        Assert.Equal(("menu", "Main"), (data["resource"]!.GetValue<string>(), data["label"]!.GetValue<string>()));
        Assert.Equal(
            $"Topics - null [China topic/{topic} https://www.example.org/topics/{topic} []]; About page/{page} https://www.example.org/{page} []; Donate - https://example.org/donate []",
            Outline(data)
        );
    }

    [Fact]
    public async Task What_stands_below_an_entry_whose_target_is_hidden_takes_its_place()
    {
        var (menu, draft, withdrawn, seen) = (Some.Slug("menu"), Some.Slug("topic"), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(
            Some.Topic(new { slug = draft, publicationStatus = "draft" }),
            Some.Topic(new { slug = withdrawn }),
            Some.Topic(new { slug = seen }),
            Some.Menu(
                new
                {
                    slug = menu,
                    items = new object[]
                    {
                        new
                        {
                            label = "Hidden",
                            target = new { topic = draft },
                            items = new object[]
                            {
                                new { label = "Below", target = new { topic = seen } },
                                new
                                {
                                    label = "Hidden too",
                                    target = new { topic = withdrawn },
                                    items = new object[] { new { label = "Far below", target = new { topic = seen } } },
                                },
                            },
                        },
                        new
                        {
                            label = "Heading",
                            items = new object[]
                            {
                                new { label = "Withdrawn", target = new { topic = withdrawn } },
                                new { label = "Seen", target = new { topic = seen } },
                            },
                        },
                    },
                }
            )
        );
        await api.Import(Some.Topic(new { slug = withdrawn, publicationStatus = "private" }));
        foreach (
            var data in new[]
            {
                (await api.GetJson($"/v1/menus/{menu}"))["data"]!,
                (await api.GetJson("/v1/menus?limit=100"))["data"]!.AsArray().Single(item => item!["slug"]!.GetValue<string>() == menu)!,
            }
        )
            Assert.Equal(
                string.Join(
                    "; ",
                    new[] { "Below", "Far below" }.Select(label => $"{label} topic/{seen} https://www.example.org/topics/{seen} []")
                ) + $"; Heading - null [Seen topic/{seen} https://www.example.org/topics/{seen} []]",
                Outline(data)
            );
    }

    [Fact]
    public async Task An_entry_follows_what_it_leads_to()
    {
        var (menu, old, slug, other) = (Some.Slug("menu"), Some.Slug("topic"), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(
            Some.Topic(new { slug, previousSlugs = new[] { old } }),
            Some.Topic(new { slug = other }),
            Some.Menu(new { slug = menu, items = new[] { new { label = "Here", target = new { topic = old } } } })
        );
        Assert.Equal(
            $"Here topic/{slug} https://www.example.org/topics/{slug} []",
            Outline((await api.GetJson($"/v1/menus/{menu}"))["data"]!)
        );
        await api.Import(Some.Topic(new { slug, mergedInto = other }));
        Assert.Equal(
            $"Here topic/{other} https://www.example.org/topics/{other} []",
            Outline((await api.GetJson($"/v1/menus/{menu}"))["data"]!)
        );
    }

    [Fact]
    public async Task A_list_of_menus_is_paged_by_slug()
    {
        await api.Import([.. Enumerable.Range(0, 5).Select(n => Some.Menu(new { slug = $"paged-{n}" }))]);
        foreach (var sort in new[] { "slug", "-slug" })
        {
            var whole = await api.Slugs($"/v1/menus?limit=100&sort={sort}");
            var (there, back) = await api.Walk($"/v1/menus?limit=2&sort={sort}");
            Assert.Equal(sort == "slug" ? whole.Order(StringComparer.Ordinal) : whole.OrderDescending(StringComparer.Ordinal), whole);
            Assert.Equal(whole, there);
            Assert.Equal(whole, back);
            Assert.Equal(whole.Skip(2).Take(2), await api.Slugs($"/v1/menus?limit=2&page=2&sort={sort}"));
        }
    }

    [Fact]
    public async Task A_hidden_menu_is_not_there()
    {
        var menu = Some.Slug("menu");
        await api.Import(Some.Menu(new { slug = menu, publicationStatus = "draft" }));
        await api.GetJson($"/v1/menus/{menu}", HttpStatusCode.NotFound);
        Assert.DoesNotContain(menu, await api.Slugs("/v1/menus?limit=100"));
    }

    // "label resource/slug url [entries below]; …"
    private static string Outline(JsonNode entry) =>
        string.Join(
            "; ",
            entry["items"]!
                .AsArray()
                .Select(item =>
                    $"{item!["label"]} {(item["target"] is { } target ? $"{target["resource"]}/{target["slug"]}" : "-")} {item["url"]?.GetValue<string>() ?? "null"} [{Outline(item)}]"
                )
        );
}

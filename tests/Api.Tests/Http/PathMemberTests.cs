using System.Text.Json.Nodes;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Api.Tests.Http;

/// <summary>The member <c>path</c> on a site that has a path of its own, with articles below a word that has to be encoded.</summary>
public class PathMemberTests(PathMemberTests.Fixture api) : IClassFixture<PathMemberTests.Fixture>
{
    private const string Site = "https://www.example.org/en";

    private static readonly string[] Addresses =
    [
        "/v1/articles?limit=100",
        "/v1/articles/a-longer-view?include=related,moreOnTopic,topicEvents,menus",
        "/v1/articles/a-longer-view/related",
        "/v1/articles.cards.json?limit=100&include=featured,events",
        "/v1/events.cards.json?limit=100",
        "/v1/experts.cards.json?limit=100",
        "/v1/topics.cards.json?limit=100",
        "/v1/topics/china?include=articles,events,experts,children",
        "/v1/experts?limit=100",
        "/v1/experts/ada-moreau",
        "/v1/topics?limit=100",
        "/v1/topics?view=tree",
        "/v1/topics/china",
        "/v1/events?limit=100",
        "/v1/events/sea-lanes?include=topicEvents,menus",
        "/v1/pages?limit=100",
        "/v1/pages/about",
        "/v1/menus",
        "/v1/redirects",
        "/v1/resolve?path=/2019/04/old-title",
        "/v1/search?q=strait",
        "/v1/suggest?q=mar",
        "/v1/changes?limit=100&include=item",
    ];

    [Fact]
    public async Task Cards_name_topics_and_menus_by_paths_on_the_site()
    {
        var answer = await api.GetJson("/v1/articles.cards.json?limit=100&include=menus");
        var topics = Objects(answer["data"]!).Where(node => node.ContainsKey("path") && !node.ContainsKey("url")).ToList();
        Assert.NotEmpty(topics);
        Assert.All(topics, topic => Assert.Equal($"/topics/{topic["slug"]}", topic["path"]!.GetValue<string>()));
        var links = Objects(answer["included"]!).Select(node => node["href"]?.GetValue<string>()).OfType<string>().ToList();
        Assert.Contains("/about", links);
        Assert.All(links, link => Assert.False(link.StartsWith(Site, StringComparison.Ordinal), link));
    }

    [Fact]
    public async Task A_url_is_that_of_the_site_and_the_path_wherever_there_is_one()
    {
        var (inside, outside) = (0, 0);
        foreach (var address in Addresses)
        {
            var before = inside;
            foreach (var node in Objects(await api.GetJson(address)).Where(node => node.ContainsKey("path") && node.ContainsKey("url")))
            {
                var (url, path) = (node["url"]?.GetValue<string>(), node["path"]?.GetValue<string>());
                if (url?.StartsWith(Site, StringComparison.Ordinal) == true)
                {
                    Assert.Equal(url, Site + path);
                    inside++;
                }
                else
                {
                    Assert.Null(path);
                    outside++;
                }
            }
            Assert.True(inside > before, $"{address} has no path");
        }
        Assert.True(outside > 0, "nothing leads elsewhere");
    }

    [Fact]
    public async Task Whatever_has_a_slug_and_a_page_has_a_path()
    {
        foreach (var address in Addresses)
        {
            foreach (var node in Objects(await api.GetJson(address)))
            {
                // An outlet's url is where the article stands there.
                if (node.ContainsKey("slug") && node["url"]?.GetValue<string>().StartsWith(Site, StringComparison.Ordinal) == true)
                    Assert.True(node.ContainsKey("path"), $"{address}: {node.ToJsonString()[..60]}");
            }
        }
    }

    [Fact]
    public async Task Paths_are_encoded_as_addresses_are()
    {
        var article = await api.GetJson("/v1/articles/a-longer-view?fields=url,path");
        Assert.Equal("/art%C3%ADculos/a-longer-view", article["data"]!["path"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("articles", "a-longer-view")]
    [InlineData("experts", "ada-moreau")]
    [InlineData("topics", "china")]
    [InlineData("events", "sea-lanes")]
    [InlineData("pages", "about")]
    [InlineData("menus", "main")]
    public async Task An_item_as_the_api_shows_it_can_be_imported(string collection, string slug)
    {
        var item = (await api.GetJson($"/v1/{collection}/{slug}"))["data"]!;
        Assert.Contains("\"path\":", item.ToJsonString(), StringComparison.Ordinal);
        var report = await api.TryImport([item.ToJsonString()], dryRun: true);
        Assert.DoesNotContain(report.Rejected, line => line.ToString()!.Contains("path", StringComparison.Ordinal));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) =>
        node switch
        {
            JsonObject one => one.SelectMany(member => Objects(member.Value)).Prepend(one),
            JsonArray many => many.SelectMany(Objects),
            _ => [],
        };

    /// <summary>The demo content on such a site.</summary>
    public sealed class Fixture(TestServer server) : DemoFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Configuration["Site:Url"] = Site;
            builder.Configuration["Site:Paths:article"] = "/artículos/{slug}";
        }
    }
}

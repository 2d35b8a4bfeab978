using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Related;

/// <summary>The cards of the demo content, compared with the items they are made of.</summary>
public class DemoCardTests(DemoFixture api) : IClassFixture<DemoFixture>
{
    private const int MostBytes = 1_100;

    [Theory]
    [InlineData("articles", "facets=type,year&include=featured,events,menus")]
    [InlineData("articles", "topic=china&sort=title&limit=3&page=2")]
    [InlineData("articles", "q=water&sort=relevance")]
    [InlineData("articles", "limit=0&facets=topic")]
    [InlineData("articles/a-longer-view/related", "limit=5")]
    [InlineData("events", "when=all&limit=100")]
    [InlineData("events", "sort=startsAt&include=menus")]
    [InlineData("experts", "limit=100")]
    [InlineData("experts", "topic=china&sort=-articleCount")]
    [InlineData("topics", "limit=100")]
    [InlineData("topics", "q=sea")]
    public async Task A_list_of_cards_is_the_list_with_fewer_members(string list, string query)
    {
        var cards = (await api.GetJson($"/v1/{list}.cards.json?{query}")).AsObject();
        var items = (await api.GetJson($"/v1/{list}?{query}")).AsObject();
        Assert.Equal(items.Select(member => member.Key), cards.Select(member => member.Key));
        foreach (var member in items.Where(member => member.Key is not ("data" or "links")).Select(member => member.Key))
            Assert.True(JsonNode.DeepEquals(items[member], cards[member]), member);
        Assert.Equal(
            items["links"]!.ToJsonString(),
            cards["links"]!.ToJsonString().Replace($"/v1/{list}.cards.json", $"/v1/{list}", StringComparison.Ordinal)
        );
        Assert.Equal(items["data"]!.AsArray().Count, cards["data"]!.AsArray().Count);
        foreach (var (item, card) in items["data"]!.AsArray().Zip(cards["data"]!.AsArray()))
        {
            foreach (var (name, value) in card!.AsObject())
            {
                switch (name)
                {
                    case "type" or "source" or "parent" when value is not null:
                        Assert.Equal(item![name]!["slug"]!.GetValue<string>(), value["slug"]!.GetValue<string>());
                        break;
                    case "summary" or "description":
                        Assert.StartsWith(
                            value!.GetValue<string>().TrimEnd('…'),
                            item![name]!.GetValue<string>(),
                            StringComparison.Ordinal
                        );
                        break;
                    case "topics":
                        Assert.All(
                            value!.AsArray(),
                            topic =>
                                Assert.Contains(
                                    item![name]!.AsArray(),
                                    one => one!["path"]!.GetValue<string>() == topic!["path"]!.GetValue<string>()
                                )
                        );
                        break;
                    case "image" or "photo":
                        Assert.Equal(item![name]?["alt"]?.GetValue<string>(), value?["alt"]?.GetValue<string>());
                        break;
                    default:
                        Assert.True(JsonNode.DeepEquals(item![name], value), name);
                        break;
                }
            }
        }
    }

    [Theory]
    [InlineData("articles")]
    [InlineData("events")]
    [InlineData("experts")]
    [InlineData("topics")]
    public async Task A_card_has_1100_bytes_on_average_at_most(string list) =>
        Assert.InRange(
            (await api.GetJson($"/v1/{list}.cards.json?limit=100"))["data"]!
                .AsArray()
                .Average(card => System.Text.Encoding.UTF8.GetByteCount(card!.ToJsonString(Unescaped))),
            100,
            MostBytes
        );

    [Fact]
    public async Task Paging_by_cursors_reaches_every_card()
    {
        List<string> met = [];
        for (var address = "/v1/articles.cards.json?limit=7"; address is not null; )
        {
            var page = await api.GetJson(address);
            met.AddRange(page["data"]!.AsArray().Select(card => card!["slug"]!.GetValue<string>()));
            address = page["links"]!["next"] is { } next ? new Uri(next.GetValue<string>()).PathAndQuery : null;
        }
        Assert.Equal((await api.GetJson("/v1/articles?limit=1"))["page"]!["total"]!.GetValue<int>(), met.Distinct().Count());
    }

    private static readonly System.Text.Json.JsonSerializerOptions Unescaped = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

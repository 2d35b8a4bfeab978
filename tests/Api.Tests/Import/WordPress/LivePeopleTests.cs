using System.Text.Json;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Wxr;

namespace Api.Tests.Import.WordPress;

public class LivePeopleTests
{
    private const string PublishPress = """
        {"id": 5, "authors": [
          {"term_id": 3, "user_id": 0, "is_guest": 1, "slug": "vera-stone", "display_name": "Vera Stone", "avatar_url": "https://site.example/wp-content/uploads/v.jpg", "user_email": "vera@site.example", "user_url": "https://vera.example", "description": "Vera <b>writes</b>.", "first_name": "Vera", "last_name": "Stone"},
          {"term_id": 4, "user_id": 7, "is_guest": 0, "slug": "mina", "display_name": "Mina Okafor", "avatar_url": "https://secure.gravatar.com/avatar/0bc83cb571cd1c50ba6f3e8a78ef1346", "description": ""}]}
        """;

    [Fact]
    public void PublishPress_Authors_names_them_in_order_on_each_post()
    {
        var names = new LiveNames();
        names.Learn(new LivePage { Authors = { new WxrAuthor(7, "7", "okafor", "Mina Okafor", "", "") } });
        var item = new WxrItem(5, 1) { Link = "https://site.example/a/" };
        item.Terms.Add(new WxrItemTerm("author", "mina", "Mina Okafor"));
        using var json = JsonDocument.Parse(PublishPress);
        var people = LivePeople.OfItem(item, names, json.RootElement).ToList();
        Assert.Equal(["vera-stone", "mina"], item.Terms.Select(term => term.Slug));
        Assert.Equal(
            ("Vera <b>writes</b>.", "https://vera.example", "https://site.example/wp-content/uploads/v.jpg", ""),
            (people[0].Biography, people[0].Website, people[0].Picture, people[0].LinkedLogin)
        );
        Assert.Equal(("", "okafor"), (people[1].Picture, people[1].LinkedLogin));
        Assert.DoesNotContain("@", string.Join(' ', people), StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_that_shows_a_guest_without_fields_does_not_know_them()
    {
        Assert.Contains("profiles", WordPressGuests.Of(new WxrItem(1, 1)).Unknown);
        var item = new WxrItem(1, 1);
        item.Meta.Add(("cap-display_name", "Vera Stone"));
        Assert.Empty(WordPressGuests.Of(item).Unknown);
    }

    [Fact]
    public void Co_Authors_Plus_describes_guests_and_tells_the_order_of_a_post()
    {
        using var json = JsonDocument.Parse(
            """{"id": 51, "display_name": "Vera Stone", "user_nicename": "vera-stone", "description": {"raw": "Vera writes.", "rendered": "<p>Vera writes.</p>"}, "featured_media": 9, "email": "vera@site.example"}"""
        );
        var vera = LivePeople.CoAuthor(
            new WxrTerm(3, "author", "3", "cap-vera-stone", "vera-stone", "", ""),
            [],
            new LiveNames(),
            json.RootElement
        );
        Assert.Equal(("vera-stone", "Vera Stone", "Vera writes.", "9"), (vera.Login, vera.DisplayName, vera.Biography, vera.Picture));
        Assert.DoesNotContain("@", vera.ToString(), StringComparison.Ordinal);
        var item = new WxrItem(5, 1);
        item.Terms.AddRange([
            new("author", "cap-ada", "ada"),
            new("category", "asia", "Asia"),
            new("author", "cap-vera-stone", "vera-stone"),
        ]);
        LivePeople.Sort(item, ["vera-stone", "ada"]);
        Assert.Equal(["asia", "cap-vera-stone", "cap-ada"], item.Terms.Select(term => term.Slug));
    }
}

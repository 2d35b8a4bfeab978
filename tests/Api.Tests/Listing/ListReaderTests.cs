using Api.Collation;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Listing;
using Api.Tests.Support;
using Api.Words.Languages;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Listing;

/// <summary>Lists are made from any views that have the shape of those in <c>delivery</c>.</summary>
public class ListReaderTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_the_views_of_another_schema_whole_and_what_has_changed()
    {
        await api.Import(
            Some.ArticleType(new { slug = "brief" }),
            Some.Article(new { slug = "shown", language = "fr" }),
            Some.Article(new { slug = "left-out", language = "en" }),
            Some.Event(new { slug = "shown-event" })
        );
        await api.Execute(
            """
            create schema french;
            create view french.head as select * from delivery.head;
            create view french.changes as select * from delivery.changes;
            create view french.index_keys as select * from delivery.index_keys;
            create view french.event_index as select * from delivery.event_index;
            create view french.article_index as select x.* from delivery.article_index x join delivery.articles a using (item_id) where a.language = 'fr';
            grant usage on schema french to content_reader;
            grant select on all tables in schema french to content_reader;
            """
        );
        var services = api.Services;
        var reader = new ListReader(
            services.GetRequiredService<DeliveryDatabase>(),
            services.GetRequiredService<SiteCalendar>(),
            services.GetRequiredService<TitleOrder>(),
            TimeProvider.System,
            services.GetRequiredService<KnownLanguages>(),
            "french"
        );

        var whole = await reader.Whole(Cancel);
        Assert.Equal((1, 1), (whole.Articles.Items.All.Count, whole.Events.Items.All.Count));

        await api.Import(Some.Article(new { slug = "left-out", language = "fr" }));
        var later = whole.After((await reader.Since(whole, 100, Cancel))!);
        Assert.Equal((2, 1), (later.Articles.Items.All.Count, later.Events.Items.All.Count));
        Assert.True(later.Sequence > whole.Sequence);
    }
}

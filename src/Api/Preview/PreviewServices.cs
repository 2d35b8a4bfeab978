using Api.Articles;
using Api.Collation;
using Api.Data.Delivery;
using Api.Events;
using Api.Experts;
using Api.Http.Site;
using Api.Listing;
using Api.Reading;
using Api.Related;
using Api.Search;
using Api.Site;
using Api.Topics;

namespace Api.Preview;

/// <summary>
/// Registers the services of previews. What reads content for a preview lives in a container of its own for each view: the same classes on
/// other views of the database. So nothing that is kept in memory for the public can hold anything of a preview.
/// </summary>
internal static class PreviewServices
{
    public static void AddPreviews(this IServiceCollection services)
    {
        services.AddSingleton<PreviewDatabase>();
        services.AddSingleton<PreviewCheck>();
        services.AddSingleton<Previews>();
    }

    /// <summary>A container with everything that handlers take, for one view.</summary>
    /// <param name="queries">Statements of the view.</param>
    /// <param name="lists">The lists of the view.</param>
    /// <param name="view">The view.</param>
    /// <param name="others">The services of the program.</param>
    public static ServiceProvider Of(IQueries queries, ILists lists, PreviewView view, IServiceProvider others)
    {
        var services = new ServiceCollection();
        services.AddSingleton(others.GetRequiredService<SiteSettings>());
        services.AddSingleton(others.GetRequiredService<SiteCalendar>());
        services.AddSingleton(others.GetRequiredService<TitleOrder>());
        services.AddSingleton(others.GetRequiredService<TimeProvider>());
        services.AddSingleton(queries);
        services.AddSingleton(lists);
        services.AddSingleton(new ItemStoreSettings { MaxBytes = 0 });
        services.AddSingleton<ItemStore>();
        services.AddSingleton<ListedItems>();
        services.AddReading(keepsNames: false);
        services.AddRelated();
        services.AddArticles();
        services.AddExperts();
        services.AddTopics();
        services.AddEvents();
        services.AddSearch();
        services.AddSite();
        // What pages show beside an item stays public there.
        if (view.Shows == "early")
        {
            services.AddSingleton(others.GetRequiredService<RelatedCards>());
            services.AddSingleton(others.GetRequiredService<RelatedNames>());
            services.AddSingleton(others.GetRequiredService<RelatedLists>());
        }
        return services.BuildServiceProvider();
    }
}

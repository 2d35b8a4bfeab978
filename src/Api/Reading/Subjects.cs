using Api.Contracts;
using Api.Http.Parameters;
using Api.Http.Site;

namespace Api.Reading;

/// <summary>Links to the content of a topic or an expert.</summary>
internal static class Subjects
{
    /// <summary>The links of a topic or an expert; <paramref name="resource"/> is also the name of the filter.</summary>
    public static SubjectLinks LinksOf(Links links, string resource, string slug)
    {
        var filter = $"?{resource}={Uri.EscapeDataString(slug)}";
        return new SubjectLinks(
            links.Self(resource, slug),
            links.Api("/v1/articles" + filter),
            links.Api("/v1/events" + filter),
            new FeedLinks(
                In("articles", Format.Rss),
                In("articles", Format.Atom),
                In("articles", Format.JsonFeed),
                In("events", Format.Calendar)
            )
        );

        string In(string collection, Format format) => links.Api($"/v1/{collection}{format.Suffix}{filter}");
    }
}

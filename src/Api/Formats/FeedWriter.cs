using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Api.Contracts;
using Api.Contracts.Lists;

namespace Api.Formats;

/// <summary>Writes pages of lists as RSS 2.0 (https://www.rssboard.org/rss-specification) and Atom (RFC 4287). Pure.</summary>
internal static class FeedWriter
{
    // The namespaces with their conventional prefixes: some readers search for "content:encoded" literally.
    private static readonly Dictionary<string, XNamespace> Modules = new()
    {
        ["atom"] = "http://www.w3.org/2005/Atom",
        ["content"] = "http://purl.org/rss/1.0/modules/content/",
        ["dc"] = "http://purl.org/dc/elements/1.1/",
        ["creativeCommons"] = "http://backend.userland.com/creativeCommonsRssModule",
    };

    private static readonly XmlQualifiedName Language = new("lang", "http://www.w3.org/XML/1998/namespace");
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(false),
        Indent = true,
        IndentChars = " ",
        NamespaceHandling = NamespaceHandling.OmitDuplicates,
    };

    /// <summary>
    /// RSS 2.0. Information that RSS has no element for is in widely supported modules: content, Dublin Core, Atom, Creative Commons.
    /// </summary>
    public static ReadOnlyMemory<byte> Rss(FeedPage page)
    {
        var feed = FeedOf(page);
        feed.Links.Clear();
        feed.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(page.Site)));
        feed.LastUpdatedTime = default;
        Extend(feed.ElementExtensions, "", "lastBuildDate", Date(page.UpdatedAt));
        foreach (var (prefix, uri) in Modules)
            feed.AttributeExtensions.Add(new XmlQualifiedName(prefix, XNamespace.Xmlns.NamespaceName), uri.NamespaceName);
        foreach (var (relation, url) in Relations(page.Links))
            Extend(
                feed.ElementExtensions,
                "atom",
                "link",
                new XAttribute("rel", relation),
                new XAttribute("type", Http.Parameters.Format.Rss.MediaType),
                new XAttribute("href", url)
            );
        Extend(feed.ElementExtensions, "creativeCommons", "license", page.LicenseUrl);
        feed.Items = page.Entries.Select(RssItem).ToList();
        return Write(writer => new Rss20FeedFormatter(feed, serializeExtensionsAsAtom: false).WriteTo(writer));
    }

    /// <summary>Atom, with the paging links of RFC 5005 §3 and the licence links of RFC 4946.</summary>
    public static ReadOnlyMemory<byte> AtomFeed(FeedPage page)
    {
        var feed = FeedOf(page);
        feed.Items = page.Entries.Select(AtomItem).ToList();
        return Write(writer => new Atom10FeedFormatter(feed).WriteTo(writer));
    }

    private static SyndicationFeed FeedOf(FeedPage page)
    {
        var feed = new SyndicationFeed
        {
            // All pages of a list are one feed (RFC 5005 §3), so they share the address of the first page as their id.
            Id = page.Links.First,
            Title = new TextSyndicationContent(XmlSafe.Text(page.Title)),
            Description = new TextSyndicationContent(XmlSafe.Text(page.Title)),
            LastUpdatedTime = new DateTimeOffset(page.UpdatedAt),
            Language = page.Language,
        };
        feed.Authors.Add(new SyndicationPerson(null, XmlSafe.Text(page.Publisher), page.Site));
        feed.Links.Add(SyndicationLink.CreateAlternateLink(new Uri(page.Site), "text/html"));
        foreach (var (relation, url) in Relations(page.Links))
            feed.Links.Add(new SyndicationLink(new Uri(url), relation, null, Http.Parameters.Format.Atom.MediaType, 0));
        feed.Links.Add(new SyndicationLink(new Uri(page.LicenseUrl), "license", null, null, 0));
        return feed;
    }

    private static SyndicationItem AtomItem(FeedEntry entry)
    {
        var item = ItemOf(entry, entry.Files);
        item.PublishDate = new DateTimeOffset(entry.PublishedAt);
        item.LastUpdatedTime = new DateTimeOffset(entry.UpdatedAt);
        foreach (var category in entry.Categories)
            item.Categories.Add(new SyndicationCategory(XmlSafe.Text(category.Term), category.Scheme, XmlSafe.Text(category.Label)));
        item.Summary = entry.Summary.Length == 0 ? null : new TextSyndicationContent(XmlSafe.Text(entry.Summary));
        item.Content = SyndicationContent.CreateHtmlContent(XmlSafe.Text(entry.ContentHtml));
        // One author element with all names, because many readers show only the first.
        if (entry.By.Length > 0)
            item.Authors.Add(new SyndicationPerson(null, XmlSafe.Text(entry.By), entry.Authors.Count == 1 ? entry.Authors[0].Url : null));
        if (entry.Language is { } language)
            item.AttributeExtensions.Add(Language, language);
        if (entry.ExternalUrl is { } elsewhere)
            Link(item, elsewhere, "related");
        if (entry.License is not { } license)
            return item;
        item.Copyright = new TextSyndicationContent(XmlSafe.Text(TextOfHtml.Of(license.AttributionHtml)));
        Link(item, license.Url, "license");
        Link(item, license.CanonicalUrl, "canonical");
        return item;
    }

    private static SyndicationItem RssItem(FeedEntry entry)
    {
        // RSS 2.0 allows one enclosure, and requires its length.
        var item = ItemOf(entry, entry.Files.Where(file => file.Bytes > 0).Take(1));
        item.Summary = new TextSyndicationContent(XmlSafe.Text(entry.Summary));
        Extend(item.ElementExtensions, "", "pubDate", Date(entry.PublishedAt));
        // RSS has one text for term and label; the label is written.
        foreach (var category in entry.Categories)
            item.Categories.Add(new SyndicationCategory(XmlSafe.Text(category.Label), category.Scheme, null));
        if (entry.By.Length > 0)
            Extend(item.ElementExtensions, "dc", "creator", XmlSafe.Text(entry.By));
        if (entry.Language is { } language)
            Extend(item.ElementExtensions, "dc", "language", language);
        if (entry.License is { } license)
        {
            Extend(item.ElementExtensions, "dc", "rights", XmlSafe.Text(TextOfHtml.Of(license.AttributionHtml)));
            Extend(item.ElementExtensions, "creativeCommons", "license", license.Url);
            Extend(
                item.ElementExtensions,
                "atom",
                "link",
                new XAttribute("rel", "canonical"),
                new XAttribute("href", license.CanonicalUrl)
            );
        }
        Extend(item.ElementExtensions, "content", "encoded", XmlSafe.Text(entry.ContentHtml));
        return item;
    }

    private static SyndicationItem ItemOf(FeedEntry entry, IEnumerable<FileLink> files)
    {
        var item = new SyndicationItem { Id = entry.Id, Title = new TextSyndicationContent(XmlSafe.Text(entry.Title)) };
        Link(item, entry.Url, "alternate");
        foreach (var file in files)
            if (Uri.TryCreate(file.Url, UriKind.Absolute, out var uri))
                item.Links.Add(new SyndicationLink(uri, "enclosure", XmlSafe.Text(file.Label), file.MediaType, file.Bytes ?? 0));
        return item;
    }

    /// <summary>The links of a page that exist. RFC 5005 names the relation "previous".</summary>
    private static IEnumerable<(string Relation, string Url)> Relations(PageLinks links) =>
        new[] { ("self", links.Self), ("first", links.First), ("previous", links.Previous), ("next", links.Next), ("last", links.Last) }
            .Where(link => link.Item2 is not null)
            .Select(link => (link.Item1, link.Item2!));

    private static void Link(SyndicationItem item, string url, string relation)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri))
            item.Links.Add(new SyndicationLink(uri, relation, null, null, 0));
    }

    // The library writes the zone as "Z", which RFC 822 §5 allows but some readers do not parse.
    private static string Date(DateTime instant) => instant.ToString("r", CultureInfo.InvariantCulture);

    private static void Extend(SyndicationElementExtensionCollection extensions, string prefix, string name, params object[] content)
    {
        var element =
            prefix.Length == 0
                ? new XElement(name, content)
                : new XElement(
                    Modules[prefix] + name,
                    [new XAttribute(XNamespace.Xmlns + prefix, Modules[prefix].NamespaceName), .. content]
                );
        using var reader = element.CreateReader();
        extensions.Add(reader);
    }

    private static ReadOnlyMemory<byte> Write(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Settings))
            write(writer);
        return bytes.ToArray();
    }
}

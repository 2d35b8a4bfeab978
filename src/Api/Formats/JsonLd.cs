using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Api.Contracts;
using Api.Http.Site;

namespace Api.Formats;

/// <summary>Writes items as JSON-LD of schema.org, safe to embed in a page's <c>script</c> element. Pure.</summary>
internal static class JsonLd
{
    // Escapes the characters that could end a script element.
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static ReadOnlyMemory<byte> Of(Article article, SiteSettings site) =>
        Write(
            new()
            {
                ["@type"] = article.Type.Slug switch
                {
                    "op-ed" => "OpinionNewsArticle",
                    "report" => "Report",
                    "in-the-media" or "press-release" => "NewsArticle",
                    _ => "Article",
                },
                ["@id"] = article.Id,
                ["url"] = article.Url,
                ["mainEntityOfPage"] = Object(("@type", "WebPage"), ("@id", article.CanonicalUrl), ("breadcrumb", Breadcrumbs(article))),
                ["headline"] = article.Title,
                ["alternativeHeadline"] = article.Subtitle,
                ["description"] = article.Summary,
                ["datePublished"] = Instant(article.PublishedAt),
                ["dateModified"] = Instant(article.UpdatedAt),
                ["inLanguage"] = article.Language,
                // If no author is named, the site is the author of its own articles only, not of those from another publisher.
                ["author"] = People(FeedEntries.AuthorsOf(article)) ?? (article.Source is null ? List([Publisher(site)]) : null),
                ["contributor"] = People(article.Experts.Where(expert => expert.Role != "author")),
                ["publisher"] = Publisher(site),
                ["license"] = article.License.Url,
                ["creditText"] = TextOfHtml.Of(article.License.AttributionHtml),
                ["copyrightNotice"] = article.Source is null
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"© {article.PublishedDate.Year} {site.Name}. Licence: {article.License.Id}."
                    )
                    : null,
                ["copyrightYear"] = article.Source is null ? article.PublishedDate.Year : null,
                ["copyrightHolder"] = article.Source is null ? Publisher(site) : null,
                ["isBasedOn"] = article.Source is null ? null : article.License.OriginallyPublishedAt.Url,
                ["sourceOrganization"] = article.Source is { } source ? Object(("@type", "Organization"), ("name", source.Name)) : null,
                ["sameAs"] = article.Doi is { } doi
                    ? $"https://doi.org/{string.Join('/', doi.Split('/').Select(Uri.EscapeDataString))}"
                    : null,
                ["reportNumber"] = article.Type.Slug == "report" ? article.ReportNumber : null,
                ["image"] = Picture(article.Image),
                ["articleSection"] = article.PrimaryTopic?.Name,
                ["about"] = Topics(article.Topics),
                ["wordCount"] = article.WordCount > 0 ? article.WordCount : null,
                ["timeRequired"] =
                    article.ReadingMinutes > 0 ? string.Create(CultureInfo.InvariantCulture, $"PT{article.ReadingMinutes}M") : null,
                ["correction"] = List(
                    article.Corrections.Select(correction =>
                        Object(
                            ("@type", "CorrectionComment"),
                            ("datePublished", Instant(correction.At)),
                            ("text", TextOfHtml.Of(correction.TextHtml))
                        )
                    )
                ),
                ["encoding"] = List(
                    article.Files.Select(file =>
                        Object(("@type", "MediaObject"), ("contentUrl", file.Url), ("name", file.Label), ("encodingFormat", file.MediaType))
                    )
                ),
                ["workTranslation"] = List(
                    article.Translations.Select(translation =>
                        Object(("@type", "Article"), ("url", translation.Url), ("inLanguage", translation.Language))
                    )
                ),
            }
        );

    public static ReadOnlyMemory<byte> Of(Event one, SiteSettings site) =>
        Write(
            new()
            {
                ["@type"] = "Event",
                ["@id"] = one.Id,
                ["url"] = one.Url,
                ["name"] = one.Title,
                ["description"] = one.Summary,
                ["eventStatus"] =
                    "https://schema.org/"
                    + one.Status switch
                    {
                        "cancelled" => "EventCancelled",
                        "postponed" => "EventPostponed",
                        _ => "EventScheduled",
                    },
                ["eventAttendanceMode"] =
                    "https://schema.org/"
                    + one.Mode switch
                    {
                        "virtual" => "OnlineEventAttendanceMode",
                        "hybrid" => "MixedEventAttendanceMode",
                        _ => "OfflineEventAttendanceMode",
                    },
                ["startDate"] = one.AllDay ? Cell.Of(one.StartsOn) : Local(one.StartsAt, one.TimeZone),
                ["endDate"] =
                    one.AllDay ? Cell.Of(one.EndsOn ?? one.StartsOn)
                    : one.EndsAt is { } ends ? Local(ends, one.TimeZone)
                    : null,
                ["location"] = List(Places(one)),
                ["performer"] = People(one.Experts.Where(expert => expert.Role != "organizer")),
                ["organizer"] = (JsonNode?)People(one.Experts.Where(expert => expert.Role == "organizer")) ?? Publisher(site),
                ["image"] = Picture(one.Image),
                ["about"] = Topics(one.Topics),
                ["potentialAction"] = one.RegistrationUrl is { } registration
                    ? Object(("@type", "RegisterAction"), ("target", registration))
                    : null,
                ["recordedIn"] = one.RecordingUrl is { } recording ? Object(("@type", "CreativeWork"), ("url", recording)) : null,
            }
        );

    public static ReadOnlyMemory<byte> Of(Expert expert)
    {
        var name = CitedName.Of(expert);
        return Write(
            new()
            {
                ["@type"] = name.IsOrganization ? "Organization" : "Person",
                ["@id"] = expert.Id,
                ["url"] = expert.Url,
                ["name"] = expert.Name,
                ["givenName"] = name.Given,
                ["familyName"] = name.Family,
                ["honorificSuffix"] = name.Suffix,
                ["jobTitle"] = name.IsOrganization ? null : expert.Title,
                [name.IsOrganization ? "parentOrganization" : "worksFor"] = Parent(expert.Name, expert.Organization),
                ["description"] = expert.BioHtml is { } bio ? TextOfHtml.Of(bio) : null,
                ["image"] = Picture(expert.Photo),
                ["email"] = expert.Email,
                ["sameAs"] = List(
                    expert
                        .Profiles.Select(profile => profile.Url)
                        .Where(url =>
                            expert.Orcid is null
                            || !url.TrimEnd('/').EndsWith($"orcid.org/{expert.Orcid}", StringComparison.OrdinalIgnoreCase)
                        )
                        .Concat(expert.Orcid is { } orcid ? [$"https://orcid.org/{orcid}"] : [])
                        .Select(url => (JsonNode)url)
                ),
                ["knowsAbout"] = Topics(expert.Topics),
            }
        );
    }

    private static IEnumerable<JsonNode> Places(Event one)
    {
        if (one.Mode is "virtual" or "hybrid")
            yield return Object(("@type", "VirtualLocation"), ("url", one.RegistrationUrl ?? one.Url));
        if (one.Mode != "virtual")
            yield return Object(("@type", "Place"), ("name", one.Location ?? one.Title), ("address", one.Location));
    }

    private static JsonObject? Breadcrumbs(Article article) =>
        article.Breadcrumbs.Count == 0
            ? null
            : Object(
                ("@type", "BreadcrumbList"),
                (
                    "itemListElement",
                    List(
                        article
                            .Breadcrumbs.Select(
                                (step, place) =>
                                    Object(("@type", "ListItem"), ("position", place + 1), ("name", step.Label), ("item", step.Url))
                            )
                            .Append(Object(("@type", "ListItem"), ("position", article.Breadcrumbs.Count + 1), ("name", article.Title)))
                    )
                )
            );

    private static JsonArray? People(IEnumerable<ExpertRef> people) =>
        List(
            people.Select(person =>
            {
                var isBody = CitedName.Of(person).IsOrganization;
                return Object(
                    ("@type", isBody ? "Organization" : "Person"),
                    ("@id", person.Id),
                    ("name", person.Name),
                    ("jobTitle", isBody ? null : person.Title),
                    ("url", person.Url),
                    ("sameAs", person.Url),
                    ("image", person.Photo?.Url),
                    (isBody ? "parentOrganization" : "worksFor", Parent(person.Name, person.Organization))
                );
            })
        );

    private static JsonObject? Parent(string name, string? organization) =>
        organization is null || organization == name ? null : Object(("@type", "Organization"), ("name", organization));

    private static JsonArray? Topics(IEnumerable<TopicRef> topics) =>
        List(topics.Select(topic => Object(("@type", "Thing"), ("@id", topic.Id), ("name", topic.Name), ("url", topic.Url))));

    private static JsonObject Publisher(SiteSettings site) => Object(("@type", "Organization"), ("name", site.Name), ("url", site.Url));

    private static JsonObject? Picture(Image? image) =>
        image is null
            ? null
            : Object(
                ("@type", "ImageObject"),
                ("url", image.Url),
                ("caption", image.Caption),
                ("creditText", image.Credit),
                ("width", Pixels(image.Width)),
                ("height", Pixels(image.Height))
            );

    // schema.org does not define the unit of a bare number; E37 is the pixel (UN/CEFACT Recommendation 20).
    private static JsonObject? Pixels(int? number) =>
        number is null ? null : Object(("@type", "QuantitativeValue"), ("value", number), ("unitCode", "E37"), ("unitText", "px"));

    private static string Instant(DateTime instant) => Cell.Of(instant)!;

    private static string Local(DateTime instant, string zone) =>
        LocalTimes.At(instant, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static JsonArray? List(IEnumerable<JsonNode> nodes) => nodes.ToArray() is { Length: > 0 } some ? new JsonArray(some) : null;

    /// <summary>An object without the members that are null or an empty text.</summary>
    private static JsonObject Object(params (string Name, JsonNode? Value)[] members) =>
        new(
            members
                .Where(member =>
                    member.Value is not null
                    && !(member.Value.GetValueKind() == JsonValueKind.String && member.Value.GetValue<string>().Length == 0)
                )
                .Select(member => KeyValuePair.Create(member.Name, member.Value))
        );

    private static ReadOnlyMemory<byte> Write(Dictionary<string, JsonNode?> members) =>
        JsonSerializer.SerializeToUtf8Bytes(
            Object([("@context", "https://schema.org"), .. members.Select(member => (member.Key, member.Value))]),
            Writing
        );
}

using Api.Contracts;
using Api.Http.Site;
using Api.Reading.Search;
using Api.Reading.Shapes;

namespace Api.Reading;

/// <summary>A row of <c>delivery.articles</c>.</summary>
internal sealed record ArticleRow
{
    /// <summary>The columns of a row without texts, from <c>delivery.articles a</c>.</summary>
    public const string Columns = """
        a.item_id, a.id, a.slug, a.published_at, a.updated_at, a.version, a.type_id, a.title, a.subtitle, a.summary, a.language,
               a.primary_topic_id, a.source_id, a.source_url, a.canonical_url, a.image, a.files, a.corrections, a.seo, a.toc,
               a.reading_minutes, a.word_count, a.license_id, a.license_url, a.doi, a.report_number, a.featured, a.topic_ids, a.expert_ids, a.expert_roles,
               a.translation_languages, a.translation_ids, a.translation_slugs, a.shown_status, a.shown_embargo
        """;

    /// <summary>The columns of a row with texts.</summary>
    public const string ColumnsWithBody = Columns + ", a.body_html, a.body_text";

    public int ItemId { get; init; }
    public Guid Id { get; init; }
    public string Slug { get; init; } = "";
    public DateTime PublishedAt { get; init; }
    public DateTime UpdatedAt { get; init; }
    public int Version { get; init; }
    public int TypeId { get; init; }
    public string Title { get; init; } = "";
    public string? Subtitle { get; init; }
    public string Summary { get; init; } = "";
    public string? BodyHtml { get; init; }
    public string? BodyText { get; init; }
    public string Language { get; init; } = "";
    public int? PrimaryTopicId { get; init; }
    public int? SourceId { get; init; }
    public string? SourceUrl { get; init; }
    public string? CanonicalUrl { get; init; }
    public string? Image { get; init; }
    public string Files { get; init; } = "";
    public string Corrections { get; init; } = "";
    public string Seo { get; init; } = "";
    public string Toc { get; init; } = "";
    public int ReadingMinutes { get; init; }
    public int WordCount { get; init; }
    public string? LicenseId { get; init; }
    public string? LicenseUrl { get; init; }
    public string? Doi { get; init; }
    public string? ReportNumber { get; init; }
    public bool Featured { get; init; }
    public int[] TopicIds { get; init; } = [];
    public int[] ExpertIds { get; init; } = [];
    public string[] ExpertRoles { get; init; } = [];
    public string[]? TranslationLanguages { get; init; }
    public Guid[]? TranslationIds { get; init; }
    public string[]? TranslationSlugs { get; init; }

    /// <summary>The sort value of the list the row was read for, where that is an instant.</summary>
    public DateTime? SortAt { get; init; }

    /// <summary>The sort value of the list the row was read for, where that is a text.</summary>
    public string? SortText { get; init; }

    /// <summary>The sort value of the list the row was read for, where that is the relevance.</summary>
    public long? SortScore { get; init; }

    /// <summary>Its position among the slugs of the request, where that is the order of the list.</summary>
    public int? Place { get; init; }

    /// <summary>The sequence of the last change of a name when the row was read.</summary>
    public long ReferenceSequence { get; init; }

    /// <summary>Its <c>publicationStatus</c>.</summary>
    public string ShownStatus { get; init; } = "";

    /// <summary>Until when it is under embargo (UTC); null when it is not.</summary>
    public DateTime? ShownEmbargo { get; init; }

    /// <summary>Converts the row into the public shape.</summary>
    public Article ToArticle(ReferenceSet names, Links links, SiteSettings site, SiteCalendar calendar)
    {
        var url = links.PageUrl("article", Slug);
        var experts = names.ExpertRefs(ExpertIds, ExpertRoles);
        var byline = Byline.Of(experts);
        var source = SourceId is { } id && names.Sources.GetValueOrDefault(id) is { } outlet ? outlet with { Url = SourceUrl } : null;
        return new Article
        {
            Id = Urn.Of(Id),
            Slug = Slug,
            PublicationStatus = ShownStatus,
            EmbargoUntil = ShownEmbargo,
            Url = url,
            Path = links.PagePath("article", Slug),
            CanonicalUrl = CanonicalUrl ?? url,
            Type = names.TypeRef(TypeId),
            Title = Title,
            Subtitle = Subtitle,
            Summary = Summary,
            BodyHtml = BodyHtml,
            BodyText = BodyText,
            Language = Language,
            PublishedAt = PublishedAt,
            PublishedDate = calendar.DayOf(PublishedAt),
            UpdatedAt = UpdatedAt,
            PrimaryTopic = names.TopicRef(PrimaryTopicId),
            Topics = names.TopicRefs(TopicIds),
            Experts = experts,
            Byline = byline,
            Source = source,
            Image = Stored.Image(Image),
            Files = Stored.List<FileLink>(Files),
            Corrections = Stored.List<Correction>(Corrections),
            Translations = Translations(links),
            Seo = Stored.Seo(Seo),
            Toc = Stored.List<Heading>(Toc),
            ReadingMinutes = ReadingMinutes,
            WordCount = WordCount,
            License = Terms.Of(
                LicenseId ?? site.License.Id,
                LicenseUrl ?? site.License.Url,
                Title,
                byline,
                site.Name,
                url,
                CanonicalUrl ?? url,
                source
            ),
            Doi = Doi,
            ReportNumber = ReportNumber,
            Breadcrumbs = names.Breadcrumbs(PrimaryTopicId),
            Featured = Featured,
            Version = Version,
            Links = new SelfLink(links.Self("article", Slug)),
        };
    }

    private IReadOnlyList<Translation> Translations(Links links) =>
        TranslationSlugs is null || TranslationIds is null || TranslationLanguages is null
            ? []
            :
            [
                .. TranslationLanguages
                    .Zip(TranslationIds, TranslationSlugs)
                    .Select(one => new Translation(
                        one.First,
                        Urn.Of(one.Second),
                        one.Third,
                        links.PageUrl("article", one.Third),
                        links.PagePath("article", one.Third)
                    )),
            ];
}

using Api.Collation;
using Api.Contracts;
using Api.Http.Site;
using Api.Reading.Named;
using Api.Reading.Shapes;

namespace Api.Reading;

/// <summary>A row of <c>delivery.experts</c>.</summary>
internal sealed record ExpertRow : INamedRow
{
    /// <summary>The columns of a row without texts, from <c>delivery.experts x</c> and <see cref="MostWrittenOn"/>.</summary>
    public const string Columns = """
        x.item_id, x.id, x.slug, x.name, x.given_name, x.family_name, x.title, x.organization, x.program_id, x.kind, x.current,
               x.photo, x.email, x.orcid, x.profiles, x.article_count, x.latest_at, x.shown_status, t.topic_ids, t.topic_articles
        """;

    /// <summary>The columns of a row with texts.</summary>
    public const string ColumnsWithBody = Columns + ", x.bio_html";

    /// <summary>
    /// Joins the topics on which an expert has the most articles, including ties: the order of tied topics depends on their names, which
    /// are in memory.
    /// </summary>
    public const string MostWrittenOn = """
        left join lateral (select array_agg(m.topic_id) as topic_ids, array_agg(m.articles) as topic_articles
                           from  (select o.topic_id, o.articles from delivery.expert_topics o
                                  where  o.expert_id = x.item_id
                                  order  by o.articles desc
                                  fetch  first 5 rows with ties) m) t on true
        """;

    private const int MostTopics = 5;

    public int ItemId { get; init; }
    public Guid Id { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    public string? Title { get; init; }
    public string? Organization { get; init; }
    public int? ProgramId { get; init; }
    public string Kind { get; init; } = "";
    public bool Current { get; init; }
    public string? Photo { get; init; }
    public string? Email { get; init; }
    public string? Orcid { get; init; }
    public string Profiles { get; init; } = "";
    public int ArticleCount { get; init; }
    public DateTime? LatestAt { get; init; }
    public int[]? TopicIds { get; init; }
    public int[]? TopicArticles { get; init; }
    public string? BioHtml { get; init; }

    /// <summary>The sequence of the last change of a name when the row was read.</summary>
    public long ReferenceSequence { get; init; }

    /// <summary>Its <c>publicationStatus</c>.</summary>
    public string ShownStatus { get; init; } = "";

    /// <summary>Converts the row into the public shape.</summary>
    public Expert ToExpert(ReferenceSet names, Links links) =>
        new()
        {
            Id = Urn.Of(Id),
            Slug = Slug,
            PublicationStatus = ShownStatus,
            Url = links.PageUrl("expert", Slug),
            Path = links.PagePath("expert", Slug),
            Name = Name,
            GivenName = GivenName,
            FamilyName = FamilyName,
            Title = Title,
            Organization = Organization,
            Program = names.TopicRef(ProgramId),
            Kind = Kind,
            Current = Current,
            Photo = Stored.Image(Photo),
            BioHtml = BioHtml,
            Email = Email,
            Orcid = Orcid,
            Profiles = Stored.List<Profile>(Profiles),
            Topics = Topics(names),
            ArticleCount = ArticleCount,
            LatestAt = LatestAt,
            Links = Subjects.LinksOf(links, "expert", Slug),
        };

    private IReadOnlyList<TopicRef> Topics(ReferenceSet names) =>
        TopicIds is null || TopicArticles is null
            ? []
            :
            [
                .. TopicIds
                    .Zip(TopicArticles, (id, articles) => (Node: names.Topics.GetValueOrDefault(id), articles))
                    .Where(topic => topic.Node is not null)
                    .OrderByDescending(topic => topic.articles)
                    .ThenBy(topic => topic.Node!.Sort, SortKeys.Bytewise)
                    .ThenBy(topic => topic.Node!.Ref.Id, StringComparer.Ordinal)
                    .Take(MostTopics)
                    .Select(topic => topic.Node!.Ref),
            ];
}

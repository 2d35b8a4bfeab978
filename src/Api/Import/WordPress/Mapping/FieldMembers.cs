using Api.Import.Lines.Values;

namespace Api.Import.WordPress.Mapping;

/// <summary>The members that can come from custom fields, in addition to those that only events and experts have.</summary>
internal static class FieldMembers
{
    public const string Experts = "experts";

    private static readonly string[] OfArticles =
    [
        Experts,
        "files",
        "type",
        "topics",
        "primaryTopic",
        "publishedAt",
        "updatedAt",
        "subtitle",
        "summary",
        "bodyHtml",
        "image",
        "canonicalUrl",
        "doi",
        "reportNumber",
        "source.name",
        "source.url",
    ];

    /// <summary>The members of a resource. <c>experts</c> may be followed by a role, as in <c>experts.featured</c>.</summary>
    public static IReadOnlyList<string> Of(string resource) =>
        resource switch
        {
            "article" => OfArticles,
            "event" => [Experts, "topics", "summary", "bodyHtml", "image"],
            "expert" => ["program", "photo", "bioHtml", "orcid", "profiles"],
            "page" => ["summary", "bodyHtml", "image"],
            _ => [],
        };

    /// <summary>The member name without the role after it.</summary>
    public static string WithoutRole(string member) =>
        member.StartsWith(Experts + ".", StringComparison.Ordinal) && ValueRules.Role(member[(Experts.Length + 1)..]) is not null
            ? Experts
            : member;

    /// <summary>The fields that name people, each with the role that it gives.</summary>
    public static IEnumerable<(string Names, string Role)> People(PostTypeRule rule) =>
        rule
            .Fields.Where(field => WithoutRole(field.Key) == Experts)
            .Select(field =>
                (
                    field.Value,
                    field.Key.Length > Experts.Length ? field.Key[(Experts.Length + 1)..]
                    : rule.To == "event" ? "speaker"
                    : "featured"
                )
            );
}

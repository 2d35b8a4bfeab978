using Api.Contracts;
using Api.Contracts.Text;
using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>Reads the members that every resource except redirects has.</summary>
internal static class ItemLine
{
    public const string Deleted = "deleted";

    /// <summary>The highest version number.</summary>
    public const int MaxVersion = 1_000_000_000;

    private const int MaxPreviousSlugs = 1_000;

    /// <summary>Reads the common members into <see cref="ParsedLine.Item"/>.</summary>
    public static ItemRow Read(LineDraft draft, string resource)
    {
        var members = draft.Members;
        var status = members.Word(
            "publicationStatus",
            "published",
            "draft",
            "scheduled",
            "embargoed",
            "published",
            "private",
            "retracted",
            Deleted
        );
        // As answers say it. The embargo decides.
        if (status == "embargoed")
        {
            status = "published";
            if (members.Value("embargoUntil") is null)
                members.Reject("embargoUntil", "is required when publicationStatus is embargoed");
        }
        var id = Id(members);
        var slug = SlugOf(members, "slug", required: status != Deleted || id is null);
        var publishedAt = resource == "article" ? members.Instant("publishedAt") : null;
        var item = new ItemRow(
            draft.Number,
            resource,
            id,
            ItemId.Of(resource, slug ?? ""),
            slug,
            status,
            publishedAt,
            members.Instant("embargoUntil"),
            members.Instant("expiresAt"),
            members.Instant("updatedAt"),
            resource == "article" ? (int?)members.Number("version", 1, MaxVersion) : null,
            members.Instant("withdrawnAt"),
            SlugOf(members, "withdrawnSlug", required: false),
            Reason(members),
            PreviousSlugs(members),
            draft.Line.Keeps
        );
        draft.Reference("mergedInto", resource);
        draft.Line.Slug = slug;
        draft.Line.Id = id;
        draft.Line.Item = status == Deleted ? item with { PublishedAt = null, EmbargoUntil = null, ExpiresAt = null } : item;
        CheckStatus(members, item);
        return item;
    }

    private static void CheckStatus(ObjectReader members, ItemRow item)
    {
        if (
            item.Resource == "articleType"
            && item.Status != Deleted
            && (item.Status != "published" || item.EmbargoUntil is not null || item.ExpiresAt is not null)
        )
            members.Reject("publicationStatus", "an article type is published or deleted");
        if (item.WithdrawnReason is not null && item.Status != Deleted)
            members.Reject("withdrawnReason", "is for what is deleted: other items show themselves why they are not public");
        if (
            item.Resource == "article"
            && item.PublishedAt is null
            && item.Status is not ("draft" or "private" or Deleted)
            && members.Value("publishedAt") is null
        )
            members.Reject("publishedAt", $"is required, unless publicationStatus is draft or private (it is {item.Status})");
        if (item.Resource != "article" && item.Status == "scheduled" && item.EmbargoUntil is null)
            members.Reject("embargoUntil", "is required when publicationStatus is scheduled");
    }

    private static string? Reason(ObjectReader members) =>
        members.Value("withdrawnReason") is null ? null : members.Word("withdrawnReason", "", [.. Catalogue.WithdrawalReasons]);

    private static Guid? Id(ObjectReader members)
    {
        if (members.Line("id") is not { } text)
            return null;
        var id = ValueRules.Id(text);
        if (id is null)
            members.Reject("id", $"\"{TextRules.Short(text)}\" is not {ValueRules.IdShape}");
        return id;
    }

    private static string? SlugOf(ObjectReader members, string member, bool required)
    {
        var slug = required ? members.RequiredLine(member) : members.Line(member);
        if (string.IsNullOrEmpty(slug))
            return null;
        if (Slug.IsValid(slug))
            return slug;
        var made = Slug.From(slug);
        members.Reject(
            member,
            $"\"{TextRules.Short(slug)}\" is not {ValueRules.SlugShape}" + (made == "" ? "" : $"; \"{made}\" would be one")
        );
        return null;
    }

    // The list may contain the item's current slug: while the item is not visible, that slug is a former address.
    private static string[] PreviousSlugs(ObjectReader members)
    {
        var slugs = new List<string>();
        foreach (var (name, value) in members.Array("previousSlugs", MaxPreviousSlugs))
        {
            if (members.Line(name, value) is not { } slug || !Slug.IsValid(slug))
                members.Reject(name, $"is not {ValueRules.SlugShape}");
            else if (!slugs.Contains(slug))
                slugs.Add(slug);
        }
        return [.. slugs];
    }
}

namespace Api.Import.Lines;

/// <summary>Reads articles.</summary>
internal static class ArticleReader
{
    private const int MaxTopics = 100, MaxExperts = 200, MaxTranslations = 50;

    public static ArticleRow Read(LineDraft draft)
    {
        var members = draft.Members;
        if (draft.Reference("type", "articleType") is null && members.Value("type") is null)
            members.Reject("type", "is required: the slug of an article type");
        Topics(draft);
        draft.References("experts", "expert", MaxExperts, role: "author");
        draft.References("translations", "article", MaxTranslations);
        var title = members.RequiredLine("title", 500);
        var body = draft.Body("bodyHtml");
        var source = SourceReader.Read(members);
        var license = LicenseReader.Read(members);
        return new(
            draft.Number, title, SortKey.Of(title), members.Line("subtitle"), members.Text("summary", 10_000), body.Html, body.Text,
            members.Language("language", draft.Scope.Language), source?.Slug, source?.Name, source?.Url, members.Url("canonicalUrl"),
            draft.Image("image"), StoredJson.Of(AttachmentReader.Files(members)), StoredJson.Of(AttachmentReader.Corrections(draft)),
            SeoReader.Read(members), StoredJson.Of(body.Toc), body.ReadingMinutes, body.WordCount, license?.Id, license?.Url,
            members.Line("doi", 500) is { } doi ? ValueRules.Doi(doi) : null, members.Flag("featured"));
    }

    /// <summary>A given primary topic is one of the topics; left out, the first topic is it; null, there is none.</summary>
    private static void Topics(LineDraft draft)
    {
        var topics = draft.References("topics", "topic", MaxTopics);
        if (draft.Reference("primaryTopic", "topic") is { } primary)
        {
            if (topics.Count == MaxTopics && !topics.Any(topic => topic.Slug == primary.Slug && topic.Id == primary.Id))
                draft.Members.Reject("primaryTopic", $"is one more than the {MaxTopics} topics there may be");
            draft.Line.References.Add(primary with { Member = "topics", Position = MaxTopics });
        }
        else if (topics.Count > 0 && !draft.Members.Has("primaryTopic"))
            draft.Line.References.Add(topics[0] with { Member = "primaryTopic" });
    }
}

namespace Api.Import.Lines;

/// <summary>Reads article types, topics and pages.</summary>
internal static class StructureReader
{
    public static ArticleTypeRow ArticleType(LineDraft draft)
    {
        var label = draft.Members.RequiredLine("label");
        return new(draft.Number, label, draft.Members.Line("pluralLabel") ?? label);
    }

    public static TopicRow Topic(LineDraft draft)
    {
        var members = draft.Members;
        draft.Reference("parent", "topic");
        var name = members.RequiredLine("name");
        return new(
            draft.Number, name, SortKey.Of(name), members.Word("kind", "issue", "region", "country", "issue", "program"),
            members.Text("description", 10_000), members.Flag("featured"));
    }

    public static PageRow Page(LineDraft draft)
    {
        var members = draft.Members;
        draft.Reference("parent", "page");
        var body = draft.Body("bodyHtml");
        return new(
            draft.Number, members.RequiredLine("title", 500), members.Text("summary", 10_000), body.Html, body.Text,
            members.Language("language", draft.Scope.Language), draft.Image("image"), SeoReader.Read(members), StoredJson.Of(body.Toc));
    }
}

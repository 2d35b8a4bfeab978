using Api.Import.Staging;
using static Api.Import.Staging.DetailColumns<Api.Import.Lines.ArticleTypeLine>;

namespace Api.Import.Lines;

/// <summary>The members of a line that only an article type has.</summary>
internal sealed record ArticleTypeLine(long Line, string Label, string PluralLabel)
{
    public static DetailTable<ArticleTypeLine> Table { get; } =
        new("article_types", line => line.Line, Text("label", line => line.Label), Text("plural_label", line => line.PluralLabel));

    public static ArticleTypeLine Read(LineDraft draft)
    {
        var label = draft.Members.RequiredLine("label");
        return new(draft.Number, label, draft.Members.Line("pluralLabel") ?? label);
    }
}

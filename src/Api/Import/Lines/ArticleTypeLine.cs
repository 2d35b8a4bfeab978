using Api.Import.Staging;
using static Api.Import.Staging.DetailColumns<Api.Import.Lines.ArticleTypeLine>;

namespace Api.Import.Lines;

/// <summary>What a line says of an article type, beside what it says of every item.</summary>
internal sealed record ArticleTypeLine(long Line, string Label, string PluralLabel)
{
    public static DetailTable<ArticleTypeLine> Table { get; } = new(
        "article_types", line => line.Line, Text("label", line => line.Label), Text("plural_label", line => line.PluralLabel));

    public static ArticleTypeLine Read(LineDraft draft)
    {
        var label = draft.Members.RequiredLine("label");
        return new(draft.Number, label, draft.Members.Line("pluralLabel") ?? label);
    }
}

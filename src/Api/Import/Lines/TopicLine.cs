using Api.Import.Lines.Values;
using Api.Import.Staging;
using static Api.Import.Staging.DetailColumns<Api.Import.Lines.TopicLine>;

namespace Api.Import.Lines;

/// <summary>The members of a line that only a topic has, and how they are read, staged and stored.</summary>
internal sealed record TopicLine
{
    public required long Line { get; init; }
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public required string Description { get; init; }
    public required bool Featured { get; init; }

    public static DetailTable<TopicLine> Table { get; } =
        new(
            "topics",
            line => line.Line,
            Text("name", line => line.Name),
            Text("kind", line => line.Kind),
            Text("description", line => line.Description),
            Reference("parent_id", "parent"),
            Flag("featured", line => line.Featured)
        );

    public static TopicLine Read(LineDraft draft)
    {
        var members = draft.Members;
        draft.Reference("parent", "topic");
        return new()
        {
            Line = draft.Number,
            Name = members.RequiredLine("name"),
            Kind = members.Word("kind", "issue", "region", "country", "issue", "program"),
            Description = members.Text("description", LineLimits.Summary),
            Featured = members.Flag("featured"),
        };
    }
}

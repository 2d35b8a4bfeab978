using Api.Contracts;
using Api.Import.Lines.Values;
using Api.Import.Staging;
using static Api.Import.Staging.DetailColumns<Api.Import.Lines.ExpertLine>;

namespace Api.Import.Lines;

/// <summary>The members of a line that only an expert has, and how they are read, staged and stored.</summary>
internal sealed record ExpertLine
{
    public required long Line { get; init; }
    public required string Name { get; init; }
    public required string? GivenName { get; init; }
    public required string? FamilyName { get; init; }
    public required string? Title { get; init; }
    public required string? Organization { get; init; }
    public required string Kind { get; init; }
    public required bool Current { get; init; }
    public required Guid? Photo { get; init; }
    public required string BioHtml { get; init; }
    public required string? Email { get; init; }
    public required bool EmailPublic { get; init; }
    public required string? Orcid { get; init; }
    public required string Profiles { get; init; }

    public static DetailTable<ExpertLine> Table { get; } =
        new(
            "experts",
            line => line.Line,
            Text("name", line => line.Name),
            Text("given_name", line => line.GivenName),
            Text("family_name", line => line.FamilyName),
            Text("title", line => line.Title),
            Text("organization", line => line.Organization),
            Reference("program_id", "program"),
            Text("kind", line => line.Kind),
            Flag("current", line => line.Current),
            Image("photo_id", "photo", line => line.Photo),
            Text("bio_html", line => line.BioHtml),
            Text("email", line => line.Email),
            Flag("email_public", line => line.EmailPublic),
            Text("orcid", line => line.Orcid),
            Json("profiles", line => line.Profiles)
        );

    public static ExpertLine Read(LineDraft draft)
    {
        var members = draft.Members;
        draft.Reference("program", "topic");
        return new()
        {
            Line = draft.Number,
            Name = members.RequiredLine("name", LineLimits.Title),
            GivenName = members.Line("givenName", LineLimits.Title),
            FamilyName = members.Line("familyName", LineLimits.Title),
            Title = members.Line("title"),
            Organization = members.Line("organization"),
            Kind = members.Word("kind", "contributor", "staff", "fellow", "contributor"),
            Current = members.Flag("current", true),
            Photo = draft.Image("photo"),
            BioHtml = draft.Body("bioHtml").Html,
            Email = members.Ruled("email", ValueRules.Email, "an e-mail address"),
            EmailPublic = members.Flag("emailPublic"),
            Orcid = members.Ruled("orcid", ValueRules.Orcid, ValueRules.OrcidShape),
            Profiles = ReadProfiles(members),
        };
    }

    private static string ReadProfiles(ObjectReader members)
    {
        var profiles = new List<Profile>();
        foreach (var profile in members.Objects("profiles", LineLimits.Profiles))
        {
            profiles.Add(new(profile.RequiredLine("label"), profile.RequiredUrl("url")));
            profile.Finish();
        }
        return StoredJson.Of<IReadOnlyList<Profile>>(profiles);
    }
}

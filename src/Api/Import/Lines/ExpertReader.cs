using Api.Contracts;

namespace Api.Import.Lines;

/// <summary>Reads experts.</summary>
internal static class ExpertReader
{
    private const int MaxProfiles = 50;

    public static ExpertRow Read(LineDraft draft)
    {
        var members = draft.Members;
        draft.Reference("program", "topic");
        var name = members.RequiredLine("name", 500);
        var given = members.Line("givenName", 500);
        var family = members.Line("familyName", 500);
        return new(
            draft.Number, name, given, family, SortKey.Of(family is null ? name : $"{family} {given}"), members.Line("title"),
            members.Line("organization"), members.Word("kind", "contributor", "staff", "fellow", "contributor"), members.Flag("current", true),
            draft.Image("photo"), draft.Body("bioHtml").Html, members.Ruled("email", ValueRules.Email, "an e-mail address"),
            members.Flag("emailPublic"), Profiles(members));
    }

    private static string Profiles(ObjectReader members)
    {
        var profiles = new List<Profile>();
        foreach (var profile in members.Objects("profiles", MaxProfiles))
        {
            profiles.Add(new(profile.RequiredLine("label"), profile.RequiredUrl("url")));
            profile.Finish();
        }
        return StoredJson.Of<IReadOnlyList<Profile>>(profiles);
    }
}

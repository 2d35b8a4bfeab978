using System.Text.RegularExpressions;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Events;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Values;

namespace Api.Import.WordPress.Looking;

/// <summary>Guesses which member a custom field holds, by its name and values. Pure functions.</summary>
internal static partial class FieldGuess
{
    private static readonly string[] Documents = [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".epub"];

    /// <summary>True for members that can be composed of several fields.</summary>
    public static bool TakesMany(string member) =>
        member is "files" or "topics" or "profiles" || FieldMembers.WithoutRole(member) == FieldMembers.Experts;

    /// <summary>The field with the start of an event; null if the type has none.</summary>
    public static string? Start(TypeLook type) =>
        type.Fields.Where(field => StartName().IsMatch(field.Key) && AreTimes(field.Value)).Select(field => field.Key).FirstOrDefault();

    /// <summary>The member of a field; null if it cannot be guessed.</summary>
    /// <param name="field">Name of the field, with dots for rows.</param>
    /// <param name="samples">Some of its single values.</param>
    /// <param name="resource">The resource that the items become.</param>
    /// <param name="look">The site.</param>
    /// <param name="resourceOf">The resource that the item with a number becomes; empty if unknown.</param>
    public static string? MemberOf(
        string field,
        IReadOnlySet<string> samples,
        string resource,
        SiteLook look,
        Func<string, string> resourceOf
    )
    {
        var values = samples.Where(value => value != "0").ToList();
        if (values.Count == 0)
            return null;
        // May be all digits, so it is looked for first.
        if (resource == "expert" && values.TrueForAll(value => ValueRules.Orcid(value) is not null))
            return "orcid";
        if (values.TrueForAll(FieldValues.IsNumber))
            return OfNumbers(field, values, resource, look, resourceOf);
        if (values.TrueForAll(value => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            return OfAddresses(field, values, resource);
        return resource switch
        {
            "event" when EndName().IsMatch(field) && AreTimes(samples) => "endsAt",
            "event" when PlaceName().IsMatch(field) => "location",
            "event" when field.Contains("zone", StringComparison.OrdinalIgnoreCase) => "timeZone",
            "article" when DeckName().IsMatch(field) => "subtitle",
            "article" when field.Equals("doi", StringComparison.OrdinalIgnoreCase) => "doi",
            "article" when ReportNumberName().IsMatch(field) => "reportNumber",
            "article" when OutletName().IsMatch(field) => "source.name",
            "expert" when JobName().IsMatch(field) => "title",
            "expert" when HouseName().IsMatch(field) => "organization",
            _ => null,
        };
    }

    private static string? OfNumbers(string field, List<string> values, string resource, SiteLook look, Func<string, string> resourceOf)
    {
        if (values.TrueForAll(value => resourceOf(value) == "expert") && resource is "article" or "event")
            return People(field, resource);
        if (values.TrueForAll(look.Documents.Contains))
            return resource == "article" ? "files" : null;
        if (values.TrueForAll(value => look.TypeOf.GetValueOrDefault(value) == "attachment"))
            return !PictureName().IsMatch(field) ? null
                : resource == "expert" ? "photo"
                : "image";
        if (TopicName().IsMatch(field) && values.TrueForAll(look.Terms.Contains))
            return resource is "article" or "event" ? "topics"
                : resource == "expert" ? "program"
                : null;
        return PersonName().IsMatch(field) && values.TrueForAll(look.Users.Contains) && resource is "article" or "event"
            ? People(field, resource)
            : null;
    }

    private static string? OfAddresses(string field, List<string> values, string resource) =>
        resource switch
        {
            "article" when values.TrueForAll(value => Documents.Any(end => value.EndsWith(end, StringComparison.OrdinalIgnoreCase))) =>
                "files",
            "article" when LinkName().IsMatch(field) => "source.url",
            "event" when RegisterName().IsMatch(field) => "registrationUrl",
            "event" when RecordName().IsMatch(field) => "recordingUrl",
            "expert" when ProfileName().IsMatch(field) => "profiles",
            _ => null,
        };

    private static string People(string field, string resource) =>
        field.Contains("author", StringComparison.OrdinalIgnoreCase) && resource == "article" ? "experts.author"
        : field.Contains("moderator", StringComparison.OrdinalIgnoreCase) && resource == "event" ? "experts.moderator"
        : FieldMembers.Experts;

    private static bool AreTimes(IReadOnlySet<string> samples) =>
        samples.Count > 0 && samples.All(value => WordPressEventTimes.Instant(value, isUtc: true, local => local) is not null);

    [GeneratedRegex("start|begin|^date$|event_date|^when$", RegexOptions.IgnoreCase)]
    private static partial Regex StartName();

    [GeneratedRegex("end|until|finish", RegexOptions.IgnoreCase)]
    private static partial Regex EndName();

    [GeneratedRegex("location|venue|place|address", RegexOptions.IgnoreCase)]
    private static partial Regex PlaceName();

    [GeneratedRegex("sub_?title|sub_?head|^deck$|standfirst", RegexOptions.IgnoreCase)]
    private static partial Regex DeckName();

    [GeneratedRegex("outlet|publisher|published_in|source_name|publication_name", RegexOptions.IgnoreCase)]
    private static partial Regex OutletName();

    [GeneratedRegex("report_?(number|no)$|^(report|paper|series)_?id$", RegexOptions.IgnoreCase)]
    private static partial Regex ReportNumberName();

    [GeneratedRegex("job|position|^title$|role|_title$", RegexOptions.IgnoreCase)]
    private static partial Regex JobName();

    [GeneratedRegex("organi[sz]ation|affiliation|institution|company|employer", RegexOptions.IgnoreCase)]
    private static partial Regex HouseName();

    [GeneratedRegex("image|photo|picture|portrait|headshot", RegexOptions.IgnoreCase)]
    private static partial Regex PictureName();

    [GeneratedRegex("topic|region|categor|area|issue|countr|program|theme|tag", RegexOptions.IgnoreCase)]
    private static partial Regex TopicName();

    [GeneratedRegex("author|expert|user|people|person|contributor|speaker|moderator|fellow|staff", RegexOptions.IgnoreCase)]
    private static partial Regex PersonName();

    [GeneratedRegex("external|outlet|source|original|read_?(at|more)|^link$|^url$|article_(url|link)", RegexOptions.IgnoreCase)]
    private static partial Regex LinkName();

    [GeneratedRegex("regist|sign_?up|ticket|rsvp", RegexOptions.IgnoreCase)]
    private static partial Regex RegisterName();

    [GeneratedRegex("record|video|youtube|watch", RegexOptions.IgnoreCase)]
    private static partial Regex RecordName();

    [GeneratedRegex("website|linkedin|twitter|orcid|scholar|^url$|homepage|profile", RegexOptions.IgnoreCase)]
    private static partial Regex ProfileName();
}

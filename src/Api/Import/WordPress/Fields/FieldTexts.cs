using System.Text.Json.Nodes;
using Api.Contracts.Text;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Events;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Fields;

/// <summary>Texts, dates and URLs from custom fields.</summary>
internal static class FieldTexts
{
    /// <summary>The HTML of a member's fields, joined in order; empty without any.</summary>
    public static string Html(string member, WxrItem item, WordPressSurvey survey) =>
        Names(member, item, survey) is { } names ? string.Join("\n\n", FieldValues.Texts(item, names)) : "";

    /// <summary>The text of an item, followed by the texts of its fields.</summary>
    public static string Body(WxrItem item, WordPressSurvey survey, string member = "bodyHtml") =>
        Html(member, item, survey) is { Length: > 0 } more ? $"{item.Content}\n\n{more}" : item.Content;

    /// <summary>The date of a field, in UTC; null when no value is a valid date.</summary>
    public static DateTime? Date(string member, WxrItem item, WordPressSurvey survey) =>
        Names(member, item, survey) is { } names && FieldValues.Texts(item, names).FirstOrDefault() is { } text
            ? WordPressEventTimes.Instant(
                text,
                WordPressEventFields.IsUtc(names),
                local => DateTime.SpecifyKind(local - survey.Dates.Distance, DateTimeKind.Utc)
            )
            : null;

    /// <summary>Adds the members of an article that are texts or URLs.</summary>
    public static void Add(JsonObject line, WxrItem item, WordPressSurvey survey)
    {
        foreach (var member in (string[])["subtitle", "doi", "reportNumber"])
            if (Line(member, item, survey) is { } text)
                line[member] = text;
        if (Address("canonicalUrl", item, survey) is { } canonical)
            line["canonicalUrl"] = canonical;
        if (Line("source.name", item, survey) is { } name)
            line["source"] = new JsonObject { ["name"] = name, ["url"] = Address("source.url", item, survey) };
        else if (Address("source.url", item, survey) is { } address)
            line["source"] = new JsonObject { ["name"] = new Uri(address).Host, ["url"] = address };
    }

    /// <summary>URLs of a person's pages, labelled with their hosts.</summary>
    public static JsonArray? Profiles(WxrItem item, WordPressSurvey survey) =>
        Names("profiles", item, survey) is { } names
        && FieldValues.Texts(item, names).Select(Web).OfType<Uri>().Take(LineLimits.Profiles).ToList() is { Count: > 0 } pages
            ? new JsonArray([
                .. pages.Select(page => new JsonObject
                {
                    ["label"] = page.Host.StartsWith("www.", StringComparison.Ordinal) ? page.Host[4..] : page.Host,
                    ["url"] = page.AbsoluteUri,
                }),
            ])
            : null;

    /// <summary>One line of text from the fields of a member; null without any.</summary>
    public static string? Line(string member, WxrItem item, WordPressSurvey survey) =>
        Names(member, item, survey) is { } names
        && PlainText.Of(
            string.Join(" ", FieldValues.Texts(item, names)),
            member switch
            {
                "doi" => LineLimits.Doi,
                "source.name" => LineLimits.Title,
                "reportNumber" or "orcid" => LineLimits.ReportNumber,
                _ => LineLimits.Line,
            }
        )
            is { Length: > 0 } text
            ? text
            : null;

    private static string? Address(string member, WxrItem item, WordPressSurvey survey) =>
        Names(member, item, survey) is { } names
            ? FieldValues.Texts(item, names).Select(Web).OfType<Uri>().FirstOrDefault()?.AbsoluteUri
            : null;

    private static Uri? Web(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && address.UserInfo == ""
        && address.AbsoluteUri.Length <= WebAddress.MaxLength
            ? address
            : null;

    private static string? Names(string member, WxrItem item, WordPressSurvey survey) =>
        survey.Mapping.Of(item.PostType).Fields.GetValueOrDefault(member);
}

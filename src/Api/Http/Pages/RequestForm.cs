using System.Globalization;
using Api.Http.Json;
using Api.Http.Parameters;
using static Api.Http.Pages.HtmlPage;

namespace Api.Http.Pages;

/// <summary>The form that builds requests to a list: a control for each parameter that its endpoint declares.</summary>
/// <param name="list">The list.</param>
/// <param name="choices">The values of filters, by their names.</param>
/// <param name="form">What the controls hold.</param>
internal sealed class RequestForm(TriedList list, IReadOnlyDictionary<string, IReadOnlyList<FilterChoice>> choices, IQueryCollection form)
{
    /// <summary>HTML of all controls.</summary>
    public string Html()
    {
        var filters = list.Parameters.Where(TriedList.IsFilter).ToLookup(IsPlain);
        var views = list.Parameters.Where(parameter => !TriedList.IsFilter(parameter)).ToLookup(IsPlain);
        return $"""
            <div class="grid">
            {Controls(filters[true].OrderBy(parameter => parameter.Kind != ParameterKind.Search))}
            </div>
            <div class="grid">
            {Controls(views[true])}
            {FormatControl()}
            </div>
            <details class="more"{(filters[false].Concat(views[false]).Any(IsGiven) ? " open" : "")}><summary>{filters[false].Concat(
                views[false]
            ).Count()} more parameters</summary>
            <div class="grid">
            {Controls(filters[false].Concat(views[false]))}
            </div>
            </details>
            """;
    }

    // Sorting, and whatever offers its values; the rest is behind "more".
    private bool IsPlain(Parameter parameter) =>
        parameter.IsSort
        || parameter.Kind is ParameterKind.Search or ParameterKind.Fields
        || parameter.Prefilled
        || (TriedList.IsFilter(parameter) && (choices.ContainsKey(parameter.Name) || parameter.Allowed.Count > 0));

    private bool IsGiven(Parameter parameter) => TriedList.Given(form, parameter).Any();

    private string Controls(IEnumerable<Parameter> parameters) => string.Join('\n', parameters.Select(Control));

    private string Control(Parameter parameter) =>
        parameter.Kind switch
        {
            ParameterKind.Fields => Pick(parameter, [.. FieldSelection.NamesOf(parameter.Contract!).Select(Plain)], mayType: true),
            ParameterKind.Choices => Pick(parameter, [.. parameter.Allowed.Select(Plain)], mayType: false),
            ParameterKind.Choice or ParameterKind.Flag => Select(parameter, [.. parameter.Allowed.Select(Plain)]),
            ParameterKind.Slugs when choices.TryGetValue(parameter.Name, out var known) => Pick(
                parameter,
                [.. known.Take(FilterChoices.Most)],
                mayType: known.Count > FilterChoices.Most
            ),
            _ when choices.TryGetValue(parameter.Name, out var known) => Select(parameter, known),
            _ => Input(parameter),
        };

    private static FilterChoice Plain(string value) => new(value, value, null);

    // Check boxes, as several values are possible.
    private string Pick(Parameter parameter, IReadOnlyList<FilterChoice> offered, bool mayType)
    {
        var given = TriedList.Given(form, parameter).SelectMany(text => text.Split(',')).ToHashSet();
        var boxes = offered.Select(choice =>
            $"""<label><input type="checkbox" name="{parameter.Name}" value="{Text(choice.Value)}"{(given.Remove(choice.Value) ? " checked" : "")}>{Text(choice.Label)}{Count(choice)}</label>"""
        );
        var all = string.Concat(boxes);
        var none =
            TriedList.IsFilter(parameter) ? "any"
            : parameter.Kind == ParameterKind.Fields ? "all"
            : "none";
        var typed =
            mayType || given.Count > 0
                ? $"""<input name="{parameter.Name}" aria-label="Other {parameter.Name}" placeholder="others, with commas" value="{Text(string.Join(',', given))}">"""
                : "";
        return $"""
            <details class="field pick" name="pick" title="{Hint(
                parameter
            )}"><summary><span>{parameter.Name}</span> <b data-none="{none}">{none}</b></summary><div role="group" aria-label="{parameter.Name}">{all}{typed}</div></details>
            """;
    }

    private string Select(Parameter parameter, IReadOnlyList<FilterChoice> offered)
    {
        var given = TriedList.Given(form, parameter).FirstOrDefault();
        var options = offered
            .Where(choice => choice.Value != parameter.Default)
            .Select(choice =>
                $"""<option value="{Text(choice.Value)}"{(choice.Value == given ? " selected" : "")}>{Text(choice.Label)}{(choice.Count is { } count ? $" ({count})" : "")}</option>"""
            );
        return Labelled(
            parameter,
            null,
            $"""<select name="{parameter.Name}"><option value="">{Text(parameter.Default ?? "any")}</option>{string.Concat(options)}</select>"""
        );
    }

    private string Input(Parameter parameter)
    {
        var kind = parameter.Kind switch
        {
            ParameterKind.Number => string.Create(
                CultureInfo.InvariantCulture,
                $"""type="number" min="{parameter.Min}"{(parameter.Max == int.MaxValue ? "" : $" max=\"{parameter.Max}\"")}"""
            ),
            ParameterKind.Year => """type="number" min="1000" max="9999" """.TrimEnd(),
            ParameterKind.Search => """type="search" """.TrimEnd(),
            _ => """type="text" """.TrimEnd(),
        };
        var value = string.Join(',', TriedList.Given(form, parameter));
        return Labelled(
            parameter,
            LikeOf(parameter),
            $"""<input {kind} name="{parameter.Name}" value="{Text(value)}"{(parameter.Required ? " required" : "")} placeholder="{Text(parameter.Default ?? parameter.Example ?? "")}">"""
        );
    }

    private string FormatControl() =>
        $"""
            <label class="field" title="The suffix of the address chooses the format."><span>format</span> <select name="{TriedList.Suffix}">{string.Concat(
                list.Formats.Select(offered =>
                    $"<option value=\"{offered.Format.Suffix}\" data-without=\"{string.Join(' ', offered.Without)}\"{(offered.Format.MediaType == "application/json" ? "" : " data-is-text")}{(offered.Format.Suffix == form[TriedList.Suffix] ? " selected" : "")}>{Text(offered.Format.Label)}</option>"
                )
            )}</select></label>
            """;

    // The filter that has the same values, such as topic for topicAll and excludeTopic: the script offers them here as well.
    private string? LikeOf(Parameter parameter) =>
        parameter.Kind == ParameterKind.Slugs
            ? choices.Keys.FirstOrDefault(name =>
                parameter.Name.Equals($"exclude{name}", StringComparison.OrdinalIgnoreCase)
                || list.Parameters.Any(other => other.Name == name && other.AllOf == parameter.Name)
            )
            : null;

    private static string Labelled(Parameter parameter, string? like, string control) =>
        $"""<label class="field" title="{Hint(parameter)}"{(like is null ? "" : $" data-like=\"{like}\"")}><span>{parameter.Name}</span> {control}</label>""";

    private static string Count(FilterChoice choice) => choice.Count is { } count ? $" <i>{count}</i>" : "";

    // Descriptions are Markdown for the OpenAPI documents.
    private static string Hint(Parameter parameter) => Text(parameter.Description.Replace("`", "", StringComparison.Ordinal));
}

using System.Globalization;

namespace Api.Http.Parameters;

/// <summary>A query parameter, declared once: reading, problems and the OpenAPI document all come from this.</summary>
internal sealed record Parameter
{
    /// <summary>Name in the query, case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>A sentence for developers; allowed values, bounds and default are added by the document.</summary>
    public required string Description { get; init; }

    /// <summary>How its text is read.</summary>
    public required ParameterKind Kind { get; init; }

    /// <summary>The closed list of <see cref="ParameterKind.Choice"/> and <see cref="ParameterKind.Choices"/>; else empty.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>What holds when the parameter is left out, as it would be written; null when nothing does.</summary>
    public string? Default { get; init; }

    /// <summary>A value that works with the demo content; null where none is worth showing.</summary>
    public string? Example { get; init; }

    /// <summary>Without it there is no answer but a problem.</summary>
    public bool Required { get; init; }

    /// <summary>Swagger UI fills <see cref="Example"/> in. Rarely: all that is filled in at once has to have an answer.</summary>
    public bool Prefilled { get; init; }

    /// <summary>The smallest <see cref="ParameterKind.Number"/>.</summary>
    public int Min { get; init; }

    /// <summary>The largest <see cref="ParameterKind.Number"/>.</summary>
    public int Max { get; init; } = int.MaxValue;

    /// <summary>UTF-8 bytes one value may have.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>UTF-8 bytes all values of a comma list may have together, commas included; null where <see cref="MaxLength"/> and <see cref="MaxItems"/> are bound enough.</summary>
    public int? MaxTotal { get; init; }

    /// <summary>Values a comma list may have.</summary>
    public int MaxItems { get; init; } = 1;

    /// <summary>The parameter that means "all of" where this one means "any of"; null where there is none.</summary>
    public string? AllOf { get; init; }

    /// <summary>The order of the values means something, so a cursor is bound to it.</summary>
    public bool Ordered { get; init; }

    /// <summary>Says in which order a list is shown. What it is by default may depend on a filter.</summary>
    public bool IsSort { get; init; }

    /// <summary>Says how much of a list is shown, not which list: it may change along a cursor walk.</summary>
    public bool View { get; init; }

    /// <summary>Concerns one answer only: it is in no link, and such an answer is not to be kept by others.</summary>
    public bool Once { get; init; }

    /// <summary>Given with its default value it still means more than left out: it stays in links and in the key of the answer.</summary>
    public bool MeansMoreThanNothing { get; init; }

    /// <summary>The contract that <see cref="ParameterKind.Fields"/> selects from.</summary>
    public Type? Contract { get; init; }

    /// <summary>True when a comma separates values.</summary>
    public bool IsList => Kind is ParameterKind.Slugs or ParameterKind.Choices or ParameterKind.Fields;

    /// <summary>Free text of at most <paramref name="maxLength"/> bytes.</summary>
    public static Parameter Text(string name, string description, string? example = null, int maxLength = 200) =>
        new() { Name = name, Description = description, Kind = ParameterKind.Text, Example = example, MaxLength = maxLength };

    /// <summary>Words to look for.</summary>
    public static Parameter Search(string name, string description, string? example = null) =>
        new() { Name = name, Description = description, Kind = ParameterKind.Search, Example = example, MaxLength = 4 * SearchText.MaxLength };

    /// <summary>One slug.</summary>
    public static Parameter Slug(string name, string description, string? example = null) =>
        new() { Name = name, Description = description, Kind = ParameterKind.Slug, Example = example };

    /// <summary>At most fifty slugs, any of; <paramref name="allOf"/> names the parameter that means all of.</summary>
    public static Parameter Slugs(string name, string description, string? example = null, string? allOf = null) =>
        new() { Name = name, Description = description, Kind = ParameterKind.Slugs, Example = example, AllOf = allOf, MaxItems = 50 };

    /// <summary>One of a closed list.</summary>
    public static Parameter Choice(string name, string description, IReadOnlyList<string> allowed, string? @default = null, string? example = null) =>
        new() { Name = name, Description = description, Kind = ParameterKind.Choice, Allowed = allowed, Default = @default, Example = example };

    /// <summary>Some of a closed list.</summary>
    public static Parameter Choices(string name, string description, IReadOnlyList<string> allowed, string? example = null) =>
        new() { Name = name, Description = description, Kind = ParameterKind.Choices, Allowed = allowed, Example = example, MaxItems = allowed.Count };

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public static Parameter Number(string name, string description, int min, int max, int? @default = null, string? example = null) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Number,
            Min = min,
            Max = max,
            Default = @default?.ToString(CultureInfo.InvariantCulture),
            Example = example,
        };

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static Parameter Flag(string name, string description, string? example = null) =>
        new() { Name = name, Description = description, Kind = ParameterKind.Flag, Allowed = ["true", "false"], Example = example };

    /// <summary>A day or an instant.</summary>
    public static Parameter Date(string name, string description, string? example = null) =>
        new() { Name = name, Description = description, Kind = ParameterKind.Date, Example = example };

    /// <summary>A year from 1000 to 9999.</summary>
    public static Parameter Year(string name, string description, string? example = null) =>
        new() { Name = name, Description = description, Kind = ParameterKind.Year, Min = 1000, Max = 9999, Example = example };

    /// <summary>A language range such as <c>en</c>, which matches <c>en-US</c> too.</summary>
    public static Parameter Language(string name, string description, string? example = null) =>
        new() { Name = name, Description = description, Kind = ParameterKind.Language, Example = example };
}

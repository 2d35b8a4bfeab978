using System.Globalization;

namespace Api.Http.Parameters;

/// <summary>A query parameter, declared once for parsing, problems and the OpenAPI document.</summary>
internal sealed record Parameter
{
    /// <summary>Name in the query, case-sensitive.</summary>
    public required string Name { get; init; }

    /// <summary>A sentence for developers. The OpenAPI document adds allowed values, bounds and default.</summary>
    public required string Description { get; init; }

    /// <summary>How its text is parsed.</summary>
    public required ParameterKind Kind { get; init; }

    /// <summary>
    /// The allowed values of <see cref="ParameterKind.Choice"/> and <see cref="ParameterKind.Choices"/>; otherwise empty.
    /// </summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The value that applies when the parameter is omitted, as text; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>A value that works with the demo content; null for none.</summary>
    public string? Example { get; init; }

    /// <summary>Whether a request without it is a problem.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// Whether Swagger UI fills in <see cref="Example"/>. Rarely true: all prefilled values together must yield a result.
    /// </summary>
    public bool Prefilled { get; init; }

    /// <summary>The smallest <see cref="ParameterKind.Number"/>.</summary>
    public int Min { get; init; }

    /// <summary>The largest <see cref="ParameterKind.Number"/>.</summary>
    public int Max { get; init; } = int.MaxValue;

    /// <summary>Maximum length of one value, in UTF-8 bytes.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>
    /// Maximum length of a comma list, commas included, in UTF-8 bytes; null where <see cref="MaxLength"/> and <see cref="MaxItems"/>
    /// suffice.
    /// </summary>
    public int? MaxTotal { get; init; }

    /// <summary>Maximum number of values in a comma list.</summary>
    public int MaxItems { get; init; } = 1;

    /// <summary>The parameter that means "all of" where this one means "any of"; null for none.</summary>
    public string? AllOf { get; init; }

    /// <summary>Whether the order of the values is significant; a cursor is then bound to it.</summary>
    public bool Ordered { get; init; }

    /// <summary>Whether it selects the order of a list. The default order may depend on a filter.</summary>
    public bool IsSort { get; init; }

    /// <summary>
    /// Whether it selects how much of a list is shown, not which list. It may then change while a client follows cursors.
    /// </summary>
    public bool View { get; init; }

    /// <summary>Whether it concerns a single answer: links omit it, and the answer is sent with <c>no-store</c>.</summary>
    public bool Once { get; init; }

    /// <summary>Whether it takes a key, which no link and no form can send.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>Whether its default value differs from omitting it: the value then stays in links and in the key of the answer.</summary>
    public bool MeansMoreThanNothing { get; init; }

    /// <summary>The contract that <see cref="ParameterKind.Fields"/> selects from.</summary>
    public Type? Contract { get; init; }

    /// <summary>The contract that names after <c>included.</c> select from; null where there is none.</summary>
    public Type? IncludedContract { get; init; }

    /// <summary>True when a comma separates values.</summary>
    public bool IsList => Kind is ParameterKind.Slugs or ParameterKind.Choices or ParameterKind.Fields;

    /// <summary>Free text of at most <paramref name="maxLength"/> bytes.</summary>
    public static Parameter Text(string name, string description, string? example = null, int maxLength = 200) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Text,
            Example = example,
            MaxLength = maxLength,
        };

    /// <summary>A search.</summary>
    public static Parameter Search(string name, string description, string? example = null) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Search,
            Example = example,
            MaxLength = 4 * SearchText.MaxLength,
        };

    /// <summary>One slug.</summary>
    public static Parameter Slug(string name, string description, string? example = null) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Slug,
            Example = example,
        };

    /// <summary>At most fifty slugs, meaning "any of"; <paramref name="allOf"/> names the parameter that means "all of".</summary>
    public static Parameter Slugs(string name, string description, string? example = null, string? allOf = null) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Slugs,
            Example = example,
            AllOf = allOf,
            MaxItems = 50,
        };

    /// <summary>One of the allowed values.</summary>
    public static Parameter Choice(
        string name,
        string description,
        IReadOnlyList<string> allowed,
        string? @default = null,
        string? example = null
    ) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Choice,
            Allowed = allowed,
            Default = @default,
            Example = example,
        };

    /// <summary>Some of the allowed values.</summary>
    public static Parameter Choices(string name, string description, IReadOnlyList<string> allowed, string? example = null) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Choices,
            Allowed = allowed,
            Example = example,
            MaxItems = allowed.Count,
        };

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
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Flag,
            Allowed = ["true", "false"],
            Example = example,
        };

    /// <summary>A day or an instant.</summary>
    public static Parameter Date(string name, string description, string? example = null) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Date,
            Example = example,
        };

    /// <summary>An instant.</summary>
    public static Parameter Instant(string name, string description) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Instant,
        };

    /// <summary>A year from 1000 to 9999.</summary>
    public static Parameter Year(string name, string description, string? example = null) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Year,
            Min = 1000,
            Max = 9999,
            Example = example,
        };

    /// <summary>A language range such as <c>en</c>, which also matches <c>en-US</c>.</summary>
    public static Parameter Language(string name, string description, string? example = null) =>
        new()
        {
            Name = name,
            Description = description,
            Kind = ParameterKind.Language,
            Example = example,
        };
}

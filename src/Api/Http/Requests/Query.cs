using System.Globalization;
using Api.Collation;
using Api.Http.Errors;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Site;

namespace Api.Http.Requests;

/// <summary>
/// The query of a request, parsed against the parameters its endpoint declares. The first error becomes <see cref="Problem"/>; after that
/// every value is absent, so that a handler can read on and return the problem once, at the end.
/// </summary>
internal sealed class Query
{
    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);
    private readonly List<(Parameter Parameter, IReadOnlyList<string> Values, int Place)> arguments = [];

    private readonly Format format;
    private readonly IReadOnlyList<Parameter> declared;
    private string? kept;
    private string? whole;

    private Query(string path, Format format, IReadOnlyList<Parameter> declared, DateTime now) =>
        (Path, this.format, this.declared, Now) = (path, format, declared, now);

    /// <summary>The first error in the request; null for none.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Path of the endpoint with its route values, percent-encoded, without a suffix.</summary>
    public string Path { get; }

    /// <summary><see cref="Path"/> with the suffix of the format, which is empty for JSON: the address of this answer.</summary>
    public string Address => Path + this.format.Suffix;

    /// <summary>When the request arrived (UTC), or the moment a preview shows.</summary>
    public DateTime Now { get; private set; }

    /// <summary>Who sees the list, where readers see different ones at the same address; a cursor is bound to it.</summary>
    public string? Audience { get; set; }

    /// <summary>The order of titles and names; a cursor of a list in this order is bound to it.</summary>
    public string TextOrder { get; private init; } = "";

    /// <summary>Whether the query has a parameter of previews, valid or not, where the endpoint takes them.</summary>
    public bool AsksForPreview { get; private set; }

    /// <summary>Path and filters in canonical form, defaults omitted. Together with the sort, a cursor is bound to it.</summary>
    public string Canonical =>
        string.Join(
            '\n',
            arguments
                .Where(given => !given.Parameter.View && !given.Parameter.IsSort && !IsDefault(given.Parameter, given.Values))
                .Select(given => $"{given.Parameter.Name}={string.Join(',', Spelled(given.Parameter, given.Values))}")
                .Order(StringComparer.Ordinal)
                .Prepend(Audience is null ? Path : $"{Path} {Audience}")
        );

    /// <summary>Parses the query of a request against the parameters of its endpoint.</summary>
    public static Query Read(HttpContext http)
    {
        var services = http.RequestServices;
        return Parse(
            http.Request.QueryString.Value ?? "",
            RoutePath.Of(http),
            http.GetEndpoint()?.Metadata.GetMetadata<ParameterSet>()?.Parameters ?? [],
            services.GetRequiredService<SiteCalendar>(),
            services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
            Format.Of(http),
            services.GetRequiredService<TitleOrder>().Mark
        );
    }

    /// <summary>Parses a query string. Pure.</summary>
    public static Query Parse(
        string text,
        string path,
        IReadOnlyList<Parameter> declared,
        SiteCalendar calendar,
        DateTime now,
        Format? format = null,
        string textOrder = ""
    )
    {
        var query = new Query(path, format ?? Format.Json, declared, now) { TextOrder = textOrder };
        if (RawQuery.KeyIn(text) is { } holder)
        {
            query.Fail(QueryProblems.KeyInAddress(holder, Names(declared)));
            return query;
        }
        query.AsksForPreview = PreviewQuery.IsIn(text, declared);
        foreach (var (rawName, rawValue) in RawQuery.Split(text))
        {
            if (query.ReadPair(rawName, rawValue, declared, calendar) is not { } problem)
                continue;
            query.Fail(problem);
            break;
        }
        if (declared.FirstOrDefault(parameter => parameter.Required && !query.Has(parameter)) is { } missing)
            query.Fail(QueryProblems.MissingParameter(missing));
        if (query.Fields is not null && query.Includes("body"))
            query.Fail(QueryProblems.ConflictingParameters("fields", "include", "Name bodyHtml or bodyText in fields instead."));
        else if (query.Fields?.Included?.Names.FirstOrDefault(list => !query.Includes(list)) is { } unasked)
            query.Fail(
                QueryProblems.NotIncluded(unasked, declared.FirstOrDefault(parameter => parameter.Name == "include")?.Allowed ?? [])
            );
        if (query.AsksForPreview && PreviewQuery.Problem(query) is { } wrong)
            query.Fail(wrong);
        query.Now = PreviewQuery.ClockOf(query) ?? now;
        return query;
    }

    /// <summary>True when the client gave the parameter, even with its default value.</summary>
    public bool Has(Parameter parameter) => this.values.ContainsKey(parameter.Name);

    /// <summary>The value as text (NFC); null when omitted.</summary>
    public string? Text(Parameter parameter) => Find<string>(parameter);

    /// <summary>The search; null when omitted.</summary>
    public SearchText? Search(Parameter parameter) => Find<SearchText>(parameter);

    /// <summary>The distinct values of a comma list, in the order given; empty when omitted.</summary>
    public IReadOnlyList<string> Values(Parameter parameter) => Find<IReadOnlyList<string>>(parameter) ?? [];

    /// <summary>One of the allowed values; when omitted the default, or null without one.</summary>
    public string? Choice(Parameter parameter) => Find<string>(parameter) ?? parameter.Default;

    /// <summary>Some of the allowed values; empty when omitted.</summary>
    public IReadOnlyList<string> Choices(Parameter parameter) => Values(parameter);

    /// <summary>A number within the bounds; when omitted the default, or null without one.</summary>
    public int? Number(Parameter parameter) =>
        this.values.TryGetValue(parameter.Name, out var value) ? (int)value
        : Declared(parameter).Default is { } text ? int.Parse(text, CultureInfo.InvariantCulture)
        : null;

    /// <summary>True or false; null when omitted.</summary>
    public bool? Flag(Parameter parameter) => this.values.TryGetValue(parameter.Name, out var value) ? (bool)value : null;

    /// <summary>An inclusive lower bound: the first instant (UTC) of the day, or the instant itself; null when omitted.</summary>
    public DateTime? From(Parameter parameter) => Bounds(parameter)?.From;

    /// <summary>
    /// An exclusive upper bound: the first instant (UTC) after the day, or a microsecond after the instant; null when omitted.
    /// </summary>
    public DateTime? Before(Parameter parameter) => Bounds(parameter)?.Before;

    /// <summary>The day a bound is given as; null when it is an instant or omitted.</summary>
    public DateOnly? Day(Parameter parameter) =>
        Has(parameter)
        && DateOnly.TryParseExact(
            arguments.First(given => given.Parameter.Name == parameter.Name).Values[0],
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    /// <summary>The bounds (UTC) of a year: an inclusive start and an exclusive end; null when omitted.</summary>
    public (DateTime From, DateTime Before)? Year(Parameter parameter) => Bounds(parameter);

    /// <summary>The sequence up to which the answer must reflect changes; null for no requirement.</summary>
    public int? MinSequence => Number(ListParameters.MinSequence);

    /// <summary>Seconds to wait for a change; null not to wait.</summary>
    public int? Wait => Number(ListParameters.Wait);

    /// <summary>Whether the answer is valid for this request only.</summary>
    public bool IsOnce => arguments.Any(given => given.Parameter.Once);

    /// <summary>True when <c>include</c> names <paramref name="what"/>.</summary>
    public bool Includes(string what) => this.values.TryGetValue("include", out var value) && ((IReadOnlyList<string>)value).Contains(what);

    /// <summary>True when <c>include</c> names related data, which is anything but <c>body</c>.</summary>
    public bool IncludesRelated =>
        this.values.TryGetValue("include", out var value) && ((IReadOnlyList<string>)value).Any(what => what != "body");

    /// <summary>The members that <c>fields</c> names; null when omitted.</summary>
    public FieldSelection? Fields =>
        arguments.Find(given => given.Parameter.Kind == ParameterKind.Fields).Parameter is { } fields ? Find<FieldSelection>(fields) : null;

    /// <summary>True when a list must load the texts that lists otherwise omit.</summary>
    public bool WantsBody => this.format.CarriesBody || Includes("body") || Fields is { SelectsBody: true };

    /// <summary>Records a problem. Only the first one is kept.</summary>
    public void Fail(Problem problem)
    {
        Problem ??= problem;
        this.values.Clear();
    }

    /// <summary>Sets a parameter that the request omitted, as if the client had given it: links and cursors then include it.</summary>
    public void Assume(Parameter parameter, string text, SiteCalendar calendar)
    {
        if (Problem is null && ReadPair(parameter.Name, Uri.EscapeDataString(text), this.declared, calendar) is { } problem)
            Fail(problem);
    }

    /// <summary>
    /// The query string of this request with other paging: the given parameters, then <paramref name="paging"/>; with its question mark, or
    /// empty.
    /// </summary>
    /// <remarks>
    /// The canonical form, the same for all equivalent requests: parameters in the order of declaration, values sorted where their order is
    /// not significant, defaults omitted.
    /// </remarks>
    public string With(params (string Name, string Value)[] paging)
    {
        var text = kept ??= string.Join(
            '&',
            arguments
                .Where(given =>
                    given.Parameter is { Once: false, Name: not ("page" or "cursor") }
                    && (given.Parameter.MeansMoreThanNothing || !IsDefault(given.Parameter, given.Values))
                )
                .OrderBy(given => given.Place)
                .Select(given =>
                    $"{given.Parameter.Name}={string.Join(',', Spelled(given.Parameter, given.Values).Select(Uri.EscapeDataString))}"
                )
        );
        foreach (var (name, value) in paging)
            text = $"{text}{(text.Length > 0 ? "&" : "")}{name}={Uri.EscapeDataString(value)}";
        return text.Length > 0 ? "?" + text : "";
    }

    /// <summary>The query string of this request with one parameter replaced, at the end.</summary>
    public string With(Parameter parameter, string value)
    {
        var others = new Query(Path, this.format, this.declared, Now);
        others.arguments.AddRange(arguments.Where(given => given.Parameter != parameter));
        return others.With((parameter.Name, value));
    }

    /// <summary>The query string of this request without tracking parameters; with its question mark, or empty.</summary>
    public string QueryString =>
        whole ??= With([
            .. arguments
                .Where(given => given.Parameter.Name is "page" or "cursor")
                .Select(given => (given.Parameter.Name, given.Values[0])),
        ]);

    private Problem? ReadPair(string rawName, string rawValue, IReadOnlyList<Parameter> declared, SiteCalendar calendar)
    {
        if (!RawQuery.TryDecode(rawName, out var name))
            return QueryProblems.MalformedQuery(rawName, null);
        var isText = RawQuery.TryDecode(rawValue, out var text);
        if (PlaceOf(declared, name) is not { } place)
            return Unknown(name, declared);
        var parameter = declared[place];
        if (Has(parameter))
            return QueryProblems.RepeatedParameter(parameter);
        if (!isText)
            return QueryProblems.MalformedQuery(name, parameter);
        if (string.IsNullOrWhiteSpace(text))
            return QueryProblems.EmptyParameter(parameter);
        if (ParameterReader.Read(parameter, text, calendar) is var (value, values, problem) && problem is not null)
            return problem;
        this.values[name] = value!;
        arguments.Add((parameter, values, place));
        (kept, whole) = (null, null);
        return null;
    }

    private static string[] Names(IReadOnlyList<Parameter> declared) => [.. declared.Select(candidate => candidate.Name)];

    private static Problem Unknown(string name, IReadOnlyList<Parameter> declared)
    {
        var names = Names(declared);
        return BracketName.Meant(name, declared) is { } meant
            ? QueryProblems.BracketedParameter(name, meant, names)
            : QueryProblems.UnknownParameter(name, names);
    }

    // The default may differ by format.
    private Parameter Declared(Parameter parameter) =>
        PlaceOf(this.declared, parameter.Name) is { } place ? this.declared[place] : parameter;

    private static int? PlaceOf(IReadOnlyList<Parameter> declared, string name)
    {
        for (var n = 0; n < declared.Count; n++)
            if (declared[n].Name == name)
                return n;
        return null;
    }

    private static IEnumerable<string> Spelled(Parameter parameter, IReadOnlyList<string> values) =>
        parameter.Ordered ? values : values.Order(StringComparer.Ordinal);

    // The default sort may depend on a filter.
    private static bool IsDefault(Parameter parameter, IReadOnlyList<string> values) =>
        !parameter.IsSort && values is [var only] && only == parameter.Default;

    private (DateTime From, DateTime Before)? Bounds(Parameter parameter) =>
        this.values.TryGetValue(parameter.Name, out var value) ? ((DateTime, DateTime))value : null;

    private T? Find<T>(Parameter parameter)
        where T : class => this.values.TryGetValue(parameter.Name, out var value) ? (T)value : null;
}

using System.Globalization;
using System.Text.Json;
using Api.Http.Errors;

namespace Api.Import.Lines.Values;

/// <summary>
/// Reads the members of one JSON object. A problem is recorded with the name of its member and reading continues, so that all problems of a
/// line are reported at once; a method with a problem returns the default.
/// </summary>
/// <param name="json">The object.</param>
/// <param name="path">Prefix of member names in messages: empty for the line itself, else such as <c>image.</c>.</param>
/// <param name="problems">Receives the problems.</param>
/// <param name="isLenient">Whether unknown members are accepted.</param>
internal sealed class ObjectReader(JsonElement json, string path, LineProblems problems, bool isLenient)
{
    private readonly HashSet<string> known = [];

    /// <summary>Records a problem of a member.</summary>
    /// <param name="member">The name of the member.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="most">The maximum number of characters or values, if it was exceeded; else null.</param>
    public void Reject(string member, string problem, int? most = null) => problems.Add($"{path}{member}", problem, most);

    /// <summary>True when the member is present, even as null.</summary>
    public bool Has(string member) => json.TryGetProperty(member, out _);

    /// <summary>The member's value; null when it is left out or null.</summary>
    public JsonElement? Value(string member)
    {
        known.Add(member);
        return json.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary>A text of one line, with white space collapsed; null when left out or blank.</summary>
    public string? Line(string member, int max = LineLimits.Line) => Line(member, Value(member), max);

    /// <summary>A text of one line, with white space collapsed; left out or blank is a problem.</summary>
    public string RequiredLine(string member, int max = LineLimits.Line)
    {
        var before = problems.Count;
        var text = Line(member, max);
        if (text is null && problems.Count == before)
            Reject(member, "is required");
        return text ?? "";
    }

    /// <summary>A text of several lines, trimmed; empty when left out.</summary>
    public string Text(string member, int max)
    {
        var text = Value(member) is { } value ? TextRules.Read(value, out var problem) ?? Rejected(member, problem) : "";
        return Bounded(member, text.Trim(), max) ?? "";
    }

    /// <summary>One of a set of words; the default when left out.</summary>
    public string Word(string member, string usual, params ReadOnlySpan<string> allowed)
    {
        var word = Line(member);
        if (word is null || allowed.Contains(word))
            return word ?? usual;
        var nearest = Nearest.Of(word, allowed.ToArray(), 1);
        var hint = nearest.Count > 0 ? $"; did you mean \"{nearest[0]}\"?" : "";
        Reject(member, $"\"{TextRules.Short(word)}\" is none of {string.Join(", ", allowed!)}{hint}");
        return usual;
    }

    public bool Flag(string member, bool usual = false)
    {
        if (Value(member) is not { } value)
            return usual;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Reject(member, "has to be true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A whole number; null when left out.</summary>
    public long? Number(string member, long least, long most)
    {
        if (Value(member) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        Reject(member, string.Create(CultureInfo.InvariantCulture, $"has to be a whole number from {least} to {most}"));
        return null;
    }

    /// <summary>An instant (RFC 3339) in UTC; null when left out.</summary>
    public DateTime? Instant(string member) => Checked(member, Line(member), ValueRules.Instant, ValueRules.InstantShape);

    /// <summary>A day (RFC 3339 full-date); null when left out.</summary>
    public DateOnly? Day(string member) => Checked(member, Line(member), ValueRules.Day, ValueRules.DayShape);

    /// <summary>An absolute http or https URL, as a URI; null when left out.</summary>
    public string? Url(string member) =>
        Checked(member, Text(member, int.MaxValue) is { Length: > 0 } text ? text : null, ValueRules.Url, ValueRules.UrlShape);

    /// <summary>An absolute http or https URL, as a URI; left out or blank is a problem.</summary>
    public string RequiredUrl(string member)
    {
        var before = problems.Count;
        var url = Url(member);
        if (url is null && problems.Count == before)
            Reject(member, "is required");
        return url ?? "";
    }

    /// <summary>A language tag (BCP 47); the default when left out.</summary>
    public string Language(string member, string usual) =>
        Checked(member, Line(member), ValueRules.Language, ValueRules.LanguageShape) ?? usual;

    /// <summary>A text of one line that a rule of <see cref="ValueRules"/> accepts; null when left out.</summary>
    public string? Ruled(string member, Func<string, string?> rule, string shape) => Checked(member, Line(member), rule, shape);

    /// <summary>A nested object; null when left out.</summary>
    public ObjectReader? Object(string member)
    {
        if (Value(member) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new(value, $"{path}{member}.", problems, isLenient);
        Reject(member, "has to be an object");
        return null;
    }

    /// <summary>The elements of an array, each with its name for messages; none when left out.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Array(string member, int max)
    {
        if (Value(member) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            Reject(member, "has to be an array");
        else if (value.GetArrayLength() > max)
            Reject(
                member,
                string.Create(CultureInfo.InvariantCulture, $"holds {value.GetArrayLength()} values; at most {max} are taken"),
                max
            );
        else
            return value.EnumerateArray().Select((element, index) => ($"{member}[{index}]", element));
        return [];
    }

    /// <summary>The objects of an array; any other element is a problem.</summary>
    public IEnumerable<ObjectReader> Objects(string member, int max)
    {
        foreach (var (name, value) in Array(member, max))
        {
            if (value.ValueKind == JsonValueKind.Object)
                yield return new(value, $"{path}{name}.", problems, isLenient);
            else
                Reject(name, "has to be an object");
        }
    }

    /// <summary>Reads another object into the same list of problems.</summary>
    public ObjectReader Within(string name, JsonElement value) => new(value, $"{path}{name}.", problems, isLenient);

    /// <summary>Records members that were never read, with the most similar known name.</summary>
    /// <param name="computed">Members that are ignored because the API computes them.</param>
    public void Finish(params ReadOnlySpan<string> computed)
    {
        if (isLenient)
            return;
        foreach (var member in json.EnumerateObject())
        {
            var name = TextRules.Name(member);
            if (known.Contains(name) || computed.Contains(name))
                continue;
            var nearest = Nearest.Of(name, [.. known], 1);
            Reject(TextRules.Short(name), "is not known here" + (nearest.Count > 0 ? $"; did you mean \"{nearest[0]}\"?" : ""));
        }
    }

    /// <summary>A text of one line, from a value that was read elsewhere.</summary>
    public string? Line(string name, JsonElement? value, int max = LineLimits.Line)
    {
        if (value is not { } given)
            return null;
        var text = TextRules.Read(given, out var problem) ?? Rejected(name, problem);
        return Bounded(name, TextRules.Collapse(text), max) is { Length: > 0 } line ? line : null;
    }

    private string Rejected(string name, string? problem)
    {
        Reject(name, problem!);
        return "";
    }

    private string? Bounded(string name, string text, int max)
    {
        if (text.Length <= max)
            return text;
        Reject(name, string.Create(CultureInfo.InvariantCulture, $"has {text.Length} characters; at most {max} are taken"), max);
        return null;
    }

    private T? Checked<T>(string member, string? text, Func<string, T?> rule, string shape)
        where T : struct
    {
        var value = text is null ? null : rule(text);
        if (text is not null && value is null)
            Reject(member, $"\"{TextRules.Short(text)}\" is not {shape}");
        return value;
    }

    private string? Checked(string member, string? text, Func<string, string?> rule, string shape)
    {
        var value = text is null ? null : rule(text);
        if (text is not null && value is null)
            Reject(member, $"\"{TextRules.Short(text)}\" is not {shape}");
        return value;
    }
}

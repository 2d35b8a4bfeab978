using Api.Http.Parameters;

namespace Api.Http.Errors;

/// <summary>Parts of the details of problems.</summary>
internal static class ProblemText
{
    /// <summary>Input as it is repeated in a detail.</summary>
    // It is repeated in a JSON string only, never in a header, so limiting its length is enough.
    public static string Show(string text) =>
        text.Length <= 80 ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[79]) ? 79 : 80), "…");

    /// <summary>How the values of a parameter are written.</summary>
    public static string HowToWrite(Parameter parameter) =>
        (parameter.IsList, parameter.AllOf) switch
        {
            (true, { } allOf) => $"Write {parameter.Name}=a,b for any of them, or {allOf}=a,b for all of them.",
            (true, null) => $"Write its values with a comma: {parameter.Name}=a,b.",
            _ => $"'{parameter.Name}' takes one value{(parameter.Example is { } example ? $": {parameter.Name}={example}" : "")}.",
        };

    /// <summary>True for a list in another style: OpenAPI's pipeDelimited and spaceDelimited, semicolons, and JSON.</summary>
    public static bool IsSplitOtherwise(Parameter parameter, string value) => parameter.IsList && value.AsSpan().IndexOfAny("| ;[") >= 0;

    /// <summary>The end of a sentence that suggests the nearest candidate, if one is near.</summary>
    public static string DidYouMean(string value, IReadOnlyList<string> candidates) => DidYouMean(Nearest.Of(value, candidates, 1));

    /// <inheritdoc cref="DidYouMean(string, IReadOnlyList{string})"/>
    public static string DidYouMean(IReadOnlyList<string> nearest) => nearest.Count == 0 ? "." : $": did you mean '{nearest[0]}'?";

    /// <summary>A sentence with the allowed names or values.</summary>
    public static string AllowedText(IReadOnlyList<string> allowed) =>
        allowed.Count == 0 ? "None is taken." : $"Allowed: {string.Join(", ", allowed)}.";

    /// <summary>A sentence with the allowed values of a parameter, after a space; empty if any value is allowed.</summary>
    public static string AllowedSuffix(Parameter parameter) =>
        parameter.Allowed.Count == 0 ? "" : $" Allowed: {string.Join(", ", parameter.Allowed)}.";
}

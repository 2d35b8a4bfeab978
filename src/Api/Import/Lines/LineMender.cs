using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Contracts.Text;
using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>
/// Reads lines of a move, in which one invalid value must not stop the rest: values that are too long are cut, invalid values are left out,
/// and both are reported. A line is rejected only if a value is missing without which the item cannot exist (a start, an address).
/// </summary>
internal static partial class LineMender
{
    // Each round finds problems that the one before uncovered: an invalid URL is left out, then the file without a URL.
    private const int Rounds = 8;

    /// <summary>Reads a line and records the changes in <see cref="ParsedLine.Mended"/>. Thread-safe.</summary>
    public static ParsedLine Parse(ImportLine line, LineScope scope)
    {
        var mended = new List<string>();
        var parsed = LineParser.Parse(line, scope);
        for (var round = 0; parsed.Problems.Count > 0 && round < Rounds; round++)
        {
            if (Mend(line, parsed.Problems, mended) is not { } better)
                break;
            line = better;
            parsed = LineParser.Parse(line, scope);
        }
        if (parsed.Problems.Count == 0)
            parsed.Mended.AddRange(mended);
        return parsed;
    }

    private static ImportLine? Mend(ImportLine line, LineProblems problems, List<string> mended)
    {
        try
        {
            if (problems.Places.Count == 0 || JsonNode.Parse(line.Json.Span) is not JsonObject json)
                return null;
            foreach (var problem in problems.Places)
                if (Mend(json, problem) is { } done)
                    mended.Add($"{problem.Member}: {problem.Reason}: {done}");
                else
                    return null;
            Compact(json);
            return line with { Json = ImportLine.Of(line.Number, json).Json };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // Broken Unicode, which JSON of our own never holds.
        }
    }

    /// <returns>A description of the change; null when the problem cannot be solved.</returns>
    private static string? Mend(JsonObject json, LineProblem problem)
    {
        var (owner, node, name) = Find(json, problem.Member);
        if (owner is null)
            // It was removed together with another invalid value.
            return name.Length == 0 ? "left out" : null;
        if (node is null)
            return Missing(json, owner, name);
        if (node is JsonValue && node.GetValueKind() == JsonValueKind.String && Text(node.GetValue<string>(), problem) is { } text)
            return Replace(node, text, text.Length < problem.Most + 1 ? "cut" : "put right");
        if (node is JsonArray list && problem.Most is { } most && list.Count > most)
        {
            while (list.Count > most)
                list.RemoveAt(list.Count - 1);
            return "cut";
        }
        Remove(node);
        return "left out";
    }

    /// <returns>A valid replacement text; null when there is none.</returns>
    private static string? Text(string text, LineProblem problem)
    {
        var clean = string.Concat(text.Where(c => c is >= ' ' or '\t' or '\n' or '\r' or '\f' && c is not ('\uFFFE' or '\uFFFF')));
        if (clean != text)
            return clean;
        if (problem.Most is { } most && text.Length > most)
            return Cut(text, most);
        if (problem.Member == "from" && WebAddress.OfPath(text) is var path && path != text)
            return path;
        if (
            problem.Member.EndsWith("Html", StringComparison.Ordinal)
            && (Wrappers().Replace(text, "") is var flat && flat != text || Tags().Replace(text, " ") is var bare && (flat = bare) != text)
        )
            return flat;
        return null;
    }

    // A required member that is missing at the top level gets a substitute, or the line is rejected; a nested object without a required
    // member is removed.
    private static string? Missing(JsonObject json, JsonNode owner, string name)
    {
        if (owner != json)
        {
            Remove(owner);
            return "left out";
        }
        switch (name)
        {
            case "title" or "name" or "label" when (string?)json["slug"] is { Length: > 0 } slug:
                json[name] = slug;
                return "named after its address";
            case "publishedAt" or "embargoUntil":
                json["publicationStatus"] = "draft";
                return "kept as a draft";
            default:
                return null;
        }
    }

    /// <returns>
    /// The object or array around a member, the value, and its name. Without owner and name: the parent was removed. Without owner, with a
    /// name: the path is invalid.
    /// </returns>
    private static (JsonNode? Owner, JsonNode? Node, string Name) Find(JsonObject json, string member)
    {
        if (!Path().IsMatch(member))
            return (null, null, member);
        JsonNode? owner = null,
            node = json;
        var name = "";
        foreach (Match step in Step().Matches(member))
        {
            owner = node;
            name = step.Value;
            if (owner is JsonObject members)
                node = members[name];
            else if (owner is JsonArray list && int.TryParse(step.Groups[1].ValueSpan, out var index))
                node = index < list.Count ? list[index] : null;
            else
                return (null, null, "");
        }
        return (owner, node, name);
    }

    private static void Remove(JsonNode node)
    {
        if (node.Parent is JsonArray list)
            // Removed elements become null first, so that the indexes of the others stay valid.
            list[list.IndexOf(node)] = null;
        else if (node.Parent is JsonObject members)
            members.Remove(node.GetPropertyName());
    }

    private static void Compact(JsonNode node)
    {
        if (node is JsonArray list)
            for (var i = list.Count - 1; i >= 0; i--)
                if (list[i] is { } below)
                    Compact(below);
                else
                    list.RemoveAt(i);
        else if (node is JsonObject members)
            foreach (var (_, below) in members)
                if (below is not null)
                    Compact(below);
    }

    private static string Replace(JsonNode node, string text, string what)
    {
        node.ReplaceWith(JsonValue.Create(text));
        return what;
    }

    private static string Cut(string text, int most)
    {
        var end = text.LastIndexOf(' ', most - 2) is var space && space > most / 2 ? space : most - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*|\[[0-9]+\])*\z")]
    private static partial Regex Path();

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9]*|(?<=\[)([0-9]+)(?=\])")]
    private static partial Regex Step();

    [GeneratedRegex("</?(?:div|span|section|article|aside|main|font|center|small|big|b|i|u|blockquote)\\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Wrappers();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}

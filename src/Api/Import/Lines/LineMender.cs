using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Contracts.Text;
using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>
/// Reads lines of a move, where one bad value must not stop the rest: what is too long is cut, what cannot be kept is left out, and both are told. Only a line without
/// what makes it one (a start, an address) stays rejected.
/// </summary>
internal static partial class LineMender
{
    // Each round finds what the one before uncovered: an address that is left out, then the file without an address.
    private const int Rounds = 8;

    /// <summary>Reads a line; what was changed is in <see cref="ParsedLine.Mended"/>. Safe on any thread.</summary>
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

    /// <returns>What was done; null when nothing can be.</returns>
    private static string? Mend(JsonObject json, LineProblem problem)
    {
        var (owner, node, name) = Find(json, problem.Member);
        if (owner is null)
            // It went with something else that was wrong.
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

    /// <returns>A text that may be taken instead; null when there is none.</returns>
    private static string? Text(string text, LineProblem problem)
    {
        var clean = string.Concat(text.Where(c => c is >= ' ' or '\t' or '\n' or '\r' or '\f' && c is not ('\uFFFE' or '\uFFFF')));
        if (clean != text)
            return clean;
        if (problem.Most is { } most && text.Length > most)
            return Cut(text, most);
        if (problem.Member == "from" && WebAddress.OfPath(text) is var path && path != text)
            return path;
        if (problem.Member.EndsWith("Html", StringComparison.Ordinal) && (Wrappers().Replace(text, "") is var flat && flat != text || Tags().Replace(text, " ") is var bare && (flat = bare) != text))
            return flat;
        return null;
    }

    // What is required and missing at the top has a stand-in, or the line cannot be; further down its object goes.
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

    /// <returns>The object or array around a place, the value there, and its name. No owner and no name: what is above it is gone; no owner and a name: it is no place.</returns>
    private static (JsonNode? Owner, JsonNode? Node, string Name) Find(JsonObject json, string member)
    {
        if (!Path().IsMatch(member))
            return (null, null, member);
        JsonNode? owner = null, node = json;
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
            // The others keep their places until all is done.
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

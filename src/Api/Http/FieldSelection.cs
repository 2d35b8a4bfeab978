using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Api.Contracts;

namespace Api.Http;

/// <summary>The members that <c>fields</c> names: a tree of names, in which a name without names below it means all of it.</summary>
internal sealed class FieldSelection
{
    private static readonly string[] Kept = ["resource", "id", "slug"];
    private readonly Dictionary<string, FieldSelection> _below = new(StringComparer.Ordinal);

    /// <summary>True when a member is named that lists otherwise leave out.</summary>
    public bool SelectsBody { get; private set; }

    /// <summary>True when all of it is named.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>True when the member, or something in it, is to be answered.</summary>
    public bool Selects(string member) => IsWhole || _below.ContainsKey(member);

    /// <summary>What is named of a member; null when nothing is.</summary>
    public FieldSelection? Below(string member) => _below.GetValueOrDefault(member);

    /// <summary>The names that <c>fields</c> may start with.</summary>
    public static IEnumerable<string> NamesOf(Type contract) => MembersOf(contract).Select(member => member.Name);

    /// <summary>Reads <c>title</c>, <c>experts.name</c> … against the parameter's contract; null with a problem for a member that it does not have.</summary>
    public static FieldSelection? Read(Parameter parameter, IReadOnlyList<string> paths, out Problem? problem)
    {
        var root = new FieldSelection();
        var contract = parameter.Contract ?? throw new InvalidOperationException($"The parameter {parameter.Name} has no contract.");
        foreach (var kept in Kept.Where(kept => MembersOf(contract).Any(member => member.Name == kept))) root.Add(kept).IsWhole = true;
        foreach (var path in paths)
        {
            problem = root.AddPath(parameter, path, contract);
            if (problem is not null) return null;
        }
        problem = null;
        return root;
    }

    /// <summary>Copies JSON, an object or an array of them, without what is not named: one pass from reader to writer.</summary>
    public void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            writer.WriteStartArray();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Copy(ref reader, writer);
            writer.WriteEndArray();
        }
        else if (reader.TokenType != JsonTokenType.StartObject || IsWhole) CopyWhole(ref reader, writer);
        else
        {
            writer.WriteStartObject();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject) CopyMember(ref reader, writer);
            writer.WriteEndObject();
        }
    }

    private void CopyMember(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        var name = reader.GetString()!;
        reader.Read();
        if (_below.TryGetValue(name, out var below))
        {
            writer.WritePropertyName(name);
            below.Copy(ref reader, writer);
        }
        else reader.Skip();
    }

    private static void CopyWhole(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        value.RootElement.WriteTo(writer);
    }

    private FieldSelection Add(string name)
    {
        if (!_below.TryGetValue(name, out var below)) _below[name] = below = new FieldSelection();
        return below;
    }

    private Problem? AddPath(Parameter parameter, string path, Type contract)
    {
        var (node, type, prefix) = (this, contract, "");
        foreach (var name in path.Split('.'))
        {
            var members = MembersOf(type);
            if (members.FirstOrDefault(member => member.Name == name) is not { } found)
                return Problems.UnknownValue(parameter, path, [.. members.Select(member => prefix + member.Name)], closed: members.Count > 0);
            if (found.AttributeProvider?.IsDefined(typeof(BodyMemberAttribute), true) == true) SelectsBody = true;
            (node, type, prefix) = (node.Add(name), found.PropertyType, $"{prefix}{name}.");
        }
        node.IsWhole = true;
        return null;
    }

    /// <summary>The members of a contract; lists are looked through; none for texts, numbers and dictionaries.</summary>
    private static IList<JsonPropertyInfo> MembersOf(Type type)
    {
        var info = ApiJson.Settings.GetTypeInfo(type);
        if (info.Kind == JsonTypeInfoKind.Enumerable) info = ApiJson.Settings.GetTypeInfo(info.ElementType!);
        return info.Kind == JsonTypeInfoKind.Object ? info.Properties : [];
    }
}

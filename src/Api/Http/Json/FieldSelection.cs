using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Api.Contracts;

namespace Api.Http.Json;

/// <summary>The members that <c>fields</c> names, as a tree. A name without names below it selects the whole member.</summary>
internal sealed class FieldSelection
{
    private static readonly string[] Kept = ["resource", "id", "slug"];
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Member>> Members = new();
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = ApiJson.Depth };

    private readonly List<(byte[] Name, FieldSelection Selection)> children = [];

    /// <summary>True when a selected member is one that lists otherwise omit.</summary>
    public bool SelectsBody { get; private set; }

    /// <summary>True when the whole value is selected.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The selection within a member; null when the member is not selected.</summary>
    /// <param name="member">Its name in UTF-8.</param>
    public FieldSelection? Below(ReadOnlySpan<byte> member)
    {
        foreach (var (name, selection) in children)
        {
            if (member.SequenceEqual(name))
                return selection;
        }
        return null;
    }

    /// <summary>The names that a path in <c>fields</c> may start with.</summary>
    public static IEnumerable<string> NamesOf(Type contract) => MembersOf(contract).Select(member => member.Name);

    /// <summary>
    /// Reads paths such as <c>title</c> and <c>experts.name</c> against a contract; null, and the unknown field, for an unknown
    /// member.
    /// </summary>
    public static FieldSelection? Read(Type contract, IReadOnlyList<string> paths, out UnknownField? unknown)
    {
        var root = new FieldSelection();
        foreach (var kept in Kept.Where(kept => MembersOf(contract).Any(member => member.Name == kept)))
            root.Add(kept).IsWhole = true;
        foreach (var path in paths)
        {
            unknown = root.AddPath(path, contract);
            if (unknown is not null)
                return null;
        }
        unknown = null;
        return root;
    }

    /// <summary>Copies the selected members of a JSON object, or of each object in an array.</summary>
    /// <param name="json">Output of <see cref="ApiJson.Write{T}(T)"/>, or a value in it.</param>
    /// <param name="output">Receives the copy.</param>
    public void Copy(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(json, Reading);
        reader.Read();
        Copy(json, ref reader, output);
    }

    /// <summary>Copies an object and applies the selection to one of its members.</summary>
    /// <param name="json">Output of <see cref="ApiJson.Write{T}(T)"/>.</param>
    /// <param name="member">The member's name in UTF-8.</param>
    /// <param name="output">Receives the copy.</param>
    public void CopyBelow(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(json, Reading);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMember = reader.ValueTextEquals(member);
            reader.Read();
            if (!isMember)
                reader.Skip();
            else
            {
                output.Write(json[..(int)reader.TokenStartIndex]);
                Copy(json, ref reader, output);
                output.Write(json[(int)reader.BytesConsumed..]);
                return;
            }
        }
        output.Write(json);
    }

    // The reader is at the first token of a value, and on return at its last.
    private void Copy(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        if (reader.TokenType == JsonTokenType.StartArray && !IsWhole)
        {
            output.Write("["u8);
            for (var n = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; n++)
            {
                if (n > 0)
                    output.Write(","u8);
                Copy(json, ref reader, output);
            }
            output.Write("]"u8);
        }
        else if (reader.TokenType == JsonTokenType.StartObject && !IsWhole)
            CopyMembers(json, ref reader, output);
        else
            CopyWhole(json, (int)reader.TokenStartIndex, ref reader, output);
    }

    private void CopyMembers(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        output.Write("{"u8);
        var isFirst = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (Below(reader.ValueSpan) is not { } below)
            {
                reader.Skip();
                continue;
            }
            if (!isFirst)
                output.Write(","u8);
            isFirst = false;
            var start = (int)reader.TokenStartIndex;
            reader.Read();
            if (below.IsWhole)
                CopyWhole(json, start, ref reader, output);
            else
            {
                output.Write(json[start..(int)reader.TokenStartIndex]);
                below.Copy(json, ref reader, output);
            }
        }
        output.Write("}"u8);
    }

    private static void CopyWhole(ReadOnlySpan<byte> json, int start, ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        reader.Skip();
        output.Write(json[start..(int)reader.BytesConsumed]);
    }

    private FieldSelection Add(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (Below(bytes) is { } known)
            return known;
        var added = new FieldSelection();
        children.Add((bytes, added));
        return added;
    }

    private UnknownField? AddPath(string path, Type contract)
    {
        var (node, type, prefix) = (this, contract, "");
        foreach (var name in path.Split('.'))
        {
            var members = MembersOf(type);
            if (members.FirstOrDefault(member => member.Name == name) is not { } found)
                return new UnknownField(path, [.. members.Select(member => prefix + member.Name)]);
            if (found.IsBody)
                SelectsBody = true;
            (node, type, prefix) = (node.Add(name), found.Type, $"{prefix}{name}.");
        }
        node.IsWhole = true;
        return null;
    }

    /// <summary>The members of a contract, for a list those of its elements; none for texts, numbers and dictionaries.</summary>
    private static IReadOnlyList<Member> MembersOf(Type type) =>
        Members.GetOrAdd(
            type,
            static contract =>
            {
                var info = ApiJson.Settings.GetTypeInfo(contract);
                if (info.Kind == JsonTypeInfoKind.Enumerable)
                    info = ApiJson.Settings.GetTypeInfo(info.ElementType!);
                return info.Kind != JsonTypeInfoKind.Object
                    ? []
                    :
                    [
                        .. info.Properties.Select(member => new Member(
                            member.Name,
                            member.PropertyType,
                            member.AttributeProvider?.IsDefined(typeof(BodyMemberAttribute), true) == true
                        )),
                    ];
            }
        );

    private sealed record Member(string Name, Type Type, bool IsBody);
}

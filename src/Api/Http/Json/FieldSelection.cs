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
    private const string IncludedPrefix = "included.";

    private static readonly string[] Kept = ["resource", "id", "slug"];
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Member>> Members = new();
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = ApiJson.Depth };

    private static readonly FieldSelection Whole = new() { IsWhole = true };

    private readonly List<(byte[] Name, FieldSelection Selection)> children = [];

    // Members that are not named stay whole.
    private bool keepsOthers;

    /// <summary>True when a selected member is one that lists otherwise omit.</summary>
    public bool SelectsBody { get; private set; }

    /// <summary>True when the whole value is selected.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The selection within the related data of an answer; null when no name begins with <c>included.</c>.</summary>
    public FieldSelection? Included { get; private set; }

    /// <summary>The members it names, in order; for <see cref="Included"/> the lists.</summary>
    public IEnumerable<string> Names => children.Select(child => Encoding.UTF8.GetString(child.Name));

    /// <summary>The selection within a member; null when the member is not selected.</summary>
    /// <param name="member">Its name in UTF-8.</param>
    public FieldSelection? Below(ReadOnlySpan<byte> member)
    {
        foreach (var (name, selection) in children)
        {
            if (member.SequenceEqual(name))
                return selection;
        }
        return keepsOthers ? Whole : null;
    }

    /// <summary>The names that a path in <c>fields</c> may start with.</summary>
    public static IEnumerable<string> NamesOf(Type contract) => MembersOf(contract).Select(member => member.Name);

    /// <summary>
    /// Reads paths such as <c>title</c>, <c>experts.name</c> and <c>included.related.title</c>; null, and the unknown field, for an unknown
    /// member. Without a path to a member of the item, the item stays whole.
    /// </summary>
    /// <param name="contract">The contract of an item.</param>
    /// <param name="included">The contract of related data; null where an answer has none.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="unknown">The first path that names no member.</param>
    public static FieldSelection? Read(Type contract, Type? included, IReadOnlyList<string> paths, out UnknownField? unknown)
    {
        var root = new FieldSelection();
        foreach (var path in paths)
        {
            unknown =
                included is not null && path.StartsWith(IncludedPrefix, StringComparison.Ordinal)
                    ? (root.Included ??= new FieldSelection { keepsOthers = true }).AddIncluded(path, included)
                    : root.AddPath(path, path, contract, "");
            if (unknown is not null)
                return null;
        }
        unknown = null;
        if (root.children.Count == 0)
            root.IsWhole = true;
        root.Keep(contract);
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

    /// <summary>Copies an answer and applies the selection to its <c>data</c> and <c>included</c>.</summary>
    /// <param name="json">Output of <see cref="ApiJson.Write{T}(T)"/>.</param>
    /// <param name="output">Receives the copy.</param>
    public void CopyEnvelope(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(json, Reading);
        var copied = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var selection =
                reader.ValueTextEquals("data"u8) ? this
                : reader.ValueTextEquals("included"u8) ? Included
                : null;
            reader.Read();
            if (selection is null)
                reader.Skip();
            else
            {
                output.Write(json[copied..(int)reader.TokenStartIndex]);
                selection.Copy(json, ref reader, output);
                copied = (int)reader.BytesConsumed;
            }
        }
        output.Write(json[copied..]);
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
        if (children.Find(child => child.Name.AsSpan().SequenceEqual(bytes)).Selection is { } known)
            return known;
        var added = new FieldSelection();
        children.Add((bytes, added));
        return added;
    }

    // Items in the related data keep what items in lists keep.
    private UnknownField? AddIncluded(string path, Type included)
    {
        if (AddPath(path[IncludedPrefix.Length..], path, included, IncludedPrefix) is { } unknown)
            return unknown;
        foreach (var list in MembersOf(included))
        {
            if (children.Find(child => child.Name.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(list.Name))).Selection is { } named)
                named.Keep(list.Type);
        }
        return null;
    }

    private void Keep(Type contract)
    {
        foreach (var kept in Kept.Where(kept => MembersOf(contract).Any(member => member.Name == kept)))
            Add(kept).IsWhole = true;
    }

    // path: what is to be added, as whole shows it to the client; prefix: what precedes it there.
    private UnknownField? AddPath(string path, string whole, Type contract, string prefix)
    {
        var (node, type) = (this, contract);
        foreach (var name in path.Split('.'))
        {
            var members = MembersOf(type);
            if (members.FirstOrDefault(member => member.Name == name) is not { } found)
                return new UnknownField(whole, [.. members.Select(member => prefix + member.Name)]);
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
                    info = ApiJson.Settings.GetTypeInfo(IReady.ContractOf(info.ElementType!));
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

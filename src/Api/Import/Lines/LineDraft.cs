using System.Text.Json;
using Api.Import.Html;
using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>A line while it is being read: its members, and the rows made from them.</summary>
internal sealed class LineDraft(JsonElement json, ParsedLine line, LineScope scope)
{
    private const int MaxBody = 20 * 1024 * 1024;

    public ObjectReader Members { get; } = new(json, "", line.Problems, scope.IsLenient);

    public ParsedLine Line { get; } = line;

    public LineScope Scope { get; } = scope;

    public long Number => Line.Number;

    /// <summary>Records the reference of a member to another item; null when the member is left out.</summary>
    public ReferenceRow? Reference(string member, string resource) =>
        Members.Value(member) is { } value ? Add(member, member, resource, 0, value, roleless: true, "") : null;

    /// <summary>Records a list of references, in order.</summary>
    /// <param name="member">Name of the member.</param>
    /// <param name="resource">The resource that the references are to.</param>
    /// <param name="max">Maximum number of references.</param>
    /// <param name="role">The role of references that name none; null where there are no roles.</param>
    public IReadOnlyList<ReferenceRow> References(string member, string resource, int max, string? role = null)
    {
        var rows = new List<ReferenceRow>();
        foreach (var (name, value) in Members.Array(member, max))
        {
            if (Add(member, name, resource, rows.Count, value, role is null, role ?? "") is { } row)
                rows.Add(row);
        }
        return rows;
    }

    /// <summary>Records a reference that is not a member of its own.</summary>
    public ReferenceRow? Add(string member, string name, string resource, int position, JsonElement value, bool roleless, string usualRole)
    {
        string? slug = null,
            id = null;
        var role = usualRole;
        if (value.ValueKind == JsonValueKind.Object)
        {
            var target = Members.Within(name, value);
            slug = target.Line("slug");
            id = target.Line("id");
            if (!roleless)
                role = target.Ruled("role", ValueRules.Role, "a role such as author: small letters and hyphens") ?? usualRole;
        }
        else
        {
            slug = Members.Line(name, value);
        }
        // A UUID is a valid slug as well: the id takes precedence.
        var uuid = ValueRules.Id(id ?? slug ?? "");
        if (slug is null && uuid is null)
        {
            Members.Reject(name, "has to be a slug, an id, or an object with one of them");
            return null;
        }
        var row = new ReferenceRow(Number, member, resource, position, slug, uuid, role);
        Line.References.Add(row);
        return row;
    }

    /// <summary>An image, given as an object or as its URL; null when left out.</summary>
    public Guid? Image(string member)
    {
        if (ImageReader.Read(Members, member) is not { } image)
            return null;
        Line.Images.Add(image);
        return image.Id;
    }

    /// <summary>Sanitised HTML of a member.</summary>
    public BodyHtml Body(string member) => Body(Members, member);

    /// <summary>Sanitised HTML of a member of a nested object.</summary>
    public BodyHtml Body(ObjectReader members, string member)
    {
        if (BodyHtml.Clean(members.Text(member, MaxBody), Scope.Site) is { } body)
            return body;
        members.Reject(member, $"nests elements deeper than {BodyHtml.MaxDepth}");
        return BodyHtml.Empty;
    }
}

using System.Text;
using Api.Contracts;
using Api.Contracts.Text;
using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>Reads redirects from addresses of the old site.</summary>
internal static class RedirectReader
{
    private static readonly Dictionary<string, string> Collections = Catalogue
        .Resources.Where(resource => resource.HasPage)
        .ToDictionary(resource => resource.Collection, resource => resource.Name, StringComparer.Ordinal);

    public static RedirectLine Read(LineDraft draft)
    {
        var members = draft.Members;
        var path = members.RequiredLine("from", int.MaxValue);
        if (path != "" && (path[0] != '/' || path.Any(char.IsWhiteSpace) || Encoding.UTF8.GetByteCount(path) > WebAddress.MaxOldPathBytes))
            members.Reject(
                "from",
                FormattableString.Invariant(
                    $"\"{TextRules.Short(path)}\" is not a path of the old site: it starts with /, has no white space and at most {WebAddress.MaxOldPathBytes:N0} bytes"
                )
            );
        draft.Line.Slug = path;
        var to = members.RequiredLine("to", int.MaxValue);
        return new(draft.Number, path, to == "" ? null : Target(draft, to));
    }

    private static string? Target(LineDraft draft, string to)
    {
        if (
            to.TrimStart('/').Split('/') is [var collection, var slug]
            && Collections.TryGetValue(collection, out var resource)
            && Slug.IsValid(slug)
        )
        {
            draft.Line.References.Add(new ReferenceRow(draft.Number, "to", resource, 0, slug, ValueRules.Id(slug), ""));
            return null;
        }
        if (ValueRules.Url(to) is { } url)
            return url;
        draft.Members.Reject(
            "to",
            $"\"{TextRules.Short(to)}\" is neither {string.Join("/…, ", Collections.Keys)}/… nor {ValueRules.UrlShape}"
        );
        return null;
    }
}

using Api.Contracts;
using Api.Contracts.Text;
using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>Reads the outlet an article appeared in.</summary>
internal static class SourceReader
{
    /// <summary>The outlet; null when left out or invalid. A missing slug is made from the name.</summary>
    public static Source? Read(ObjectReader members)
    {
        if (members.Object("source") is not { } source)
            return null;
        var name = source.RequiredLine("name", LineLimits.Title);
        var slug = source.Line("slug") ?? Slug.From(name);
        if (name != "" && !Slug.IsValid(slug))
            source.Reject(
                "slug",
                slug == "" ? "is required, as none can be made of the name" : $"\"{TextRules.Short(slug)}\" is not {ValueRules.SlugShape}"
            );
        var url = source.Url("url");
        source.Finish();
        return name == "" ? null : new(slug, name, url);
    }
}

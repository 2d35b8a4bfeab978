using Api.Contracts;
using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>Reads the <see cref="Seo"/> of an item.</summary>
internal static class SeoReader
{
    /// <summary>The stored form; empty when the member is left out.</summary>
    public static string Read(ObjectReader members)
    {
        if (members.Object("seo") is not { } seo)
            return StoredJson.Of(new Seo());
        var read = new Seo
        {
            Title = seo.Line("title", LineLimits.Title),
            Description = seo.Line("description"),
            Image = seo.Url("image"),
            Noindex = seo.Flag("noindex"),
        };
        seo.Finish();
        return StoredJson.Of(read);
    }
}

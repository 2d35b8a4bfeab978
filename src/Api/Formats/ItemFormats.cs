using Api.Contracts;
using Api.Http.Answers;
using Api.Http.Parameters;

namespace Api.Formats;

/// <summary>The formats of each kind of item beside JSON.</summary>
internal static class ItemFormats
{
    public static readonly IReadOnlyList<OtherFormat> Article =
    [
        new ItemFormat<Article>(Format.JsonLd, (request, article) => JsonLd.Of(article, request.Site)),
        new ItemFormat<Article>(Format.BibTeX, (request, article) => BibTeX.Of(article, request.Site, request.Calendar)),
        new ItemFormat<Article>(Format.Ris, (request, article) => Ris.Of(article, request.Site, request.Calendar)),
    ];

    public static readonly IReadOnlyList<OtherFormat> Event =
    [
        new ItemFormat<Event>(Format.JsonLd, (request, one) => JsonLd.Of(one, request.Site)),
    ];

    public static readonly IReadOnlyList<OtherFormat> Expert = [new ItemFormat<Expert>(Format.JsonLd, (_, expert) => JsonLd.Of(expert))];
}

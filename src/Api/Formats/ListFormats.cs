using Api.Http;

namespace Api.Formats;

/// <summary>The formats each list has beside JSON.</summary>
internal static class ListFormats
{
    public static readonly IReadOnlyList<OtherFormat> Articles = [.. Tables(CsvColumns.Articles)];
    public static readonly IReadOnlyList<OtherFormat> Events = [.. Tables(CsvColumns.Events)];
    public static readonly IReadOnlyList<OtherFormat> Experts = Tables(CsvColumns.Experts);
    public static readonly IReadOnlyList<OtherFormat> Topics = Tables(CsvColumns.Topics);
    public static readonly IReadOnlyList<OtherFormat> ArticleTypes = Tables(CsvColumns.ArticleTypes);
    public static readonly IReadOnlyList<OtherFormat> Hits = Tables(CsvColumns.Hits);
    public static readonly IReadOnlyList<OtherFormat> Pages = Tables(CsvColumns.Pages);
    public static readonly IReadOnlyList<OtherFormat> Redirects = Tables(CsvColumns.Redirects);

    private static IReadOnlyList<OtherFormat> Tables<T>(IReadOnlyList<CsvColumn<T>> columns) => [NdjsonWriter.Of<T>(), TableWriter.Of(columns)];
}

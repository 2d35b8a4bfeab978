namespace Api.Import.WordPress;

/// <summary>Who wrote a post: its co-authors where the Co-Authors Plus plugin recorded them, else its creator.</summary>
internal static class WordPressCredits
{
    private const string GuestPrefix = "cap-";

    /// <summary>The authors, each once, in order; those the file has no block for are kept as new ones.</summary>
    public static IReadOnlyList<WordPressAuthor> Of(WxrItem item, WordPressAuthors authors, int line)
    {
        var named = item.Terms.Where(t => t.Taxonomy == "author")
            .Select(t => authors.Find(Login(t.Slug)) ?? authors.Find(t.Name) ?? authors.FindOrAdd(t.Name, item.Number, line))
            .OfType<WordPressAuthor>().Distinct().ToList();
        if (named.Count == 0 && authors.FindOrAdd(item.Creator, item.Number, line) is { } creator)
            named.Add(creator);
        return named;
    }

    private static string Login(string slug) => slug.StartsWith(GuestPrefix, StringComparison.Ordinal) ? slug[GuestPrefix.Length..] : slug;
}
